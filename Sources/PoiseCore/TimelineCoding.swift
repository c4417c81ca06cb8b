/// The stored form of a timeline: columns, each with the encoding that suits it, at most 3 bytes a chunk on average.
///
///     version, flags            1 byte each
///     connect, firstByte        varint microseconds, where flagged
///     count                     varint
///     times                     zigzag varint of the change of the gap: steady streams need 1–2 bytes a chunk
///     kinds                     runs: kind byte, varint length
///     characters                nibbles; 15 says that a varint follows in the overflow column
///     tokens                    only where flagged: zigzag varint of the change, first the index of the first that has one
///     coalesced                 varint run lengths, alternating false and true
extension Timeline {
    private static let version: UInt8 = 1
    private enum Flag {
        static let connect: UInt8 = 1
        static let firstByte: UInt8 = 2
        static let tokens: UInt8 = 4
        static let coalesced: UInt8 = 8
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
        out.byte(Self.version)
        out.byte(
            (connect == nil ? 0 : Flag.connect) | (firstByte == nil ? 0 : Flag.firstByte)
                | (hasTokens ? Flag.tokens : 0) | (hasCoalesced ? Flag.coalesced : 0)
        )
        if let connect { out.signed(connect.nanoseconds / 1000) }
        if let firstByte { out.signed(firstByte.nanoseconds / 1000) }
        out.unsigned(UInt64(chunks.count))

        var time: Int64 = 0
        var gap: Int64 = 0
        for chunk in chunks {
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
            // A chunk without a count repeats the one before it with the mark −1 added: 0 is "none", n + 1 a change of n.
            var before = 0
            for chunk in chunks {
                guard let tokens = chunk.cumulativeTokens else {
                    out.unsigned(0)
                    continue
                }
                out.unsigned(1 + ByteWriter.zigzag(Int64(tokens - before)))
                before = tokens
            }
        }
        if hasCoalesced {
            let coalesced = chunks.map(\.isCoalesced)
            if coalesced.first == true { out.unsigned(0) }
            for run in runs(of: coalesced) { out.unsigned(UInt64(run.length)) }
        }
        return out.bytes
    }

    package init(decoding bytes: [UInt8]) throws(CodingFailure) {
        var input = ByteReader(bytes: bytes)
        let version = try input.byte()
        guard version == Self.version else { throw .unknownVersion(version) }
        let flags = try input.byte()
        connect = flags & Flag.connect == 0 ? nil : .microseconds(try input.signed())
        firstByte = flags & Flag.firstByte == 0 ? nil : .microseconds(try input.signed())
        let count = try input.count()

        var times: [Int64] = []
        var time: Int64 = 0
        var gap: Int64 = 0
        for _ in 0..<count {
            gap = gap &+ (try input.signed())
            time = time &+ gap
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
        var tokens = [Int?](repeating: nil, count: count)
        if flags & Flag.tokens != 0 {
            var before = 0
            for index in 0..<count {
                let mark = try input.unsigned()
                guard mark > 0 else { continue }
                before &+= Int(ByteReader.unzigzag(mark - 1))
                tokens[index] = before
            }
        }
        var coalesced: [Bool] = []
        if flags & Flag.coalesced != 0 {
            var value = false
            while coalesced.count < count {
                let length = try input.count()
                guard coalesced.count + length <= count, length > 0 || coalesced.isEmpty else {
                    throw .damaged(at: input.offset)
                }
                coalesced += repeatElement(value, count: length)
                value.toggle()
            }
        } else {
            coalesced = Array(repeating: false, count: count)
        }
        guard input.isAtEnd else { throw .damaged(at: input.offset) }
        chunks = (0..<count).map {
            Chunk(
                microseconds: times[$0], kind: kinds[$0], characters: characters[$0], cumulativeTokens: tokens[$0],
                isCoalesced: coalesced[$0]
            )
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
