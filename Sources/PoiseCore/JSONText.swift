#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A string of a JSON text, as a view of the bytes between its quotes, which are known to be valid.
package struct JSONText {
    /// As they stand, escapes and all.
    package let bytes: UnsafeRawBufferPointer
    package let hasEscapes: Bool

    init(bytes: UnsafeRawBufferPointer, hasEscapes: Bool) {
        self.bytes = bytes
        self.hasEscapes = hasEscapes
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// Whether the string says these bytes and was written without an escape.
    package func isPlainly(_ other: UnsafeRawBufferPointer) -> Bool {
        guard !hasEscapes, bytes.count == other.count else { return false }
        guard let start = bytes.baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, bytes.count) == 0
    }

    /// Whether the string says this, also where it is spelled with escapes.
    package func says(_ name: StaticString) -> Bool {
        hasEscapes
            ? equalsUnescaped(name)
            : isPlainly(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    private func equalsUnescaped(_ name: StaticString) -> Bool {
        // An escape is never shorter than what it stands for.
        guard bytes.count >= name.utf8CodeUnitCount, bytes.count <= 6 * name.utf8CodeUnitCount else { return false }
        var plain: [UInt8] = []
        append(to: &plain)
        return plain.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// The string's own text; half a surrogate pair becomes U+FFFD.
    package var string: String {
        guard hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
        var plain: [UInt8] = []
        append(to: &plain)
        SurrogateHalf.replaceAll(in: &plain)
        return String(decoding: plain, as: UTF8.self)
    }

    /// Appends the string's own text as UTF-8.
    ///
    /// Half a surrogate pair is appended as the three bytes that its number would have (WTF-8), so that the other half
    /// can join it from a later text: see `SurrogateHalf`.
    package func append(to out: inout [UInt8]) {
        guard hasEscapes else {
            out.append(contentsOf: bytes)
            return
        }
        var rest = bytes[...]
        while let escape = rest.firstIndex(of: UInt8(ascii: "\\")) {
            out.append(contentsOf: rest[..<escape])
            guard escape + 1 < rest.endIndex else { return }
            let kind = rest[escape + 1]
            rest = rest[(escape + 2)...]
            guard kind == UInt8(ascii: "u") else {
                out.append(Self.plain(kind))
                continue
            }
            var unit = Self.hex(rest)
            rest = rest.dropFirst(4)
            if unit & 0xFC00 == 0xD800, rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
                let low = Self.hex(rest.dropFirst(2))
                if low & 0xFC00 == 0xDC00 {
                    unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                    rest = rest.dropFirst(6)
                }
            }
            Self.append(unit, to: &out)
        }
        out.append(contentsOf: rest)
    }

    /// What stands for itself or for a control character after a backslash.
    private static func plain(_ escape: UInt8) -> UInt8 {
        switch escape {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: escape
        }
    }

    private static func hex(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt32 {
        digits.prefix(4).reduce(0) { $0 << 4 | UInt32(TextValidation.hexDigit($1) ?? 0) }
    }

    private static func append(_ number: UInt32, to out: inout [UInt8]) {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: number >> shift & 0x3F) }
        switch number {
        case ..<0x80: out.append(UInt8(number))
        case ..<0x800: out += [0xC0 | UInt8(number >> 6), tail(0)]
        case ..<0x10000: out += [0xE0 | UInt8(number >> 12), tail(6), tail(0)]
        default: out += [0xF0 | UInt8(truncatingIfNeeded: number >> 18), tail(12), tail(6), tail(0)]
        }
    }
}

/// Halves of surrogate pairs in WTF-8: ED, then A0…AF for a high one or B0…BF for a low one, then any tail.
package enum SurrogateHalf {
    /// Joins a high half that ends before `seam` to the low half that begins there.
    ///
    /// - Returns: whether it did; the text is then two bytes shorter.
    package static func join(at seam: Int, in text: inout [UInt8]) -> Bool {
        guard seam >= 3, seam + 3 <= text.count, text[seam - 3] == 0xED, text[seam - 2] & 0xF0 == 0xA0,
            text[seam] == 0xED, text[seam + 1] & 0xF0 == 0xB0
        else { return false }
        let high = UInt32(text[seam - 2] & 0x0F) << 6 | UInt32(text[seam - 1] & 0x3F)
        let low = UInt32(text[seam + 1] & 0x0F) << 6 | UInt32(text[seam + 2] & 0x3F)
        let scalar = 0x10000 + high << 10 + low
        text.replaceSubrange(
            (seam - 3)..<(seam + 3),
            with: [
                0xF0 | UInt8(scalar >> 18), 0x80 | UInt8(scalar >> 12 & 0x3F), 0x80 | UInt8(scalar >> 6 & 0x3F),
                0x80 | UInt8(scalar & 0x3F),
            ])
        return true
    }

    /// Puts U+FFFD, which is as long, for halves that nothing joined.
    package static func replaceAll(in text: inout [UInt8]) {
        var index = 0
        while index + 2 < text.count {
            if text[index] == 0xED, text[index + 1] >= 0xA0 {
                text.replaceSubrange(index..<(index + 3), with: [0xEF, 0xBF, 0xBD])
                index += 2
            }
            index += 1
        }
    }
}
