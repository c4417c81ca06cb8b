/// The stored form of a timeline: columns, each with the encoding that suits it, at most 3 bytes a chunk on average.
///
///     version, flags            1 byte each
///     connect, firstByte        varint microseconds, where flagged
///     count                     varint
///     coalesced                 only where flagged: a bit a chunk, the lowest first
///     times                     zigzag varint of the change of the gap: steady streams need 1–2 bytes a chunk; nothing
///                               for a coalesced chunk where flagged that those have the time of the one before
///     kinds                     runs: kind byte, varint length
///     characters                nibbles; 15 says that a varint follows in the overflow column
///     tokens                    only where flagged: runs: varint mark, varint length; mark 0 is "none", n + 1 the
///                               zigzag n of the change since the last chunk that has a count
extension Timeline {
    private static let version: UInt8 = 1
    private enum Flag {
        static let connect: UInt8 = 1
        static let firstByte: UInt8 = 2
        static let tokens: UInt8 = 4
        static let coalesced: UInt8 = 8
        static let sharedTimes: UInt8 = 16
    }

    package enum CodingFailure: ExplainedError, Equatable {
        case unknownVersion(UInt8)
        case damaged(at: Int)

        package var what: String {
            switch self {
            case .unknownVersion(let version):
                "the timeline is stored in version \(version), which this Poise cannot read"
            case .damaged(let offset): "the stored timeline is damaged at byte \(offset)"
            }
        }
        package var place: String? { nil }
        package var remedy: String? {
            switch self {
            case .unknownVersion: "Read the database with the Poise that wrote it, or a newer one."
            case .damaged: "The trial's numbers are still in the database; only its stream cannot be replayed."
            }
        }
    }

    package func encoded() -> [UInt8] {
        var out = ByteWriter()
        let hasTokens = chunks.contains { $0.cumulativeTokens != nil }
        let hasCoalesced = chunks.contains(where: \.isCoalesced)
        let sharesTimes = hasCoalesced && coalescedShareTimes
        out.byte(Self.version)
        out.byte(
            (connect == nil ? 0 : Flag.connect) | (firstByte == nil ? 0 : Flag.firstByte)
                | (hasTokens ? Flag.tokens : 0) | (hasCoalesced ? Flag.coalesced : 0)
                | (sharesTimes ? Flag.sharedTimes : 0)
        )
        if let connect { out.signed(connect.nanoseconds / 1000) }
        if let firstByte { out.signed(firstByte.nanoseconds / 1000) }
        out.unsigned(UInt64(chunks.count))
        if hasCoalesced { out.bits(chunks.map(\.isCoalesced)) }

        var time: Int64 = 0
        var gap: Int64 = 0
        for chunk in chunks where !(sharesTimes && chunk.isCoalesced) {
            let next = chunk.microseconds &- time
            out.signed(next &- gap)
            (time, gap) = (chunk.microseconds, next)
        }
        for run in runs(of: chunks.map(\.kind)) {
            out.byte(run.value.rawValue)
            out.unsigned(UInt64(run.length))
        }
        var overflow = ByteWriter()
        for pair in stride(from: 0, to: chunks.count, by: 2) {
            var byte: UInt8 = 0
            for index in pair..<min(pair + 2, chunks.count) {
                let length = max(0, chunks[index].characters)
                if length >= 15 { overflow.unsigned(UInt64(length)) }
                byte |= UInt8(min(length, 15)) << (index == pair ? 0 : 4)
            }
            out.byte(byte)
        }
        out.bytes += overflow.bytes
        if hasTokens {
            for run in runs(of: tokenMarks) {
                out.unsigned(run.value)
                out.unsigned(UInt64(run.length))
            }
        }
        return out.bytes
    }

    package init(decoding bytes: [UInt8]) throws(CodingFailure) {
        var input = ByteReader(bytes: bytes)
        let version = try input.byte()
        guard version == Self.version else { throw .unknownVersion(version) }
        let flags = try input.byte()
        connect = flags & Flag.connect == 0 ? nil : try input.span()
        firstByte = flags & Flag.firstByte == 0 ? nil : try input.span()
        let count = try input.count()
        let coalesced =
            flags & Flag.coalesced == 0 ? Array(repeating: false, count: count) : try input.bits(count: count)

        var times: [Int64] = []
        var time: Int64 = 0
        var gap: Int64 = 0
        for isCoalesced in coalesced {
            if !(isCoalesced && flags & Flag.sharedTimes != 0) {
                gap = gap &+ (try input.signed())
                time = time &+ gap
            }
            times.append(time)
        }
        var kinds: [Kind] = []
        while kinds.count < count {
            guard let kind = Kind(rawValue: try input.byte()) else { throw .damaged(at: input.offset) }
            let length = try input.count()
            guard length > 0, kinds.count + length <= count else { throw .damaged(at: input.offset) }
            kinds += repeatElement(kind, count: length)
        }
        var characters: [Int] = []
        for pair in stride(from: 0, to: count, by: 2) {
            let byte = try input.byte()
            characters.append(Int(byte & 15))
            if pair + 1 < count { characters.append(Int(byte >> 4)) }
        }
        for index in characters.indices where characters[index] == 15 {
            characters[index] = try input.length()
        }
        let tokens = flags & Flag.tokens == 0 ? Array(repeating: nil, count: count) : try input.tokens(count: count)
        guard input.isAtEnd else { throw .damaged(at: input.offset) }
        chunks = (0..<count).map {
            Chunk(
                microseconds: times[$0], kind: kinds[$0], characters: characters[$0], cumulativeTokens: tokens[$0],
                isCoalesced: coalesced[$0]
            )
        }
    }

