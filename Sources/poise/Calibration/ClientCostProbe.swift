import PoiseClient
import PoiseCore
import PoiseReport
import Synchronization

/// Asks an endpoint over and over, to see what the client itself spends: responses are timed, nothing is graded or kept.
struct ClientCostProbe {
    let baseURL: String
    let model: String
    let tokens: Int
    let requests: Int

    /// - Throws: the first failure, where no request gave a response.
    func run(streams: Int) async throws -> ClientCost {
        let transport = try Transport()
        defer { transport.stop() }
        let client = ChatClient(transport: transport, baseURL: baseURL, model: model)
        await client.connect(min(streams, requests))
        let tally = Tally(requests: requests)
        let message = Message(role: "user", content: "Count, please.")
        let sampling = SamplingSettings(temperature: 0, maxTokens: tokens)
        let (began, cpu) = (Instant.now(), CPUTime.now())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<min(streams, requests) {
                group.addTask {
                    while tally.takeOne() {
                        tally.note(await client.attempt([message], sampling: sampling))
                    }
                }
            }
        }
        let spent = CPUTime.now() - cpu
        let result = tally.result
        if let failure = result.failure, result.failed == requests { throw failure }
        return ClientCost(
            streams: streams, requests: requests - result.failed, failed: result.failed, chunks: result.chunks,
            wall: (Instant.now() - began).seconds, cpu: spent.total.seconds, kernelShare: spent.kernelShare,
            ttft: Self.quantiles(of: result.firstTokens), gap: Self.quantiles(of: result.gaps))
    }
}

extension ClientCostProbe {
    private static func quantiles(of times: TimeHistogram) -> ClientCost.TimeQuantiles? {
        guard let p50 = times.quantile(0.5), let p99 = times.quantile(0.99) else { return nil }
        return .init(p50: Double(p50) / 1e6, p99: Double(p99) / 1e6)
    }
}

/// What became of the requests so far, from any task.
private final class Tally: Sendable {
    struct Result {
        var chunks = 0
        var failed = 0
        var failure: RequestFailure?
        /// Counted, not kept: there may be any number of requests.
        var firstTokens = TimeHistogram()
        var gaps = TimeHistogram()

        mutating func note(_ timeline: Timeline) {
            var last: Int64?
            for chunk in timeline.chunks where chunk.bearsTokens {
                chunks += 1
                if let last {
                    gaps.note(nanoseconds: (chunk.microseconds - last) * 1000)
                } else {
                    firstTokens.note(nanoseconds: chunk.microseconds * 1000)
                }
                last = chunk.microseconds
            }
        }
    }

    private let state: Mutex<(left: Int, result: Result)>

    init(requests: Int) {
        state = Mutex((requests, Result()))
    }

    var result: Result { state.withLock(\.result) }

    func takeOne() -> Bool {
        state.withLock { state in
            guard state.left > 0 else { return false }
            state.left -= 1
            return true
        }
    }

    func note(_ attempt: Attempt) {
        state.withLock { state in
            switch attempt.outcome {
            case .responded(let response):
                state.result.note(response.timeline)
            case .failed(let failure):
                state.result.failed += 1
                state.result.failure = state.result.failure ?? failure
            }
        }
    }
}
