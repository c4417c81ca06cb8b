/// One key as it is looked for, byte by byte: each byte may stand as itself or as one of the ways to write it.
struct SecretPattern: Hashable, Sendable {
    let bytes: [UInt8]
    /// Whether these are digits of Base64, of either alphabet (RFC 4648, sections 4 and 5).
    private let isBase64: Bool

    /// - Parameter bytes: at least one.
    init(key bytes: [UInt8]) {
        self.init(bytes, isBase64: false)
    }

    private init(_ bytes: [UInt8], isBase64: Bool) {
        self.bytes = bytes
        self.isBase64 = isBase64
    }

    /// The digits that a key has in Base64 whatever stands around it: of each of the three places at which it may begin.
    static func base64(of key: [UInt8]) -> [SecretPattern] {
        (0..<3).map { offset in
            var digits: [UInt8] = []
            // Digits whose six bits are all of the key.
            for digit in (offset * 8 + 5) / 6..<((offset + key.count) * 8 / 6) {
                var value = 0
                for bit in digit * 6 - offset * 8..<digit * 6 - offset * 8 + 6 {
                    value = value << 1 | Int(key[bit / 8] >> UInt8(7 - bit % 8) & 1)
                }
                digits.append(alphabet[value])
            }
            return SecretPattern(digits, isBase64: true)
        }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The two bytes that a find may begin with.
    var beginnings: [(UInt8, UInt8)] {
        guard let first = bytes.first else { return [] }
        let firsts = isBase64 ? [first, Self.other(first)] : [first]
        guard bytes.count > 1 else { return (firsts + Self.escapes).flatMap { first in (0...255).map { (first, $0) } } }
        let seconds = Self.escapes + (isBase64 ? [bytes[1], Self.other(bytes[1])] : [bytes[1]])
        // What follows the first byte of an escape: hexadecimal digits, what JSON escapes, how entities begin.
        let escaped = Array("0123456789abcdefABCDEFu\"/\\#lgq".utf8)
        return firsts.flatMap { first in seconds.map { (first, $0) } }
            + Self.escapes.flatMap { first in escaped.map { (first, $0) } }
    }

    private static let escapes = Array("%\\&".utf8)

    /// Where it stands at a place, or where the text ends in the middle of it.
    func find(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard
            let end = end(from: start, in: text, readsEscapes: false) ?? end(from: start, in: text, readsEscapes: true)
        else { return nil }
        guard isBase64 else { return start..<end }
        // The digits beside it hold bits of its first and its last byte.
        let first = start > 0 && Self.isDigit(text[start - 1]) ? start - 1 : start
        var last = end < text.count && Self.isDigit(text[end]) ? end + 1 : end
        while last < text.count, text[last] == UInt8(ascii: "=") { last += 1 }
        return first..<last
    }

    /// So much of a key at the end of a text is part of it; less is chance.
    private var shortestPart: Int { max(Secrets.shortestInTexts, bytes.count / 2) }

    private func end(from start: Int, in text: UnsafeBufferPointer<UInt8>, readsEscapes: Bool) -> Int? {
        var (place, known) = (start, 0)
        while known < bytes.count {
            guard place < text.count else { return known >= shortestPart ? place : nil }
            if readsEscapes, let escape = EscapedByte(at: place, in: text), escape.byte == bytes[known] {
                (place, known) = (place + escape.length, known + 1)
            } else if text[place] == bytes[known] || (isBase64 && Self.other(text[place]) == bytes[known]) {
                (place, known) = (place + 1, known + 1)
            } else {
                return nil
            }
        }
        return place
    }

    /// A digit of one alphabet in the other: `-` and `_` for `+` and `/`.
    private static func other(_ digit: UInt8) -> UInt8 {
        switch digit {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: digit
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || [0x2B, 0x2F, 0x2D, 0x5F].contains(byte)
    }
}

/// A byte of ASCII as a text in JSON (RFC 8259), in an address (RFC 3986) or in HTML may write it.
private struct EscapedByte {
    let byte: UInt8
    /// Bytes that the writing takes.
    let length: Int

    init?(at place: Int, in text: UnsafeBufferPointer<UInt8>) {
        func number(from start: Int, digits: Int) -> UInt8? {
            guard start + digits <= text.count else { return nil }
            var value = 0
            for index in start..<start + digits {
                guard let digit = Self.hexadecimal(text[index]) else { return nil }
                value = value << 4 | digit
            }
            return UInt8(exactly: value)
        }
        switch text[place] {
        case UInt8(ascii: "%"):
            guard let byte = number(from: place + 1, digits: 2) else { return nil }
            (self.byte, length) = (byte, 3)
        case UInt8(ascii: "\\"):
            guard place + 1 < text.count else { return nil }
            if text[place + 1] == UInt8(ascii: "u") {
                guard let byte = number(from: place + 2, digits: 4) else { return nil }
                (self.byte, length) = (byte, 6)
            } else {
                guard [0x22, 0x2F, 0x5C].contains(text[place + 1]) else { return nil }
                (byte, length) = (text[place + 1], 2)
            }
        case UInt8(ascii: "&"):
            guard let entity = Self.entity(at: place, in: text) else { return nil }
            self = entity
        default: return nil
        }
    }

    private init(_ byte: UInt8, length: Int) {
        self.byte = byte
        self.length = length
    }

    private static let named: [[UInt8]: UInt8] = [
        Array("amp".utf8): 0x26, Array("lt".utf8): 0x3C, Array("gt".utf8): 0x3E, Array("quot".utf8): 0x22,
        Array("apos".utf8): 0x27,
    ]

    /// `&amp;`, `&#38;`, `&#x26;`.
    private static func entity(at place: Int, in text: UnsafeBufferPointer<UInt8>) -> EscapedByte? {
        let rest = text[(place + 1)..<min(place + 9, text.count)]
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = Array(rest[..<end])
        let length = end + 1 - place
        if name.first == UInt8(ascii: "#") {
            let digits = String(decoding: name.dropFirst(), as: UTF8.self)
            let value = digits.lowercased().hasPrefix("x") ? UInt8(digits.dropFirst(), radix: 16) : UInt8(digits)
            return value.map { EscapedByte($0, length: length) }
        }
        return named[name].map { EscapedByte($0, length: length) }
    }

    private static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x37
        case 0x61...0x66: Int(byte) - 0x57
        default: nil
        }
    }
}
