import PoiseClient
import PoiseCore
import PoiseRunner
import Synchronization

/// How late the client woke at each load level, from its first request to its last.
///
/// With several candidates at once a level's lag is that of all who were asked meanwhile: they share the client.
final class LagLog: Sendable {
    private let transport: Transport
    private let state = Mutex(State())

    private struct State {
        var underWay: [Level: Beginning] = [:]
        var measured: [LevelLag] = []
    }

    private struct Level: Hashable {
        let candidate: String
        let load: Load
        let round: Int
    }

    /// What had been counted when a level began.
    private struct Beginning {
        let lag: TimeHistogram
        let cpu: CPUTime
    }

    init(transport: Transport) {
        self.transport = transport
    }

    func note(_ event: RunEvent) {
        switch event {
        case .levelBegan(let candidate, let load, let round):
            let beginning = Beginning(lag: transport.lagSoFar, cpu: CPUTime.now())
            state.withLock { $0.underWay[Level(candidate: candidate, load: load, round: round)] = beginning }
        case .levelEnded(let candidate, let load, let round):
            let (lag, cpu) = (transport.lagSoFar, CPUTime.now())
            state.withLock { state in
                let level = Level(candidate: candidate, load: load, round: round)
                guard let began = state.underWay.removeValue(forKey: level),
                    let lag = ClientLag(of: lag.since(began.lag), cpu: (cpu - began.cpu).total.seconds)
                else { return }
                state.measured.append(LevelLag(candidate: candidate, load: load, round: round, lag: lag))
            }
        default: break
        }
    }

    /// What was measured since this was last asked.
    func take() -> [LevelLag] {
        state.withLock { state in
            defer { state.measured = [] }
            return state.measured
        }
    }
}
