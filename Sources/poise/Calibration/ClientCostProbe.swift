import PoiseClient
import PoiseCore
import PoiseReport
import Synchronization

/// Asks an endpoint over and over, to see what the client itself spends: nothing is graded or kept.
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
            wall: (Instant.now() - began).seconds, cpu: spent.total.seconds, kernelShare: spent.kernelShare)
    }
}

/// What became of the requests so far, from any task.
private final class Tally: Sendable {
    struct Result {
        var chunks = 0
        var failed = 0
        var failure: RequestFailure?
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
                state.result.chunks += response.timeline.chunks.count(where: \.bearsTokens)
            case .failed(let failure):
                state.result.failed += 1
                state.result.failure = state.result.failure ?? failure
            }
        }
    }
}
