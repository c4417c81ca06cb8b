/// One trial under another tool's definitions: times in milliseconds, nil where that tool has no such number.
///
/// What each field means is the tool's business; the files that fill it in say so.
package struct ForeignTrial: Hashable, Sendable {
    /// Whether the tool would count the request as a success.
    package var isSuccess = false
    package var inputTokens: Int?
    package var outputTokens: Int?
    package var ttft: Double?
    /// To the first token that is not reasoning.
    package var ttfo: Double?
    /// From the first to the second chunk.
    package var ttst: Double?
    package var latency: Double?
    /// The request's own mean time for a token, by the name that the tool gives it.
    package var tpot: Double?
    package var itl: Double?
    /// The gaps between chunks, in microseconds.
    package var gaps: [Int64] = []

    package init() {}

    /// 1 / ITL, tok/s.
    package var decodeRate: Double? { itl.flatMap { $0 > 0 ? 1000 / $0 : nil } }

    /// Output tokens / latency, tok/s.
    package var endToEndRate: Double? {
        guard let outputTokens, let latency, latency > 0 else { return nil }
        return Double(outputTokens) / latency * 1000
    }
}