    /// Whether each coalesced chunk has the time of the one before it, as it should, so that it need not be written.
    private var coalescedShareTimes: Bool {
        var time: Int64 = 0
        for chunk in chunks {
            if chunk.isCoalesced, chunk.microseconds != time { return false }
            time = chunk.microseconds
        }
        return true
    }

    /// For each chunk what its count of tokens changed by; the same over and over where a server counts every chunk.
    private var tokenMarks: [UInt64] {
        var before = 0
        return chunks.map { chunk in
            guard let said = chunk.cumulativeTokens else { return 0 }
            // A server can say anything; counts of at least 0 differ by less than the mark can hold.
            let tokens = max(0, said)
            defer { before = tokens }
            return 1 + ByteWriter.zigzag(Int64(tokens - before))
        }
    }

    private func runs<Value: Equatable>(of values: [Value]) -> [(value: Value, length: Int)] {
        var runs: [(value: Value, length: Int)] = []
        for value in values {
            if runs.last?.value == value {
                runs[runs.count - 1].length += 1
            } else {
                runs.append((value, 1))
            }
        }
        return runs
    }
}

private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) {
        bytes.append(value)
    }

    /// LEB128: seven bits a byte, the lowest first.
    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func bits(_ values: [Bool]) {
        for start in stride(from: 0, to: values.count, by: 8) {
            let eight = values[start..<min(start + 8, values.count)]
            byte(eight.reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
        }
    }

    mutating func signed(_ value: Int64) {
        unsigned(Self.zigzag(value))
    }

    /// 0, −1, 1, −2 … as 0, 1, 2, 3 …, so that small numbers of either sign are short.
    static func zigzag(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: (value << 1) ^ (value >> 63))
    }
}

private struct ByteReader {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func byte() throws(Timeline.CodingFailure) -> UInt8 {
        guard offset < bytes.count else { throw .damaged(at: offset) }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func unsigned() throws(Timeline.CodingFailure) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw .damaged(at: offset) }
            value |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 { return value }
        }
        throw .damaged(at: offset)
    }

    mutating func signed() throws(Timeline.CodingFailure) -> Int64 {
        Self.unzigzag(try unsigned())
    }

    mutating func bits(count: Int) throws(Timeline.CodingFailure) -> [Bool] {
        var values: [Bool] = []
        for start in stride(from: 0, to: count, by: 8) {
            let eight = try byte()
            for bit in 0..<min(8, count - start) { values.append(eight >> UInt8(bit) & 1 == 1) }
        }
        return values
    }

    /// The counts that marks of their changes give; one below 0 is damage.
    mutating func tokens(count: Int) throws(Timeline.CodingFailure) -> [Int?] {
        var tokens: [Int?] = []
        var before = 0
        while tokens.count < count {
            let mark = try unsigned()
            let length = try self.count()
            guard length > 0, tokens.count + length <= count else { throw .damaged(at: offset) }
            for _ in 0..<length {
                guard mark > 0 else {
                    tokens.append(nil)
                    continue
                }
                before &+= Int(Self.unzigzag(mark - 1))
                guard before >= 0 else { throw .damaged(at: offset) }
                tokens.append(before)
            }
        }
        return tokens
    }

    /// A span in microseconds; one that has no whole number of nanoseconds is damage.
    mutating func span() throws(Timeline.CodingFailure) -> Duration {
        let microseconds = try signed()
        guard !microseconds.multipliedReportingOverflow(by: 1000).overflow else { throw .damaged(at: offset) }
        return .microseconds(microseconds)
    }

    /// A length; one that cannot be an Int is damage.
    mutating func length() throws(Timeline.CodingFailure) -> Int {
        guard let value = Int(exactly: try unsigned()) else { throw .damaged(at: offset) }
        return value
    }

    /// A number of chunks: each of them takes at least half a byte, so more than that is damage and is not allocated.
    mutating func count() throws(Timeline.CodingFailure) -> Int {
        let value = try length()
        guard value <= bytes.count * 2 else { throw .damaged(at: offset) }
        return value
    }

    static func unzigzag(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
