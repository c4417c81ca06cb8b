import CCurl
import PoiseCore

/// One request under way. Confined to the transport's thread from the moment that it is handed over.
final class Transfer {
    let id: UInt64
    let request: HTTPRequest
    let easy: EasyHandle
    private let connections: OpenConnections.Count
    private let handed: Instant
    private let reader: any BodyReader
    private let pass: PassCounter
    private let finished: (HTTPExchange) -> Void

    private var exchange: HTTPExchange
    private var hasBegun = false
    private var received = 0
    /// The read of the network under way, by its number and its first instant: the time of all that it brings.
    private var read: UInt64?
    private var readAt: Instant
    /// When the last byte came, or the connection stood.
    private var lastActivity: Instant
    /// When the reader had enough.
    private var satisfied: Instant?
    private var problem: RequestFailure?

    /// How long a server may take to end a response of which all has come.
    private static let patienceAtEnd = Duration.milliseconds(500)

    /// - Parameter finished: called once, on the transport's thread.
    init(
        id: UInt64, request: HTTPRequest, reader: any BodyReader, easy: EasyHandle, connections: OpenConnections.Count,
        pass: PassCounter, handed: Instant, finished: @escaping (HTTPExchange) -> Void
    ) {
        self.id = id
        self.request = request
        self.reader = reader
        self.easy = easy
        self.connections = connections
        self.pass = pass
        self.handed = handed
        self.finished = finished
        exchange = HTTPExchange(started: handed)
        readAt = handed
        lastActivity = handed
        easy.prepare(for: request, transfer: self)
        easy.count(connections: connections)
        connections.requestBegins()
    }

    /// The number of the loop's pass; what one pass reads of a transfer came in one read of the network.
    final class PassCounter {
        var value: UInt64 = 0
    }

    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: What libcurl tells

    func connectionIsReady() {
        // Called again where libcurl finds that the kept connection was closed and takes a new one.
        let now = Instant.now()
        exchange.started = now
        exchange.connect = now - handed
        lastActivity = now
    }

    /// - Returns: whether to go on.
    func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if exchange.firstByte == nil { exchange.firstByte = .now() }
        guard fits(bytes.count) else { return false }
        exchange.headers.append(bytes)
        return true
    }

    /// - Returns: whether to go on.
    func receive(_ bytes: UnsafeRawBufferPointer, at now: Instant) -> Bool {
        if read != pass.value { (read, readAt) = (pass.value, now) }
        lastActivity = now
        exchange.ended = readAt
        guard fits(bytes.count) else { return false }
        if !hasBegun {
            hasBegun = true
            reader.begin(status: status, headers: exchange.headers)
        }
        reader.receive(bytes, at: readAt, read: pass.value)
        if satisfied == nil, reader.isFinished { satisfied = now }
        return true
    }

    /// Counts bytes of the response; those beyond the limit end it.
    private func fits(_ count: Int) -> Bool {
        received += count
        guard received > request.limits.size else { return true }
        problem = .tooLarge(request)
        return false
    }

    private var status: Int {
        var status = 0
        poise_get_long(easy.pointer, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    // MARK: Limits and ends

    /// What has to become of the transfer now, by its limits.
    enum Overdue {
        case failed(RequestFailure)
        /// All has come, and the server does not end the response.
        case complete
    }

    func overdue(at now: Instant) -> Overdue? {
        let limits = request.limits
        if let satisfied, now - satisfied > Self.patienceAtEnd { return .complete }
        if now - handed > limits.total { return .failed(.timedOut(request)) }
        if exchange.connect == nil {
            return now - handed > limits.connect ? .failed(.connectTimedOut(request)) : nil
        }
        if reader.hasOutput {
            return now - lastActivity > limits.stall ? .failed(.stalled(request)) : nil
        }
        return now - exchange.started > limits.firstToken ? .failed(.firstTokenTimedOut(request)) : nil
    }

    /// Ends the transfer; the handle must have left its multi handle.
    func finish(_ result: CURLcode, because interruption: RequestFailure? = nil) {
        // An interim answer, 1xx, is none.
        exchange.status = status < 200 ? 0 : status
        poise_get_long(easy.pointer, CURLINFO_NUM_CONNECTS, &exchange.openedConnections)
        if request.opensConnection, exchange.connect != nil { exchange.phases = HTTPExchange.Phases(of: easy) }
        if let failure = interruption ?? problem {
            exchange.failure = failure
        } else if result != CURLE_OK {
            exchange.failure = RequestFailure(
                curl: result, request: request, isConnected: exchange.connect != nil,
                hasResponse: exchange.firstByte != nil)
        }
        connections.requestEnds()
        finished(exchange)
    }
}
