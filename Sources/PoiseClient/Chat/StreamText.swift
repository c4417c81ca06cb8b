import PoiseCore

/// A text that grows with the stream. Scalars add up over any split, also between the halves of a surrogate pair.
struct StreamText {
    /// UTF-8, with halves of surrogate pairs as `SurrogateHalf` has them.
    var bytes: [UInt8] = []
    private var mayHoldHalves = false

    /// - Returns: the Unicode scalars by which the text grew; the half that completes a pair counts as none.
    mutating func append(_ text: JSONText) -> Int {
        let seam = bytes.count
        text.append(to: &bytes)
        // Halves come from escapes alone.
        guard text.hasEscapes else { return Self.scalars(in: text.bytes) }
        mayHoldHalves = true
        let grown = bytes.withUnsafeBytes { Self.scalars(in: UnsafeRawBufferPointer(rebasing: $0[seam...])) }
        return SurrogateHalf.join(at: seam, in: &bytes) ? grown - 1 : grown
    }

    /// - Returns: the Unicode scalars of the source.
    mutating func append(source: UnsafeRawBufferPointer) -> Int {
        bytes.append(contentsOf: source)
        return Self.scalars(in: source)
    }

    var scalars: Int { bytes.withUnsafeBytes { Self.scalars(in: $0) } }

    /// The text; U+FFFD stands for halves whose other half never came.
    var string: String {
        guard mayHoldHalves else { return String(decoding: bytes, as: UTF8.self) }
        var whole = bytes
        SurrogateHalf.replaceAll(in: &whole)
        return String(decoding: whole, as: UTF8.self)
    }

    /// Moves bytes to the end of another text.
    mutating func move(_ range: Range<Int>, to other: inout StreamText) {
        other.bytes.append(contentsOf: bytes[range])
        other.mayHoldHalves = other.mayHoldHalves || mayHoldHalves
        bytes.removeSubrange(range)
    }

    /// Each scalar has one byte that does not continue a sequence.
    private static func scalars(in bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
