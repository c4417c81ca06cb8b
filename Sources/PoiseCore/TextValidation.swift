/// Finds the end of a JSON string and holds it to RFC 8259: escapes, control characters and UTF-8 (RFC 3629).
struct TextValidation {
    private let start: UnsafePointer<UInt8>
    private let end: Int
    /// At first behind the opening quote, in the end at the closing one.
    private(set) var offset: Int
    private(set) var hasEscapes = false
    private(set) var hasLoneSurrogate = false

    init(start: UnsafePointer<UInt8>, end: Int, offset: Int) {
        self.start = start
        self.end = end
        self.offset = offset
    }

    @inline(__always)
    mutating func run() throws(JSONScanner.Failure) {
        while true {
            skipPlain()
            guard offset < end else { throw failure(.ended) }
            switch start[offset] {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"): try readEscape()
            case ..<0x20: throw failure(.controlCharacter)
            case 0x80...: try readSequence()
            default: offset += 1
            }
        }
    }

    /// Goes over plain ASCII, eight bytes at a time.
    @inline(__always)
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let raw = UnsafeRawPointer(start)
        while offset &+ 8 <= end {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let quote = word ^ ones &* 0x22
            let backslash = word ^ ones &* 0x5C
            // A byte's top bit is set where it is below 0x20, a quote, a backslash or no ASCII; bits above the lowest
            // set one may be set without cause, which does not matter.
            let found =
                ((word &- ones &* 0x20) | (quote &- ones) | (backslash &- ones) | word) & tops
            guard found == 0 else {
                offset &+= found.trailingZeroBitCount >> 3
                return
            }
            offset &+= 8
        }
        while offset < end, start[offset] != 0x22, start[offset] != 0x5C, 0x20..<0x80 ~= start[offset] { offset += 1 }
    }

    private mutating func readEscape() throws(JSONScanner.Failure) {
        hasEscapes = true
        guard offset + 1 < end else { throw failure(.ended) }
        switch start[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit(at: offset)
            offset += 6
            guard unit & 0xF800 == 0xD800 else { return }
            if unit & 0xFC00 == 0xD800, offset + 1 < end, start[offset] == UInt8(ascii: "\\"),
                start[offset + 1] == UInt8(ascii: "u"), try codeUnit(at: offset) & 0xFC00 == 0xDC00
            {
                offset += 6
            } else {
                hasLoneSurrogate = true
            }
        default: throw failure(.escape)
        }
    }

    /// The number of the `\u` escape at a place.
    private func codeUnit(at place: Int) throws(JSONScanner.Failure) -> UInt16 {
        var unit: UInt16 = 0
        for index in (place + 2)..<(place + 6) {
            guard index < end else { throw JSONScanner.Failure(reason: .ended, offset: end) }
            guard let digit = Self.hexDigit(start[index]) else {
                throw JSONScanner.Failure(reason: .escape, offset: index)
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Reads a sequence of two to four bytes: RFC 3629, 4, which excludes overlong forms, surrogates and what is beyond
    /// U+10FFFF.
    private mutating func readSequence() throws(JSONScanner.Failure) {
        let first = start[offset]
        let (count, second): (Int, ClosedRange<UInt8>)
        switch first {
        case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
        case 0xE0: (count, second) = (3, 0xA0...0xBF)
        case 0xED: (count, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (count, second) = (3, 0x80...0xBF)
        case 0xF0: (count, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
        case 0xF4: (count, second) = (4, 0x80...0x8F)
        default: throw failure(.encoding)
        }
        guard offset + count <= end, second ~= start[offset + 1] else { throw failure(.encoding) }
        for index in (offset + 2)..<(offset + max(count, 2)) where start[index] & 0xC0 != 0x80 {
            throw failure(.encoding)
        }
        offset += count
    }

    private func failure(_ reason: JSONScanner.Failure.Reason) -> JSONScanner.Failure {
        JSONScanner.Failure(reason: reason, offset: offset)
    }
}
