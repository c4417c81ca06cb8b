/// Card numbers: the lengths and first digits of the known issuers, written without a space or in their usual groups, with
/// the check digit of ISO/IEC 7812 (Luhn 1960).
enum CardScanner {
    /// Digits in each group.
    private static let groupings = [[4, 4, 4, 4], [4, 6, 5], [4, 6, 4], [4, 4, 4, 4, 3]]

    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard text[index].isDigit else {
                index += 1
                continue
            }
            // Digits with single spaces or hyphens between them, as far as they go.
            let (end, digits, groups) = run(from: index, in: text)
            if isFree(index..<end, in: text), isGrouped(groups), isIssued(digits), hasCheckDigit(digits) {
                ranges.append(index..<end)
            }
            index = end
        }
        return ranges
    }

    private static func run(from start: Int, in text: [UInt8]) -> (end: Int, digits: [Int], groups: [Int]) {
        var digits: [Int] = []
        var groups = [0]
        var end = start
        let separator = text.end(from: start, while: \.isDigit)
        let mark = text.at(separator) ?? 0
        let separates = mark == UInt8(ascii: " ") || mark == UInt8(ascii: "-")
        while end < text.count {
            if text[end].isDigit {
                if digits.count < 20 { digits.append(text[end].digit) }
                groups[groups.count - 1] += 1
                end += 1
            } else if separates, text[end] == mark, text.isDigit(at: end + 1) {
                if groups.count < 7 { groups.append(0) }
                end += 1
            } else {
                break
            }
        }
        return (end, digits, groups)
    }

    /// Not a part of a longer word, number or formula.
    private static func isFree(_ range: Range<Int>, in text: [UInt8]) -> Bool {
        let marks: [UInt8] = [0x2E, 0x2C, 0x2D]
        let (before, after) = (text.at(range.lowerBound - 1), text.at(range.upperBound))
        if let before, before.isWord || marks.contains(before) { return false }
        guard let after else { return true }
        return !after.isWord && !(marks.contains(after) && text.isDigit(at: range.upperBound + 1))
    }

    private static func isGrouped(_ groups: [Int]) -> Bool {
        groups.count == 1 ? [14, 15, 16, 19].contains(groups[0]) : groupings.contains(groups)
    }

    private static func isIssued(_ digits: [Int]) -> Bool {
        func first(_ count: Int) -> Int { digits.prefix(count).reduce(0) { $0 * 10 + $1 } }
        switch digits.count {
        case 14: return (300...305).contains(first(3)) || [36, 38, 39].contains(first(2))
        case 15: return [34, 37].contains(first(2))
        case 16, 19:
            return first(1) == 4 || (51...55).contains(first(2)) || (2221...2720).contains(first(4))
                || (3528...3589).contains(first(4)) || first(4) == 6011 || [62, 65].contains(first(2))
                || (644...649).contains(first(3))
        default: return false
        }
    }

    private static func hasCheckDigit(_ digits: [Int]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { sum, place in
            let doubled = place.offset.isMultiple(of: 2) ? place.element : place.element * 2
            return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        return sum.isMultiple(of: 10)
    }
}
