/// Digits with marks between them, as far as they could be one telephone number.
struct PhoneNumber {
    let digits: [Int]
    /// Digits of each group.
    let groups: [Int]
    /// What stands before each group, its bytes as one number; 0 where nothing does.
    private let marks: [Int]
    let hasPlus: Bool
    /// Whether “phone”, “tel” or the like stands shortly before.
    let isBehindWord: Bool
    let end: Int

    private static let space = 0x20
    private static let hyphen = 0x2D
    private static let point = 0x2E
    /// ` `, `-`, `.`, `/`, `(`, `)`, ` (`, `) `, `)-`, ` -`, ` - `, `- `, ` /`, ` / `
    private static let knownMarks: Set = [
        0x20, 0x2D, 0x2E, 0x2F, 0x28, 0x29, 0x2028, 0x2920, 0x292D, 0x202D, 0x202D20, 0x2D20, 0x202F, 0x202F20,
    ]

    /// Nil where it goes on as something else: a word, a fraction, a share.
    init?(from start: Int, in text: [UInt8]) {
        hasPlus = text[start] == UInt8(ascii: "+")
        var (digits, groups, marks): ([Int], [Int], [Int]) = ([], [], [])
        var index = start + (hasPlus ? 1 : 0)
        var end = index
        var mark = 0
        // 15 digits and what may stand between them; a digit more shows that it is something else.
        while index < text.count, index - start < 32, digits.count <= 15 {
            let byte = text[index]
            if byte.isDigit {
                if mark != 0 || groups.isEmpty {
                    marks.append(mark)
                    groups.append(0)
                    mark = 0
                }
                digits.append(byte.digit)
                groups[groups.count - 1] += 1
                end = index + 1
            } else {
                mark = mark << 8 | Int(byte)
                guard Self.knownMarks.contains(mark) else { break }
            }
            index += 1
        }
        guard !digits.isEmpty, !text.isWord(at: end) else { return nil }
        switch text.at(end) {
        case UInt8(ascii: "%"): return nil
        case UInt8(ascii: ","), UInt8(ascii: "."): if text.isDigit(at: end + 1) { return nil }
        default: break
        }
        (self.digits, self.groups, self.marks, self.end) = (digits, groups, marks, end)
        isBehindWord = Self.isBehindWord(start, in: text)
    }

    /// `+1.234.567.890` is a number with points between its thousands.
    var isThousands: Bool {
        groups.count > 1 && groups[0] <= 3 && groups.dropFirst().allSatisfy { $0 == 3 }
            && marks.dropFirst().allSatisfy { $0 == Self.point }
    }

    /// `(555) 010-4477`, `212-555-0147`, `1-212-555-0147`: the area begins with 2 to 9, and without brackets so does the
    /// exchange.
    var isNorthAmerican: Bool {
        let hasCountry = groups.first == 1 && digits.first == 1
        let groups = groups.dropFirst(hasCountry ? 1 : 0)
        let marks = Array(marks.dropFirst(hasCountry ? 1 : 0))
        let digits = Array(digits.dropFirst(hasCountry ? 1 : 0))
        guard Array(groups) == [3, 3, 4], digits[0] >= 2 else { return false }
        // In a row with spaces it could be any three numbers.
        return Self.bracketed.contains(marks[1])
            || (marks[1] == marks[2] && (marks[1] == Self.hyphen || marks[1] == Self.point) && digits[3] >= 2)
    }

    private static let bracketed: Set = [0x29, 0x2920, 0x292D]

    /// `030 1234567`, `0171/123 4567`, `020 7946 0958`, `01 42 68 53 00`.
    var hasTrunkZero: Bool {
        guard digits[0] == 0, digits.count > 2, digits[1] != 0, groups.count > 1 else { return false }
        if groups.allSatisfy({ $0 == 2 }) {
            // French pairs; the second number of a list would begin with a zero as well.
            return groups.count == 5 && Set(marks.dropFirst()).count == 1 && digits[2] != 0
                && [Self.space, Self.point, Self.hyphen].contains(marks[1])
        }
        return (3...6).contains(groups[0]) && (9...(groups.count == 2 ? 12 : 11)).contains(digits.count)
            && groups.count <= 4
            && groups.allSatisfy { $0 >= 2 } && !marks.contains(Self.point)
    }

    static func isBehindWord(_ start: Int, in text: [UInt8]) -> Bool {
        var end = start
        for _ in 0..<3 {
            // Up to three words back: “phone number is”.
            while end > 0, start - end < 20, text[end - 1].isSpace || text[end - 1] == 0x3A || text[end - 1] == 0x2E {
                end -= 1
            }
            var from = end
            while from > 0, end - from < 10, text[from - 1].isLetter { from -= 1 }
            guard from < end else { return false }
            let word = String(decoding: text[from..<end].map(\.lowercased), as: UTF8.self)
            if names.contains(word) { return true }
            guard between.contains(word) else { return false }
            end = from
        }
        return false
    }

    private static let names: Set = [
        "tel", "phone", "telephone", "telefon", "mobile", "mobil", "handy", "fax", "whatsapp",
    ]
    private static let between: Set = ["number", "no", "nr", "nummer", "is", "at", "me", "us", "ist"]
}
