/// Walks JSON text (RFC 8259) where it lies, without building a tree: the caller asks for what it needs, skips the rest.
///
/// It is strict: what is skipped is validated like what is read. UTF-8 only, no byte order mark, nothing after the value.
/// It allocates nothing; texts and numbers are given as views of the bytes, which must outlive them. Of a key that
/// occurs twice both are given. A `\u` escape of half a surrogate pair is taken, since a stream may hold the other half
/// in its next document.
///
///     try scanner.beginObject()
///     while let key = try scanner.nextKey() {
///         if key.says("id") { id = try scanner.text() } else { try scanner.skip() }
///     }
///     try scanner.finish()
package struct JSONScanner {
    /// Arrays and objects within each other; deeper text is refused, as Foundation's parsers do.
    package static let maximumDepth = 512

    package enum Kind: Hashable, Sendable {
        case object, array, text, number, bool, null
    }

    private let start: UnsafePointer<UInt8>
    private let end: Int
    /// Bytes read so far.
    package private(set) var offset = 0
    private var depth = 0
    /// Whether a value stands before this place in its object or array.
    private var needsComma = false
    /// Whether an escape of half a surrogate pair was read, which RFC 8259 allows and most parsers refuse.
    package private(set) var hasLoneSurrogate = false

    /// - Parameter bytes: must stay as they are for as long as the scanner and its views are used.
    package init(_ bytes: UnsafeRawBufferPointer) {
        // Any address will do where there are no bytes: none is read.
        let nothing: StaticString = ""
        start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? nothing.utf8Start
        end = bytes.count
    }

    // MARK: What comes next

    /// The kind of the next value, which is not read.
    package mutating func peek() throws(Failure) -> Kind {
        skipWhitespace()
        switch byte {
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw unexpected
        }
    }

    /// Ends the document: only whitespace may be left.
    package mutating func finish() throws(Failure) {
        skipWhitespace()
        guard offset == end else { throw unexpected }
    }

    // MARK: Objects and arrays

    package mutating func beginObject() throws(Failure) {
        try begin(UInt8(ascii: "{"))
    }

    package mutating func beginArray() throws(Failure) {
        try begin(UInt8(ascii: "["))
    }

    /// The next key of the object that was begun last, with its value to be read or skipped; nil at the object's end.
    @inline(__always)
    package mutating func nextKey() throws(Failure) -> JSONText? {
        guard try nextPlace(closing: UInt8(ascii: "}")) else { return nil }
        let key = try textHere()
        skipWhitespace()
        guard byte == UInt8(ascii: ":") else { throw unexpected }
        offset += 1
        needsComma = false
        return key
    }

    /// Whether the array that was begun last has another element, to be read or skipped.
    package mutating func nextElement() throws(Failure) -> Bool {
        try nextPlace(closing: UInt8(ascii: "]"))
    }

    private mutating func begin(_ opening: UInt8) throws(Failure) {
        skipWhitespace()
        guard byte == opening else { throw unexpected }
        guard depth < Self.maximumDepth else { throw Failure(reason: .tooDeep, offset: offset) }
        offset += 1
        depth += 1
        needsComma = false
    }

    /// Reads a comma or the closing bracket, whichever is due.
    @inline(__always)
    private mutating func nextPlace(closing: UInt8) throws(Failure) -> Bool {
        skipWhitespace()
        if byte == closing {
            offset += 1
            depth -= 1
            needsComma = true
            return false
        }
        guard needsComma else { return true }
        guard byte == UInt8(ascii: ",") else { throw unexpected }
        let comma = offset
        offset += 1
        skipWhitespace()
        guard byte != closing else { throw Failure(reason: .trailingComma, offset: comma) }
        needsComma = false
        return true
    }

    // MARK: Values

    /// Reads a string.
    @inline(__always)
    package mutating func text() throws(Failure) -> JSONText {
        skipWhitespace()
        let text = try textHere()
        needsComma = true
        return text
    }

    /// Reads a number.
    package mutating func number() throws(Failure) -> JSONNumber {
        skipWhitespace()
        guard byte == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { throw unexpected }
        let number = try JSONNumber(scanning: start + offset, count: end - offset, offset: &offset)
        needsComma = true
        return number
    }

    /// Reads `true` or `false`.
    package mutating func bool() throws(Failure) -> Bool {
        skipWhitespace()
        let value = byte == UInt8(ascii: "t")
        try word(value ? "true" : "false")
        return value
    }

    package mutating func null() throws(Failure) {
        skipWhitespace()
        try word("null")
    }

    /// Reads over a value of any kind.
    package mutating func skip() throws(Failure) {
        skipWhitespace()
        switch byte {
        case UInt8(ascii: "\""):
            _ = try textHere()
            needsComma = true
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "{"):
            try beginObject()
            while try nextKey() != nil { try skip() }
        case UInt8(ascii: "["):
            try beginArray()
            while try nextElement() { try skip() }
        default: _ = try number()
        }
    }

    /// Reads over a value of any kind and gives its JSON text, as it stands.
    package mutating func source() throws(Failure) -> UnsafeRawBufferPointer {
        skipWhitespace()
        let begin = offset
        try skip()
        return UnsafeRawBufferPointer(start: start + begin, count: offset - begin)
    }

    private mutating func word(_ word: StaticString) throws(Failure) {
        for index in 0..<word.utf8CodeUnitCount {
            guard byte == word.utf8Start[index] else { throw unexpected }
            offset += 1
        }
        needsComma = true
    }

    /// Reads a string that begins here.
    @inline(__always)
    private mutating func textHere() throws(Failure) -> JSONText {
        guard byte == UInt8(ascii: "\"") else { throw unexpected }
        let begin = offset + 1
        var validation = TextValidation(start: start, end: end, offset: begin)
        try validation.run()
        offset = validation.offset + 1
        if validation.hasLoneSurrogate { hasLoneSurrogate = true }
        return JSONText(
            bytes: UnsafeRawBufferPointer(start: start + begin, count: validation.offset - begin),
            hasEscapes: validation.hasEscapes)
    }

    // MARK: Bytes

    /// The byte here; 0 at the end, which is no byte of JSON outside of strings and none that strings may hold.
    @inline(__always)
    private var byte: UInt8 { offset < end ? start[offset] : 0 }

    @inline(__always)
    private mutating func skipWhitespace() {
        while offset < end {
            switch start[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    private var unexpected: Failure { Failure(reason: offset < end ? .unexpected : .ended, offset: offset) }
}
