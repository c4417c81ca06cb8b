import PoiseCore

/// One connection: takes requests in, has them answered one after the other, and ends with the connection.
///
/// It lives on its loop's thread alone.
final class Connection {
    let socket: Socket
    let token: Poller.Token
    private let endpoint: SimulatedEndpoint
    private let log: SimulatorLog
    private var reader = HTTPRequestReader()
    /// Requests that arrived while another one was being answered.
    private var waiting: [ReceivedRequest] = []
    private var sender: ResponseSender?
    /// The log entry of the request that is being answered.
    private var entry: SimulatorLog.Entry?
    /// What the kernel did not take yet, and how much of it has gone since.
    private var pending: [UInt8] = []
    private var pendingStart = 0
    /// Kept by the loop: whether it is told when there is room to write.
    var isWatchedForRoom = false
    /// Kept by the loop: when it has promised to call again.
    var calledAt: Int64?
    private var isBroken = false
    /// Nothing more is taken in.
    private var isClosing = false

    /// What the loop has to do for the connection.
    enum Need {
        case nothing
        /// Call `proceed` at this instant, in nanoseconds of the monotonic clock.
        case call(at: Int64)
        /// Call `proceed` when there is room to write.
        case room
        /// Close it.
        case close
        /// Close it in an orderly way, after the client has read what was sent and closed its own end.
        case drain
    }

    init(_ socket: Socket, token: Poller.Token, endpoint: SimulatedEndpoint, log: SimulatorLog) {
        self.socket = socket
        self.token = token
        self.endpoint = endpoint
        self.log = log
    }

    // MARK: Requests

    /// Takes bytes in.
    ///
    /// - Parameter now: when they had been read.
    /// - Parameter out: where bytes are put together; empty before and after.
    /// - Returns: whether there is a request to `proceed` with, or what else to do.
    func receive(_ bytes: UnsafeRawBufferPointer, now: Int64, out: inout [UInt8]) -> (hasWork: Bool, need: Need) {
        guard !isClosing else { return (false, .nothing) }
        reader.append(bytes)
        do throws(APIError) {
            while true {
                switch try reader.next(now: now) {
                case .request(let request): waiting.append(request)
                case .wantsLeave:
                    // curl waits a second for this before it sends a large body.
                    out.append("HTTP/1.1 100 Continue\r\n\r\n")
                    write(&out)
                    return (hasWork, .nothing)
                case .needsMore: return (hasWork, .nothing)
                }
            }
        } catch {
            return (false, refuse(error, out: &out))
        }
    }

    private var hasWork: Bool { entry == nil && !waiting.isEmpty }

    /// Refuses what cannot be taken in, and ends the connection: what follows on it cannot be told apart.
    private func refuse(_ error: APIError, out: inout [UInt8]) -> Need {
        isClosing = true
        // A refusal would stand in the middle of the answer that is under way, or be taken for that of one that waits.
        guard entry == nil, waiting.isEmpty else {
            entry?.end(.closed)
            waiting = []
            return .close
        }
        writeJSON(error.body, status: error.status, keepsAlive: false, into: &out)
        write(&out)
        return .drain
    }

    // MARK: Responses

    /// Answers what has come, or goes on with the answer that is under way.
    func proceed(out: inout [UInt8]) -> Need {
        flushPending()
        if isBroken { return abandon() }
        if hasPending { return .room }
        while true {
            if let sender {
                let progress = sender.sendDue(out: &out) { write(&$0) }
                if isBroken { return abandon() }
                if case .waiting(let instant) = progress { return hasPending ? .room : .call(at: instant) }
                if let need = end(of: sender) { return need }
            }
            guard entry == nil, !waiting.isEmpty else { return isClosing ? .close : .nothing }
            if let need = answer(waiting.removeFirst(), out: &out) { return need }
        }
    }

