import PoiseCore

/// Reads the grade that a judge's reply ends in.
///
/// The last `GRADE: X` counts and no other: judges quote the menu, and the text that they judge, before they decide.
enum GradeLine: Hashable, Sendable {
    case grade(String)
    /// The last grade is not of the menu, or not one grade.
    case offMenu(String)
    case missing

    /// Of a plain reply.
    ///
    /// - Parameter menu: the grades, distinct whatever their case.
    static func read(_ reply: String, menu: [String]) -> GradeLine {
        let scalars = Array(reply.unicodeScalars)
        // What stands behind a word is read only where it counts: a reply may repeat the word ten thousand times.
        func line(after word: GradeWord) -> GradeLine {
            GivenGrade(after: word, in: scalars).map { $0.line(menu: menu) } ?? .missing
        }
        var last: GradeWord?
        var index = 0
        while let word = GradeWord.next(in: scalars, from: index) {
            index = word.colon + 1
            // An equation of something else is code.
            if word.isEquation, !line(after: word).isGrade { continue }
            last = word
        }
        return last.map(line) ?? .missing
    }

    /// Of a reply that is a JSON object with a member `grade`; one that is none is read as a plain reply.
    static func readJSON(_ reply: String, menu: [String]) -> GradeLine {
        guard let found = findJSON(in: reply, kinds: ["an object"]), case .string(let grade)? = found["grade"] else {
            return read(reply, menu: menu)
        }
        return named(grade.trimmed, menu: menu)
    }

    /// The grade of the menu with a name, in the menu's own case.
    static func named(_ name: String, menu: [String]) -> GradeLine {
        menu.first { $0.lowercased() == name.lowercased() }.map(GradeLine.grade) ?? .offMenu(String(name.prefix(40)))
    }

    var isGrade: Bool { if case .grade = self { true } else { false } }
}

/// What stands where a grade belongs: the first word after the colon, and the rest of its line.
struct GivenGrade: Hashable, Sendable {
    let name: String
    /// Up to 200 scalars after the name.
    private let rest: [Unicode.Scalar]
    /// Whether it stands on a line below the colon.
    private let isBelow: Bool
    /// Whether it is the value of a quoted key, and the quote that it began with.
    private let isValue: Bool
    private let quote: Unicode.Scalar?

    /// Nil where no word follows.
    init?(after word: GradeWord, in scalars: [Unicode.Scalar]) {
        var index = word.colon + 1
        var isBelow = false
        while index < scalars.count {
            if scalars[index] == "\\" {
                index = Self.endOfCommand(at: index, scalars)
            } else if GradeWord.isMark(scalars[index]) || "([{<$«「【".unicodeScalars.contains(scalars[index]) {
                isBelow = isBelow || "\n\r".unicodeScalars.contains(scalars[index])
                index += 1
            } else {
                break
            }
        }
        let letters = scalars[index...].prefix(Self.longest).prefix(while: Self.isOfName)
        guard !letters.isEmpty else { return nil }
        let seen = letters.filter { !$0.properties.isDefaultIgnorableCodePoint }
        name = String(String.UnicodeScalarView(seen))
        rest = Array(scalars[letters.endIndex...].prefix(200).prefix { $0 != "\n" && $0 != "\r" })
        self.isBelow = isBelow
        isValue = word.isKey
        quote = "\"'".unicodeScalars.contains(scalars[index - 1]) ? scalars[index - 1] : nil
    }

    /// The grade, where it is one and stands alone: “C or P”, “4/5”, “4.5” and “I think it is right” are none.
    func line(menu: [String]) -> GradeLine {
        let line = GradeLine.named(name, menu: menu)
        guard case .grade(let grade) = line else { return line }
        let others = Set(menu).subtracting([grade])
        return isAlone(among: others) ? line : .offMenu(name + String(String.UnicodeScalarView(rest.prefix(20))))
    }

    private func isAlone(among others: Set<String>) -> Bool {
        if isValue { return isWholeValue }
        let tail = rest.drop { GradeWord.isMark($0) || ")]}>$\\»」】".unicodeScalars.contains($0) }
        guard let first = tail.first else { return true }
        if isBelow { return tail.allSatisfy { ".!。".unicodeScalars.contains($0) } }
        guard ".,;:!…。，(（[—–-".unicodeScalars.contains(first) || first.properties.generalCategory == .otherSymbol else {
            return false
        }
        // “4.5” and “4–5”, where nothing stands between.
        if tail.count == rest.count, let second = tail.dropFirst().first, Self.isLetterOrDigit(second) { return false }
        return !tail.split { !Self.isLetterOrDigit($0) }
            .contains { others.contains(String(String.UnicodeScalarView($0))) }
    }

    /// Of a member of JSON: up to its closing quote, or up to the next member.
    private var isWholeValue: Bool {
        if let quote { return rest.first == quote }
        let next = rest.first { $0 != " " }
        return next == nil || next == "," || next == "}"
    }

    private static let longest = 40

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        isLetterOrDigit(scalar) || scalar == "+" || scalar == "-" || GradeWord.isInvisible(scalar)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// After a command of LaTeX with its brace, such as `\boxed{`; after the backslash where it is none.
    private static func endOfCommand(at start: Int, _ scalars: [Unicode.Scalar]) -> Int {
        let letters = scalars[(start + 1)...].prefix(longest).prefix { $0.isASCII && $0.properties.isAlphabetic }
        let end = letters.endIndex
        return !letters.isEmpty && end < scalars.count && scalars[end] == "{" ? end + 1 : start + 1
    }
}
