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

    package init(
        streams: Int, requests: Int, failed: Int, chunks: Int, wall: Double, cpu: Double, kernelShare: Double
    ) {
        self.streams = streams
        self.requests = requests
        self.failed = failed
        self.chunks = chunks
        self.wall = wall
        self.cpu = cpu
        self.kernelShare = kernelShare
    }
}

/// The client's cost in words and as JSON.
package enum ClientCostText {
    package static func sentence(_ cost: ClientCost) -> String {
        let failed = cost.failed > 0 ? " (\(Numbers.count(cost.failed)) failed)" : ""
        return "\(Numbers.counted(cost.streams, "stream")): \(Numbers.count(cost.requests)) requests\(failed) in "
            + "\(Numbers.fixed(cost.wall, 2)) s, \(rate(cost.requests, cost.wall)) a second; client CPU "
            + "\(micro(cost.cpu, cost.requests)) µs a request, \(micro(cost.cpu, cost.chunks)) µs a chunk, "
            + "\(Numbers.fixed(cost.kernelShare * 100, 0))% of it the kernel’s.\n"
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
                ("kernelShare", .number(cost.kernelShare)),
            ])
        }
        return OrderedJSON.object([("loads", .array(loads))]).lines(depth: 3) + "\n"
    }

    private static func rate(_ count: Int, _ seconds: Double) -> String {
        seconds > 0 ? Numbers.threeDigits(Double(count) / seconds) : Numbers.undefined
    }

    private static func micro(_ seconds: Double, _ count: Int) -> String {
        count > 0 ? Numbers.threeDigits(seconds * 1e6 / Double(count)) : Numbers.undefined
    }
}
