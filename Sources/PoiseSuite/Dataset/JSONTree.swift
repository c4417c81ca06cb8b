import PoiseCore

/// JSON as it stands in a line: numbers keep their digits and objects their order, so that nothing is lost unseen.
indirect enum JSONTree: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The digits as written.
    case number(String)
    case string(String)
    case array([JSONTree])
    case object([Member])

    struct Member: Hashable, Sendable {
        let name: String
        let value: JSONTree
        /// Where the key starts, in Unicode scalars from 1.
        let column: Int
    }

    /// What a person would call this kind of value.
    var found: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let digits): "the number \(digits)"
        case .string(let text): "the text \"\(text.prefix(40))\(text.count > 40 ? "…" : "")\""
        case .array(let items): items.isEmpty ? "an empty list" : "a list"
        case .object: "an object"
        }
    }

    var value: JSONValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let digits): Self.number(digits)
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(\.value))
        case .object(let members):
            .object(Dictionary(members.map { ($0.name, $0.value.value) }) { first, _ in first })
        }
    }
}

extension JSONTree {
    /// The digits as a text where a double is too small for them: an id of 19 digits must not become another.
    private static func number(_ digits: String) -> JSONValue {
        guard let number = Double(digits), number.isFinite else { return .string(digits) }
        let isWhole = digits.allSatisfy { $0.isNumber || $0 == "-" }
        let isExact = Int64(digits).flatMap(Double.init(exactly:)) != nil
        return isWhole && !isExact ? .string(digits) : .number(number)
    }
}

/// Why a text is not JSON (RFC 8259), and where.
struct JSONSyntaxError: Error, Hashable {
    /// In Unicode scalars from 1.
    let column: Int
    let what: String
}

/// A reader of one JSON text.
///
/// Foundation's says neither where a mistake is nor that a key stands twice, and rounds what it reads.
struct JSONReader {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    private init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    static func read(_ text: String) throws(JSONSyntaxError) -> JSONTree {
        var reader = JSONReader(text)
        reader.skipSpace()
        let tree = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == reader.scalars.count else {
            throw reader.error("expected the end of the line, saw \(reader.seen)")
        }
        return tree
    }

    /// Deeper nesting would exhaust the stack before it meant anything.
    private static let deepest = 128

    private var next: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private var seen: String {
        guard let next else { return "the end of the line" }
        return next.value < 0x20 ? "a control character" : "“\(next)”"
    }

    private func error(_ what: String, at place: Int? = nil) -> JSONSyntaxError {
        JSONSyntaxError(column: (place ?? position) + 1, what: what)
    }

    private mutating func skipSpace() {
        while let next, next == " " || next == "\t" || next == "\n" || next == "\r" { position += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONTree {
        guard depth < Self.deepest else { throw error("nested deeper than \(Self.deepest) levels") }
        switch next {
        case "{": return .object(try members(depth: depth))
        case "[": return .array(try items(depth: depth))
        case "\"": return .string(try string())
        case let next? where next == "-" || ("0"..."9").contains(next): return .number(try number())
        case let next? where next.properties.isAlphabetic: return try word()
        default: throw error("expected a value, saw \(seen)")
        }
    }

    private mutating func word() throws(JSONSyntaxError) -> JSONTree {
        let start = position
        while let next, next.properties.isAlphabetic { position += 1 }
        let word = String(String.UnicodeScalarView(scalars[start..<position]))
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: throw error("expected a value, saw “\(word.prefix(20))”; texts stand in double quotes", at: start)
        }
    }

    private mutating func items(depth: Int) throws(JSONSyntaxError) -> [JSONTree] {
        position += 1
        var items: [JSONTree] = []
        skipSpace()
        if take("]") { return items }
        while true {
            skipSpace()
            items.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return items }
            guard take(",") else { throw error("expected “,” or “]”, saw \(seen)") }
        }
    }

    private mutating func members(depth: Int) throws(JSONSyntaxError) -> [JSONTree.Member] {
        position += 1
        var members: [JSONTree.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return members }
        while true {
            skipSpace()
            guard next == "\"" else { throw error("expected a key in double quotes, saw \(seen)") }
            let start = position
            let name = try string()
            guard names.insert(name).inserted else { throw error("the key “\(name)” stands here again", at: start) }
            skipSpace()
            guard take(":") else { throw error("expected “:” after “\(name)”, saw \(seen)") }
            skipSpace()
            members.append(.init(name: name, value: try value(depth: depth + 1), column: start + 1))
            skipSpace()
            if take("}") { return members }
            guard take(",") else { throw error("expected “,” or “}”, saw \(seen)") }
        }
    }

    private mutating func number() throws(JSONSyntaxError) -> String {
        let start = position
        _ = take("-")
        let first = next
        try digits()
        if first == "0", position > start + (scalars[start] == "-" ? 2 : 1) {
            throw error("a number starts with 0", at: start)
        }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = position
        while let next, ("0"..."9").contains(next) { position += 1 }
        guard position > start else { throw error("expected a digit, saw \(seen)") }
    }
}

// MARK: - Strings

extension JSONReader {
    private mutating func string() throws(JSONSyntaxError) -> String {
        let start = position
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = next {
            if take("\"") { return String(text) }
            guard scalar.value >= 0x20 else { throw error("a control character in a text; write it as \\u00XX or \\n") }
            position += 1
            text.append(scalar == "\\" ? try escape() : scalar)
        }
        throw error("the text is not closed: no second double quote", at: start)
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position - 1
        guard let scalar = next else { throw error("the line ends after a backslash") }
        position += 1
        switch scalar {
        case "\"", "\\", "/": return scalar
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let high = try codeUnit()
            if let scalar = Unicode.Scalar(high) { return scalar }
            if (0xD800..<0xDC00).contains(high), take("\\"), take("u") {
                let low = try codeUnit()
                if (0xDC00..<0xE000).contains(low),
                    let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
                {
                    return scalar
                }
            }
            throw error("half of a surrogate pair", at: start)
        default: throw error("no such escape: \\\(scalar)", at: start)
        }
    }

    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let next, next.isASCII, let digit = Character(next).hexDigitValue else {
                throw error("expected four hexadecimal digits, saw \(seen)")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
