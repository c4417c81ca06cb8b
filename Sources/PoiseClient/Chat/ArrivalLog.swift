import PoiseCore

/// When chunks came and of what kind, in 16 bytes each: a thousand streams of a thousand chunks are under way at once.
struct ArrivalLog {
    private struct Entry {
        /// Of the monotonic clock: what the offsets count from is known only at the end.
        let nanoseconds: Int64
        /// Output tokens so far; −1 where the server does not say.
        let tokens: Int32
        /// Characters, and in the lowest four bits whether it is coalesced, and the kind.
        var packed: UInt32

        static let kindMask: UInt32 = 0b111
        static let coalesced: UInt32 = 0b1000
        static let shift: UInt32 = 4
    }

    /// More than any response has: an endless one must end.
    static let maximum = 1_000_000

    private var entries: [Entry] = []
    /// Where the answer begins that may yet turn out to be thinking.
    private var answerBegin = 0
    private(set) var hasOutput = false

    var count: Int { entries.count }
    var isFull: Bool { entries.count >= Self.maximum }

    mutating func append(
        _ kind: Timeline.Kind, characters: Int = 0, tokens: Int? = nil, at instant: Instant, isCoalesced: Bool
    ) {
        if characters > 0 { hasOutput = true }
        if entries.isEmpty { entries.reserveCapacity(64) }
        let packed =
            UInt32(clamping: min(characters, Int(UInt32.max >> Entry.shift))) << Entry.shift
            | (isCoalesced ? Entry.coalesced : 0) | UInt32(kind.rawValue)
        entries.append(
            Entry(nanoseconds: instant.nanoseconds, tokens: tokens.map { Int32(clamping: $0) } ?? -1, packed: packed))
    }

    /// Makes chunks of the answer into chunks of thinking, those since the last call.
    mutating func turnAnswerIntoReasoning() {
        for index in answerBegin..<entries.count
        where entries[index].packed & Entry.kindMask == UInt32(Timeline.Kind.answer.rawValue) {
            entries[index].packed =
                entries[index].packed & ~Entry.kindMask | UInt32(Timeline.Kind.reasoning.rawValue)
        }
        answerBegin = entries.count
    }

    /// The chunks as offsets from an instant, in whole microseconds.
    func chunks(since started: Instant) -> [Timeline.Chunk] {
        entries.map { entry in
            Timeline.Chunk(
                microseconds: (entry.nanoseconds - started.nanoseconds) / 1000,
                kind: Timeline.Kind(rawValue: UInt8(entry.packed & Entry.kindMask)) ?? .other,
                characters: Int(entry.packed >> Entry.shift),
                cumulativeTokens: entry.tokens < 0 ? nil : Int(entry.tokens),
                isCoalesced: entry.packed & Entry.coalesced != 0)
        }
    }
}
