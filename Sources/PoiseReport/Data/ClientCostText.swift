/// What the client itself spent on so many requests.
package struct ClientCost: Hashable, Sendable {
    package let streams: Int
    /// Those that gave a response.
    package let requests: Int
    package let failed: Int
    /// With output of the model.
    package let chunks: Int
    /// Seconds.
    package let wall: Double
    /// CPU seconds of this process for these requests.
    package let cpu: Double
    /// The kernel's part of `cpu`, 0…1.
    package let kernelShare: Double
    /// Times to the first token, and gaps between chunks; nil where there were none.
    package let ttft: TimeQuantiles?
    package let gap: TimeQuantiles?

    /// Milliseconds.
    package struct TimeQuantiles: Hashable, Sendable {
        package let p50: Double
        package let p99: Double

        package init(p50: Double, p99: Double) {
            self.p50 = p50
            self.p99 = p99
        }
    }

    package init(
        streams: Int, requests: Int, failed: Int, chunks: Int, wall: Double, cpu: Double, kernelShare: Double,
        ttft: TimeQuantiles?, gap: TimeQuantiles?
    ) {
        self.streams = streams
        self.requests = requests
        self.failed = failed
        self.chunks = chunks
        self.wall = wall
        self.cpu = cpu
        self.kernelShare = kernelShare
        self.ttft = ttft
        self.gap = gap
    }
}

/// The client's cost in words and as JSON.
package enum ClientCostText {
    package static func sentence(_ cost: ClientCost) -> String {
        let failed = cost.failed > 0 ? " (\(Numbers.count(cost.failed)) failed)" : ""
        return "\(Numbers.counted(cost.streams, "stream")): \(Numbers.count(cost.requests)) requests\(failed) in "
            + "\(Numbers.fixed(cost.wall, 2)) s, \(rate(cost.requests, cost.wall)) a second; client CPU "
            + "\(micro(cost.cpu, cost.requests)) µs a request, \(micro(cost.cpu, cost.chunks)) µs a chunk, "
            + "\(Numbers.fixed(cost.kernelShare * 100, 0))% of it the kernel’s; p50 and p99 of the TTFT "
            + "\(times(cost.ttft)), of the gaps between chunks \(times(cost.gap)).\n"
    }

    private static func times(_ quantiles: ClientCost.TimeQuantiles?) -> String {
        quantiles.map { "\(Numbers.threeDigits($0.p50)) and \(Numbers.threeDigits($0.p99)) ms" } ?? Numbers.undefined
    }

    package static func json(_ costs: [ClientCost]) -> String {
        let loads = costs.map { cost in
            OrderedJSON.object([
                ("streams", .count(cost.streams)), ("requests", .count(cost.requests)),
                ("failed", .count(cost.failed)), ("chunks", .count(cost.chunks)),
                ("requestsPerSecond", .number(Double(cost.requests) / cost.wall)),
                ("requestsPerCPUSecond", .number(Double(cost.requests) / cost.cpu)),
                ("cpuPerRequest", .number(cost.cpu * 1e6 / Double(max(1, cost.requests)))),
                ("cpuPerChunk", .number(cost.cpu * 1e6 / Double(max(1, cost.chunks)))),
                ("kernelShare", .number(cost.kernelShare)), ("ttft", json(cost.ttft)), ("gap", json(cost.gap)),
            ])
        }
        return OrderedJSON.object([("loads", .array(loads))]).lines(depth: 3) + "\n"
    }

    private static func json(_ quantiles: ClientCost.TimeQuantiles?) -> OrderedJSON {
        quantiles.map { .object([("p50", .number($0.p50)), ("p99", .number($0.p99))]) } ?? .null
    }

    private static func rate(_ count: Int, _ seconds: Double) -> String {
        seconds > 0 ? Numbers.threeDigits(Double(count) / seconds) : Numbers.undefined
    }

    private static func micro(_ seconds: Double, _ count: Int) -> String {
        count > 0 ? Numbers.threeDigits(seconds * 1e6 / Double(count)) : Numbers.undefined
    }
}
