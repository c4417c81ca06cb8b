import CPoll
import PoiseCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One thread that accepts connections, reads requests and keeps every stream of them on its schedule.
///
/// It sleeps until a socket is ready or the next event is due. Reading comes before answering, so that requests that
/// came together have all arrived before the first of them is worked on.
struct StreamLoop: Sendable {
    /// From one round of sending to the next, where events are due without a pause; nanoseconds.
    ///
    /// Five hundred streams at 100 tok/s would otherwise wake the thread for each event, and a waking costs more than a
    /// write. An event that is due alone does not wait for it.
    static let round: Int64 = 100_000

    private static let listenerToken = Poller.Token.max - 1
    /// Events that are sent before others on the same core have their turn.
    private static let sendsAtOnce = 8
    private static let stopToken = Poller.Token.max - 2

    let listener: Socket
    let endpoint: SimulatedEndpoint
    let log: SimulatorLog
    let poller: Poller
    /// Readable when the loop has to end.
    let stop: Int32

    /// Serves until it is stopped; every connection is closed then.
    func run() {
        poise_wake_soon()
        var state = State(loop: self)
        poller.addShared(listener.descriptor, as: Self.listenerToken)
        poller.add(stop, as: Self.stopToken)
        state.run()
    }

    /// What the thread works with.
    private struct State {
        let loop: StreamLoop
        var poller: Poller
        var ready: [Poller.Ready] = []
        /// By descriptor.
        var connections: [Connection?] = []
        var due = DueHeap()
        /// Connections with a request to answer.
        var withWork: [Connection] = []
        /// Counts the connections, so that a descriptor that is used again is not taken for the one before.
        var accepted: UInt64 = 0
        var isStopping = false
        var lastRound: Int64 = 0
        var out: [UInt8] = []
        var input = [UInt8](repeating: 0, count: 1 << 16)
        /// Given up for a moment to tell a client that there is no descriptor for it.
        var reserve = Socket(descriptor: -1)

        init(loop: StreamLoop) {
            self.loop = loop
            poller = loop.poller
            out.reserveCapacity(1 << 16)
            reserve = FileLimit.reserve()
        }

        mutating func run() {
            while !isStopping {
                poller.wait(until: nextWaking, into: &ready)
                for event in ready { handle(event) }
                sendDue()
                answer()
            }
            end()
        }

        /// Answers the requests that have come; streams that become due meanwhile go first.
        private mutating func answer() {
            for index in withWork.indices {
                proceed(withWork[index])
                sendDue()
            }
            withWork.removeAll(keepingCapacity: true)
        }

        /// When the next event is due, or a little later where the last round was only just; 0 for at once.
        private var nextWaking: Int64? {
            guard let first = due.first else { return nil }
            let waking = max(first.due, lastRound + StreamLoop.round)
            return waking <= Instant.now().nanoseconds ? 0 : waking
        }

        // MARK: Events

        private mutating func handle(_ event: Poller.Ready) {
            switch event.token {
            case StreamLoop.listenerToken: accept()
            case StreamLoop.stopToken: isStopping = true
            default:
                guard let connection = connection(of: event.token) else { return }
                if event.isReadable { read(connection) }
                if event.isWritable, self.connection(of: event.token) != nil { proceed(connection) }
            }
        }

        private mutating func accept() {
            // Not all at once: streams are due while a thousand clients come.
            for _ in 0..<64 {
                switch loop.listener.accept() {
                case .connection(let socket): take(socket)
                case .none: return
                case .noDescriptor: return turnAway()
                }
            }
        }

        private mutating func take(_ socket: Socket) {
            accepted += 1
            let slot = Int(socket.descriptor)
            let token = (accepted & 0x7FFF_FFFF) << 32 | UInt64(slot)
            while connections.count <= slot { connections.append(nil) }
            connections[slot] = Connection(socket, token: token, endpoint: loop.endpoint, log: loop.log)
            poller.add(socket.descriptor, as: token)
        }

        /// Tells the next client that there is no descriptor for it, with the one that is kept for that.
        private mutating func turnAway() {
            reserve.close()
            if case .connection(let socket) = loop.listener.accept() {
                let error = APIError.tooManyConnections(limit: FileLimit.current)
                let body = error.body
                ResponseHead(status: error.status, body: .json(length: body.count), announcesKeepAlive: false)
                    .write(into: &out)
                out += body
                _ = out.withUnsafeBytes(socket.write)
                out.removeAll(keepingCapacity: true)
                socket.endWriting()
                socket.close()
            }
            reserve = FileLimit.reserve()
        }

        private func connection(of token: Poller.Token) -> Connection? {
            let slot = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
            guard slot < connections.count, let connection = connections[slot], connection.token == token else {
                return nil
            }
            return connection
        }

        private mutating func read(_ connection: Connection) {
            let outcome = input.withUnsafeMutableBytes { connection.socket.read(into: $0) }
            switch outcome {
            case .bytes(let count):
                let now = Instant.now().nanoseconds
                let (hasWork, need) = input.withUnsafeBytes {
                    connection.receive(UnsafeRawBufferPointer(rebasing: $0[..<count]), now: now, out: &out)
                }
                if hasWork { withWork.append(connection) }
                meet(need, of: connection)
            case .wouldWait: return
            case .ended, .broken:
                connection.leave()
                close(connection)
            }
        }

        // MARK: Sending

        /// Sends what was due when it was called; what becomes due meanwhile waits until the sockets have been asked.
        private mutating func sendDue() {
            guard let first = due.first else { return }
            let now = Instant.now().nanoseconds
            guard first.due <= now else { return }
            lastRound = now
            var sent = 0
            while let item = due.pop(dueBy: now) {
                guard let connection = connection(of: item.token) else { continue }
                connection.calledAt = nil
                proceed(connection)
                sent += 1
                // A client that was woken on this core reads before the round goes on: else it would be late by the round.
                if sent % StreamLoop.sendsAtOnce == 0 { sched_yield() }
            }
        }

        private mutating func proceed(_ connection: Connection) {
            // It may have been closed since it was noted down.
            guard self.connection(of: connection.token) === connection else { return }
            meet(connection.proceed(out: &out), of: connection)
        }

        private mutating func meet(_ need: Connection.Need, of connection: Connection) {
            let descriptor = connection.socket.descriptor
            if connection.isWatchedForRoom {
                if case .room = need { return }
                connection.isWatchedForRoom = false
                poller.watch(descriptor, as: connection.token, forWriting: false)
            }
            switch need {
            case .nothing: return
            case .call(let instant):
                guard connection.calledAt != instant else { return }
                connection.calledAt = instant
                due.insert(.init(due: instant, token: connection.token))
            case .room:
                connection.isWatchedForRoom = true
                poller.watch(descriptor, as: connection.token, forWriting: true)
            case .close:
                connection.finish()
                close(connection)
            case .drain: connection.socket.endWriting()
            }
        }

        // MARK: Ends

        /// The kernel forgets a closed socket's interests by itself; its token is not valid any more.
        private mutating func close(_ connection: Connection) {
            connections[Int(connection.socket.descriptor)] = nil
            connection.socket.close()
        }

        private mutating func end() {
            for connection in connections.compactMap(\.self) {
                connection.finish()
                close(connection)
            }
            reserve.close()
            poller.close()
        }
    }
}
