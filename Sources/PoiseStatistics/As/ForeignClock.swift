import PoiseCore

extension StoredTrial {
    /// What a clock that is started before the connection is ready shows more than ours, in milliseconds.
    ///
    /// Next to nothing on a kept connection; the handshake on a new one.
    var connectTime: Double { response?.timeline.connect?.milliseconds ?? 0 }

    /// Started → the last record of the stream, `[DONE]` included, in milliseconds.
    var lastRecord: Double? { response?.timeline.chunks.last?.milliseconds }
}

extension Sequence<Timeline.Chunk> {
    /// The gaps between chunks, in microseconds.
    var gaps: [Int64] {
        let times = map(\.microseconds)
        return zip(times.dropFirst(), times).map { $0 &- $1 }
    }
}
