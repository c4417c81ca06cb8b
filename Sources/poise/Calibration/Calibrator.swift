import Foundation
import PoiseClient
import PoiseCore
import PoiseSimulator

/// Measures the client's own timing error on this machine: the client of every run, against a schedule that is known.
struct Calibrator {
    /// What is tried.
    struct Sweep {
        var streams: [Int]
        /// Of each stream, a chunk each.
        var tokens: Int
        var timeToFirstToken: Duration
        var tokensPerSecond: Double
        /// Streams that a load should have at least for its quantiles; small loads are repeated.
        var leastStreams: Int
        /// The most repeats of a load.
        var mostRepeats: Int
        var isQuick: Bool

        static let whole = Sweep(
            streams: [1, 8, 32, 64, 128, 256, 512, 1000], tokens: 96, timeToFirstToken: .milliseconds(200),
            tokensPerSecond: 100, leastStreams: 100, mostRepeats: 8, isQuick: false)

        /// About three seconds: one stream, and as many as the run will have.
        static func quick(streams: Int) -> Sweep {
            Sweep(
                streams: Array(Set([1, max(1, min(streams, 1000))])).sorted(), tokens: 24,
                timeToFirstToken: .milliseconds(50), tokensPerSecond: 100, leastStreams: 8, mostRepeats: 8,
                isQuick: true)
        }

        func repeats(of streams: Int) -> Int {
            min(mostRepeats, max(1, (leastStreams + streams - 1) / streams))
        }
    }

    enum Failure: ExplainedError {
        case notCompared(_ failed: Int, of: Int, streams: Int, reason: String)

        var what: String {
            switch self {
            case .notCompared(let failed, let all, let streams, let reason):
                "\(failed) of \(all) requests, \(streams) at once, could not be held against the simulated endpoint's log: "
                    + reason
            }
        }
        var place: String? { nil }
        var remedy: String? {
            "Try fewer streams with --streams; see ulimit -n for the connections a process may have."
        }
    }

    let sweep: Sweep
    let machine: String

    /// - Parameter watch: told before each load.
    func run(watch: (_ streams: Int) -> Void = { _ in }) async throws -> Calibration {
        var loads: [LoadCalibration] = []
        for streams in sweep.streams {
            watch(streams)
            loads.append(try await measure(streams: streams))
        }
        return Calibration(
            machine: machine, measuredAt: Timestamp.text(of: Date()), poiseVersion: poiseVersion,
            isQuick: sweep.isQuick, loads: loads)
    }

    private func measure(streams: Int) async throws -> LoadCalibration {
        let endpoint = try SimulatedProcess.start(
            timeToFirstToken: sweep.timeToFirstToken, tokensPerSecond: sweep.tokensPerSecond, tokens: sweep.tokens)
        let asked: (attempts: [Int: Attempt], cpu: CPUTime)
        do {
            asked = try await ask(endpoint, streams: streams)
        } catch {
            _ = try? endpoint.finish()
            throw error
        }
        var comparison = CalibrationComparison()
        var left = asked.attempts
        for served in try endpoint.finish() {
            guard let number = Self.number(in: served.bodyText), let attempt = left.removeValue(forKey: number) else {
                continue
            }
            comparison.add(attempt, served: served)
        }
        try Task.checkCancellation()
        let all = asked.attempts.count
        let result = comparison.result(streams: streams, cpu: asked.cpu)
        // Errors of those that went well alone would flatter the client.
        guard let result, comparison.ttftErrors.count == all else {
            let reason = asked.attempts.values.lazy.compactMap(\.failure).first?.message
            throw Failure.notCompared(
                all - comparison.ttftErrors.count, of: all, streams: streams,
                reason: reason ?? "they did not end as it says")
        }
        return result
    }

    /// Asks so many at once, a few times one after the other; all connections stand before.
    private func ask(_ endpoint: SimulatedProcess, streams: Int) async throws -> (
        attempts: [Int: Attempt], cpu: CPUTime
    ) {
        let transport = try Transport()
        defer { transport.stop() }
        let client = ChatClient(transport: transport, baseURL: endpoint.baseURL, model: "calibration")
        await client.connect(streams)
        var attempts: [Int: Attempt] = [:]
        let before = CPUTime.now()
        for turn in 0..<sweep.repeats(of: streams) {
            await withTaskGroup(of: (Int, Attempt).self) { group in
                for stream in 0..<streams {
                    let number = turn * streams + stream
                    group.addTask {
                        (number, await client.attempt([Self.message(number)], sampling: SamplingSettings()))
                    }
                    await StartRamp.breathe(after: stream)
                }
                for await (number, attempt) in group { attempts[number] = attempt }
            }
            if Task.isCancelled { break }
        }
        return (attempts, CPUTime.now() - before)
    }

    private static let mark = "calibration stream "

    private static func message(_ number: Int) -> Message {
        Message(role: "user", content: "\(mark)\(number).")
    }

    /// The number that a request carries.
    private static func number(in body: String) -> Int? {
        guard let mark = body.range(of: mark) else { return nil }
        return Int(body[mark.upperBound...].prefix(while: \.isNumber))
    }
}

extension Attempt {
    fileprivate var failure: RequestFailure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }
}
