/// Reads JSON from front to back and takes only what is asked for (RFC 8259); everything is checked all the same.
///
/// A request is read while streams must be kept on time: nothing is built of what is passed over.
struct JSONReader {
    enum Failure: Error, Hashable {
        case notJSON
        case wrongType
    }

    /// Deeper nesting is refused, so that no input can exhaust the stack.
    static let deepest = 128

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether the bytes are one JSON value.
    static func isJSON(_ bytes: [UInt8]) -> Bool {
        do throws(Failure) {
            var reader = JSONReader(bytes)
            try reader.skip()
            try reader.end()
            // Strings that are passed over are not decoded.
            return String(validating: bytes, as: UTF8.self) != nil
        } catch {
            return false
        }
    }

    // MARK: Values

    /// Goes into an object, whose members `nextKey` then gives.
    mutating func enterObject() throws(Failure) {
        guard try peek() == UInt8(ascii: "{") else { throw .wrongType }
        try enter()
    }

    /// The key of the next member, whose value must be read or passed over; nil at the end of the object.
    mutating func nextKey() throws(Failure) -> String? {
        if try isEnd(UInt8(ascii: "}"), after: UInt8(ascii: "{")) { return nil }
        guard try peek() == UInt8(ascii: "\"") else { throw .notJSON }
        let key = try string()
        guard try peek() == UInt8(ascii: ":") else { throw .notJSON }
        position += 1
        return key
    }

    /// Goes into an array, whose elements `nextElement` then announces.
    mutating func enterArray() throws(Failure) {
        guard try peek() == UInt8(ascii: "[") else { throw .wrongType }
        try enter()
    }

    /// Whether there is one more element, which must be read or passed over.
    mutating func nextElement() throws(Failure) -> Bool {
        try !isEnd(UInt8(ascii: "]"), after: UInt8(ascii: "["))
    }

    /// A string without its escapes.
    mutating func string() throws(Failure) -> String {
        guard try peek() == UInt8(ascii: "\"") else { throw .wrongType }
        let (content, isPlain) = try scanString()
        let text =
            isPlain
            ? String(validating: bytes[content], as: UTF8.self)
            : String(validating: try unescaped(content), as: UTF8.self)
        guard let text else { throw .notJSON }
        return text
    }

    mutating func bool() throws(Failure) -> Bool {
        switch try peek() {
        case UInt8(ascii: "t"):
            try literal("true")
            return true
        case UInt8(ascii: "f"):
            try literal("false")
            return false
        default: throw .wrongType
        }
    }

    mutating func integer() throws(Failure) -> Int {
        let first = try peek()
        guard first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { throw .wrongType }
        let text = String(decoding: bytes[try scanNumber()], as: UTF8.self)
        guard let value = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }) else { throw .wrongType }
        return value
    }

    /// Passes over a null; whether there was one.
    mutating func null() throws(Failure) -> Bool {
        guard try peek() == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    /// Passes over a value of any kind.
    mutating func skip() throws(Failure) {
        switch try peek() {
        case UInt8(ascii: "{"):
            try enter()
            while try nextKey() != nil { try skip() }
        case UInt8(ascii: "["):
            try enter()
            while try nextElement() { try skip() }
        case UInt8(ascii: "\""): _ = try scanString()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: _ = try scanNumber()
        }
    }

    /// The first byte of the next value.
    mutating func peek() throws(Failure) -> UInt8 {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        throw .notJSON
    }

    /// Makes sure that nothing but white space is left.
    mutating func end() throws(Failure) {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { throw .notJSON }
            position += 1
        }
    }

    // MARK: Structure

    private mutating func enter() throws(Failure) {
        depth += 1
        guard depth <= Self.deepest else { throw .notJSON }
        position += 1
    }

    /// Just after the opening there may be an element or the end; after an element, a comma or the end.
    private mutating func isEnd(_ closing: UInt8, after opening: UInt8) throws(Failure) -> Bool {
        let isFirst = position > 0 && bytes[position - 1] == opening
        let byte = try peek()
        if byte == closing {
            position += 1
            depth -= 1
            return true
        }
        guard !isFirst else { return false }
        guard byte == UInt8(ascii: ",") else { throw .notJSON }
        position += 1
        return false
    }

    // MARK: Scalars

    private mutating func literal(_ word: StaticString) throws(Failure) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count, bytes[position] == word.utf8Start[index] else { throw .notJSON }
            position += 1
        }
    }

    /// The range between the quotes, and whether it holds no escape.
    private mutating func scanString() throws(Failure) -> (Range<Int>, isPlain: Bool) {
        position += 1
        let start = position
        var isPlain = true
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return (start..<(position - 1), isPlain)
            case UInt8(ascii: "\\"):
                isPlain = false
                try scanEscape()
            case 0..<0x20: throw .notJSON
            default: position += 1
            }
        }
        throw .notJSON
    }

    private mutating func scanEscape() throws(Failure) {
        guard position + 1 < bytes.count else { throw .notJSON }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            guard hexadecimal(at: position + 2) != nil else { throw .notJSON }
            position += 6
        default: throw .notJSON
        }
    }

    private func hexadecimal(at index: Int) -> UInt16? {
        guard index + 4 <= bytes.count else { return nil }
        var value: UInt16 = 0
        for byte in bytes[index..<(index + 4)] {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    private func unescaped(_ content: Range<Int>) throws(Failure) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = content.lowerBound
        while index < content.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let letter = bytes[index + 1]
            index += 2
            switch letter {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"): try appendCharacter(at: &index, within: content.upperBound, to: &result)
            default: result.append(letter)
            }
        }
        return result
    }

    /// One code unit, or the two of a surrogate pair.
    private func appendCharacter(at index: inout Int, within end: Int, to result: inout [UInt8]) throws(Failure) {
        guard let first = hexadecimal(at: index) else { throw .notJSON }
        index += 4
        var value = UInt32(first)
        if UTF16.isLeadSurrogate(first) {
            guard index + 6 <= end, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
                let second = hexadecimal(at: index + 2), UTF16.isTrailSurrogate(second)
            else { throw .notJSON }
            index += 6
            value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
        }
        guard let scalar = Unicode.Scalar(value) else { throw .notJSON }
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func scanNumber() throws(Failure) -> Range<Int> {
        let start = position
        func digit(_ index: Int) -> Bool { index < bytes.count && (0x30...0x39).contains(bytes[index]) }
        func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
        if byte(position) == UInt8(ascii: "-") { position += 1 }
        guard digit(position) else { throw .notJSON }
        if byte(position) == UInt8(ascii: "0") { position += 1 } else { while digit(position) { position += 1 } }
        if byte(position) == UInt8(ascii: ".") {
            position += 1
            guard digit(position) else { throw .notJSON }
            while digit(position) { position += 1 }
        }
        if let sign = byte(position), sign | 0x20 == UInt8(ascii: "e") {
            position += 1
            if let sign = byte(position), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            guard digit(position) else { throw .notJSON }
            while digit(position) { position += 1 }
        }
        return start..<position
    }
}
