import PoiseCore
import PoiseSimulator

/// What the client says of a stream, held against what the endpoint's log says of it. Pure.
struct CalibrationComparison {
    /// Milliseconds, one for each stream.
    private(set) var ttftErrors: [Double] = []
    /// Milliseconds, one for each gap between two chunks.
    private(set) var chunkErrors: [Double] = []
    /// Milliseconds, one for each chunk: how late it left.
    private(set) var serverLateness: [Double] = []
    /// Streams that ended otherwise than as the log says.
    private(set) var mismatches = 0

    /// Chunks that were compared.
    private(set) var chunks = 0

    /// Adds one stream.
    ///
    /// - Parameters:
    ///   - attempt: what the client has of it.
    ///   - served: the same request in the endpoint's log.
    mutating func add(_ attempt: Attempt, served: ServedRequest) {
        let left = served.chunks.filter { $0.tokens > 0 }
        serverLateness += left.map { ($0.written - $0.due).milliseconds }
        guard case .responded(let response) = attempt.outcome else {
            mismatches += 1
            return
        }
        let came = response.timeline.chunks.filter(\.bearsTokens)
        guard came.count == left.count, let first = came.first, let firstLeft = left.first else {
            mismatches += 1
            return
        }
        chunks += came.count
        ttftErrors.append(abs(first.milliseconds - (firstLeft.written - served.arrival).milliseconds))
        for index in came.indices.dropFirst() {
            let gap = came[index].milliseconds - came[index - 1].milliseconds
            chunkErrors.append(abs(gap - (left[index].written - left[index - 1].written).milliseconds))
        }
    }

    /// The error at this load; nil where nothing could be compared.
    ///
    /// - Parameter cpu: what the client's process used for these streams.
    func result(streams: Int, cpu: CPUTime) -> LoadCalibration? {
        guard let ttft = ErrorQuantiles(of: ttftErrors), let chunk = ErrorQuantiles(of: chunkErrors),
            let late = ErrorQuantiles(of: serverLateness), chunks > 0
        else { return nil }
        return LoadCalibration(
            streams: streams, requests: ttftErrors.count, chunks: chunks, ttftError: ttft, chunkError: chunk,
            cpuPerChunk: cpu.total.seconds * 1e6 / Double(chunks), kernelShare: cpu.kernelShare, serverLateness: late)
    }
}