    /// What a response that was sent leaves to do; nil to go on with the next request.
    private func end(of sender: ResponseSender) -> Need? {
        if hasPending { return .room }
        switch sender.plan.ending {
        case .complete where sender.keepsAlive && !sender.plan.closesConnection:
            complete()
            return nil
        case .complete, .close:
            complete()
            return .close
        case .reset:
            complete()
            socket.willReset()
            return .close
        case .stall:
            // The entry stays open until the client leaves.
            self.sender = nil
            return .nothing
        }
    }

    private func answer(_ received: ReceivedRequest, out: inout [UInt8]) -> Need? {
        let dialect = SimulatedEndpoint.dialect(method: received.method, path: received.path)
        let entry = log.open(received, isCompletion: dialect != nil)
        self.entry = entry
        let reaction = endpoint.reaction(
            to: .init(
                method: received.method, path: received.path, authorization: received.authorization,
                body: received.body, number: entry.number))
        switch reaction {
        case .json(let json): return send(json, status: 200, keepsAlive: received.keepsAlive, out: &out)
        case .reject(let error):
            return send(
                error.body(in: Dialect(rawValue: received.path)), status: error.status, retryAfter: error.retryAfter,
                keepsAlive: received.keepsAlive, out: &out)
        case .close:
            entry.end(.closed)
            complete()
            return .close
        case .hang:
            entry.end(.hung)
            return .nothing
        case .complete(let plan):
            sender = ResponseSender(plan, entry: entry, to: received)
            return nil
        }
    }

    private func send(
        _ json: [UInt8], status: Int, retryAfter: APIError.RetryAfter? = nil, keepsAlive: Bool, out: inout [UInt8]
    ) -> Need? {
        writeJSON(json, status: status, retryAfter: retryAfter, keepsAlive: keepsAlive, into: &out)
        entry?.answer(status: status)
        entry?.end(.complete)
        write(&out)
        complete()
        if isBroken { return .close }
        if !keepsAlive { isClosing = true }
        return hasPending ? .room : keepsAlive ? nil : .close
    }

    private func writeJSON(
        _ json: [UInt8], status: Int, retryAfter: APIError.RetryAfter? = nil, keepsAlive: Bool, into out: inout [UInt8]
    ) {
        ResponseHead(
            status: status, body: .json(length: json.count), announcesKeepAlive: keepsAlive, retryAfter: retryAfter
        ).write(into: &out)
        out.append(contentsOf: json)
    }

    /// The answer has been handed over.
    private func complete() {
        if let entry { log.write(entry) }
        entry = nil
        sender = nil
    }

    // MARK: Bytes

    private var hasPending: Bool { pendingStart < pending.count }

    /// Takes bytes to the kernel, and keeps what it does not take.
    private func write(_ out: inout [UInt8]) {
        defer { out.removeAll(keepingCapacity: out.capacity <= 1 << 20) }
        guard !isBroken, !out.isEmpty else { return }
        guard !hasPending else { return pending.append(contentsOf: out) }
        switch out.withUnsafeBytes(socket.write) {
        case .bytes(let count) where count == out.count: return
        case .bytes(let count): pending = Array(out[count...])
        case .wouldWait: pending = out
        case .ended, .broken: isBroken = true
        }
    }

    private func flushPending() {
        // A piece at a time: other streams are due while a long one goes out.
        let piece = pendingStart..<min(pending.count, pendingStart + 1 << 18)
        guard !piece.isEmpty, !isBroken else { return }
        let outcome = pending.withUnsafeBytes { socket.write(UnsafeRawBufferPointer(rebasing: $0[piece])) }
        switch outcome {
        case .bytes(let count): pendingStart += count
        case .wouldWait: return
        case .ended, .broken: isBroken = true
        }
        if !hasPending {
            pending = []
            pendingStart = 0
        }
    }

    // MARK: Ends

    /// The client has left.
    func leave() {
        entry?.end(.abandoned)
        finish()
    }

    /// The client has left, and a write was the first to know.
    private func abandon() -> Need {
        leave()
        return .close
    }

    /// The connection will not be used any more; what is open stays so in the log.
    func finish() {
        isClosing = true
        complete()
        waiting = []
    }
}
