/// A text in pieces that stand for tokens, already escaped for a JSON string and kept in one array of bytes.
///
/// A piece is a word with the white space before it, and at most 16 bytes of UTF-8: readable in a demonstration, and
/// free of any vocabulary. The pieces of a text, put together, are the text.
struct TokenText: Hashable, Sendable {
    /// Escaped UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Where each piece ends in `bytes`.
    private var ends: [Int] = []

    static let longest = 16

    init() {}

    init(_ text: String) {
        let source = Array(text.utf8)
        var start = 0
        for index in source.indices {
            let isWordStart = index > start && Self.isSpace(source[index]) && !Self.isSpace(source[index - 1])
            let isCharacterStart = source[index] & 0xC0 != 0x80
            // Four bytes before the limit, so that a character of four bytes still fits.
            if isWordStart || (isCharacterStart && index - start > Self.longest - 4) {
                append(source[start..<index])
                start = index
            }
        }
        if start < source.count { append(source[start...]) }
    }

    /// The text repeated, with a space between, or cut, until it has exactly so many pieces.
    init(_ text: String, tokens: Int) {
        let whole = TokenText(text)
        guard !whole.isEmpty, tokens > 0 else { return }
        let next = TokenText(text.utf8.first.map(Self.isSpace) == true ? text : " " + text)
        self = whole
        // A space before the text may move its first cut, so that it has one piece more.
        while count < tokens {
            let base = bytes.count
            bytes += next.bytes
            ends += next.ends.map { base + $0 }
        }
        self = prefix(tokens)
    }

    /// The first pieces, at most so many.
    func prefix(_ most: Int) -> TokenText {
        guard most < count else { return self }
        var text = self
        text.ends.removeLast(count - max(0, most))
        text.bytes.removeLast(bytes.count - (text.ends.last ?? 0))
        return text
    }

    var count: Int { ends.count }
    var isEmpty: Bool { ends.isEmpty }

    /// The escaped bytes of some pieces; those beyond the end are left out.
    subscript(tokens: Range<Int>) -> ArraySlice<UInt8> {
        let last = min(tokens.upperBound, count)
        let first = min(tokens.lowerBound, last)
        return bytes[(first == 0 ? 0 : ends[first - 1])..<(last == 0 ? 0 : ends[last - 1])]
    }

    private mutating func append(_ piece: ArraySlice<UInt8>) {
        for byte in piece { Self.escape(byte, into: &bytes) }
        ends.append(bytes.count)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// A text as it stands between the quotes of a JSON string (RFC 8259, section 7).
    static func escaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        appendEscaped(text, to: &bytes)
        return bytes
    }

    static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 { escape(byte, into: &bytes) }
    }

    private static func escape(_ byte: UInt8, into bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0x0A: bytes += Array("\\n".utf8)
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }
}
