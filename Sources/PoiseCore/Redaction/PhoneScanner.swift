/// Telephone numbers as people write them: with `+` or `00` (E.164, 8 to 15 digits), in the groups of North America, with
/// the trunk zero of other countries, or behind a word such as “phone”.
///
/// Numbers of sums and lists are no telephone numbers: a bare row of digits is one only where a word says so.
enum PhoneScanner {
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            guard byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "(") else {
                index += 1
                continue
            }
            if isFree(index, in: text), mayBegin(index, in: text), let number = PhoneNumber(from: index, in: text),
                isPhone(number)
            {
                ranges.append(index..<number.end)
                index = number.end
            } else {
                // Nothing begins in the middle of a row of digits.
                index = byte.isDigit ? text.end(from: index, while: \.isDigit) : index + 1
            }
        }
        return ranges
    }

    /// Not behind a letter, a digit, or what makes it a part of a number, a date or a formula.
    private static func isFree(_ index: Int, in text: [UInt8]) -> Bool {
        guard let before = text.at(index - 1) else { return true }
        switch before {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"),
            UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "*"), UInt8(ascii: "^"):
            return false
        default: return !before.isWord
        }
    }

    /// Whether the first group could be that of a telephone number: cheap, since most digits are not.
    private static func mayBegin(_ index: Int, in text: [UInt8]) -> Bool {
        guard text[index].isDigit else { return text.isDigit(at: index + 1) }
        let end = text.end(from: index, limit: 17, while: \.isDigit)
        if text[index] == UInt8(ascii: "0"), end - index >= 2 {
            // In a list of numbers another one stands before it.
            return !(text.at(index - 1)?.isSpace ?? false) || !text.isDigit(at: index - 2)
        }
        switch text.at(end) {
        case UInt8(ascii: "-"), UInt8(ascii: "."): if end - index == 3 || end - index == 1 { return true }
        case UInt8(ascii: " "): if end - index == 1, text.at(end + 1) == UInt8(ascii: "(") { return true }
        default: break
        }
        return PhoneNumber.isBehindWord(index, in: text)
    }

    private static func isPhone(_ number: PhoneNumber) -> Bool {
        let count = number.digits.count
        guard count <= 15, let first = number.digits.first else { return false }
        if number.hasPlus {
            // Without any space it must be as long as a number with its area.
            return first != 0 && count >= (number.groups.count > 1 ? 8 : 10) && !number.isThousands
        }
        if number.isBehindWord { return count >= 7 }
        if first == 0, number.digits.dropFirst().first == 0 {
            return count >= 11 && number.digits[2] != 0 && number.groups[0] >= 4
        }
        return number.isNorthAmerican || number.hasTrunkZero
    }
}
