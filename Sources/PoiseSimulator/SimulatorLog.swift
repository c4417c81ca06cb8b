import PoiseCore
import Synchronization

/// The requests of an endpoint, in the order in which they were read, while and after they are answered.
final class SimulatorLog: Sendable {
    /// One request's record, written by its connection and read by anybody.
    ///
    /// What is sent costs it one number: kinds, tokens and due instants are in the plan and are put together when
    /// somebody asks.
    final class Entry: Sendable {
        /// Counted from 1 over the completions; nil for every other request.
        let number: Int?
        private let received: ReceivedRequest
        private let record: Mutex<Record>

        private struct Record {
            var status: Int?
            var ending = ServedRequest.Ending.open
            var plan: ResponsePlan?
            /// When each step of the plan was written, in nanoseconds of the monotonic clock.
            var written: [Int64] = []
        }

        init(_ received: ReceivedRequest, number: Int?) {
            self.received = received
            self.number = number
            record = Mutex(Record())
        }

        /// The request as it stands.
        var request: ServedRequest {
            let record = record.withLock { $0 }
            var request = ServedRequest(
                number: number, method: received.method, path: received.path,
                headers: HTTPHeadFacts.logged(received.head),
                bodyText: String(decoding: received.body, as: UTF8.self),
                arrival: Instant(nanoseconds: received.arrival))
            request.status = record.status
            request.ending = record.ending
            guard let plan = record.plan else { return request }
            request.chunks = record.written.enumerated().compactMap { index, written in
                guard let step = plan.step(index), let kind = plan.kind(of: step.event) else { return nil }
                return ServedRequest.SentChunk(
                    kind: kind, tokens: plan.tokens(in: step.event),
                    due: Instant(nanoseconds: received.arrival + step.nanoseconds),
                    written: Instant(nanoseconds: written))
            }
            return request
        }

        var ending: ServedRequest.Ending { record.withLock { $0.ending } }

        /// The answer is under way.
        func begin(_ plan: ResponsePlan) {
            record.withLock { record in
                record.plan = plan
                record.written.reserveCapacity(plan.steps.count)
            }
        }

        /// The head goes out.
        func answer(status: Int) {
            record.withLock { $0.status = status }
        }

        /// So many more steps go out.
        func send(_ count: Int, at instant: Int64, ending: ServedRequest.Ending?) {
            record.withLock { record in
                for _ in 0..<count { record.written.append(instant) }
                if let ending, record.ending == .open { record.ending = ending }
            }
        }

        /// The first ending stays.
        func end(_ ending: ServedRequest.Ending) {
            record.withLock { if $0.ending == .open { $0.ending = ending } }
        }
    }

    private struct State {
        var completions = 0
        var entries: [Entry] = []
    }

    private let state = Mutex(State())
    private let remembered: Int
    private let file: SimulatorLogFile?

    /// - Throws: `SimulatorFailure` where the file cannot be written.
    init(remembered: Int, file: String?) throws {
        self.remembered = remembered
        self.file = try file.map { try SimulatorLogFile(path: $0) }
    }

    var requests: [ServedRequest] {
        state.withLock { $0.entries.suffix(remembered) }.map(\.request)
    }

    /// Takes a request in; completions get the next number.
    func open(_ received: ReceivedRequest, isCompletion: Bool) -> Entry {
        file?.begin()
        return state.withLock { state in
            if isCompletion { state.completions += 1 }
            let entry = Entry(received, number: isCompletion ? state.completions : nil)
            state.entries.append(entry)
            // Seldom and many at once: taking the first of a long array away each time would move all the others.
            if state.entries.count >= remembered + max(remembered, 1024) {
                state.entries.removeFirst(state.entries.count - remembered)
            }
            return entry
        }
    }

    /// Hands an entry that will not change any more to the file.
    func write(_ entry: Entry) {
        file?.write(entry)
    }

    /// Returns when everything is in the file.
    func close() async {
        await file?.close()
    }
}
