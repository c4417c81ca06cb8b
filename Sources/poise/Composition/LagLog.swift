import PoiseClient
import PoiseCore
import PoiseRunner
import PoiseStore
import Synchronization

/// How late the client woke at each load level, cut where one level gives way to the next.
///
/// With several candidates at once a level's lag is that of all who were asked meanwhile: they share the client.
final class LagLog: Sendable {
    private let transport: Transport
    private let state = Mutex(State())

    private struct State {
        var level: Level?
        var cpu = CPUTime.now()
        var measured: [RunStore.StoredLag] = []
    }

    private struct Level {
        let candidate: String
        let load: Load
        let round: Int
    }

    init(transport: Transport) {
        self.transport = transport
    }

    func note(_ event: RunEvent) {
        switch event {
        case .levelBegan(let candidate, let load, let round):
            turn(to: Level(candidate: candidate, load: load, round: round))
        case .closed: turn(to: nil)
        default: break
        }
    }

    /// What was measured since this was last asked.
    func take() -> [RunStore.StoredLag] {
        turn(to: nil)
        return state.withLock { state in
            defer { state.measured = [] }
            return state.measured
        }
    }

    private func turn(to next: Level?) {
        state.withLock { state in
            let now = CPUTime.now()
            let lag = transport.takeLag(cpu: (now - state.cpu).total.seconds)
            if let level = state.level, let lag {
                state.measured.append(
                    RunStore.StoredLag(candidate: level.candidate, load: level.load, round: level.round, lag: lag))
            }
            state.level = next
            state.cpu = now
        }
    }
}
