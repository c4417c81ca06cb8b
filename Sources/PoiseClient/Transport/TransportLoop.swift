import CCurl
import CPoll
import PoiseCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The transport's thread: waits for sockets, lets libcurl read them, and ends what is over.
///
/// libcurl says which sockets matter and when it wants to be called (`CURLMOPT_SOCKETFUNCTION`,
/// `CURLMOPT_TIMERFUNCTION`); only those that are ready are touched, so that a thousand streams cost what arrives and
/// not what exists.
final class TransportLoop: @unchecked Sendable {  // Made on one thread, used on the transport's alone.
    /// What other threads leave for the loop.
    struct Inbox {
        var added: [Submission] = []
        var cancelled: [UInt64] = []
        var nextID: UInt64 = 0
        var isStopped = false

        /// - Returns: whether the loop has to be woken: it was already, where something waits.
        mutating func add(_ submission: Submission) -> Bool {
            added.append(submission)
            return added.count == 1
        }

        mutating func take() -> (added: [Submission], cancelled: [UInt64], isStopped: Bool) {
            defer { (added, cancelled) = ([], []) }
            return (added, cancelled, isStopped)
        }
    }

    struct Submission: Sendable {
        let id: UInt64
        let request: HTTPRequest
        let reader: any BodyReader
        let handed: Instant
        let finished: @Sendable (HTTPExchange) -> Void

        func fail(because failure: RequestFailure) {
            var exchange = HTTPExchange(started: handed)
            exchange.failure = failure
            finished(exchange)
        }
    }

    /// The part of the transport that its thread may touch.
    struct Access: Sendable {
        let take: @Sendable () -> (added: [Submission], cancelled: [UInt64], isStopped: Bool)
        /// How late the loop was for its ticks, in nanoseconds.
        let note: @Sendable ([Int64]) -> Void
    }

    /// Requests that are started, and that are ended, in one pass: what arrives meanwhile must not wait for all of a
    /// burst.
    private static let startsPerPass = 4
    private static let endsPerPass = 4
    /// How often limits are looked at, in nanoseconds.
    private static let limitPeriod: Int64 = 50_000_000

    private let multi: UnsafeMutableRawPointer
    private let poller: Poller
    private let connections: OpenConnections
    private var transfers: [UInt64: Transfer] = [:]
    private var waiting: ArraySlice<Submission> = []
    private var idle: [HTTPRequest.Connection: [EasyHandle]] = [:]
    private let pass = Transfer.PassCounter()
    /// When libcurl wants to be called without a socket, in nanoseconds of the clock; Int64.max where it does not.
    ///
    /// Plain integers here and below: `Duration` counts in 128 bits, and this runs for each chunk.
    private var curlDeadline = Int64.max
    private var limitDeadline: Int64 = 0
    /// The clock at the end of the last pass, in nanoseconds.
    private var passed: Int64 = 0
    /// Whether transfers that are over were left for the next pass.
    private var hasEnds = false
    private var isStopped = false

    init(multi: UnsafeMutableRawPointer, poller: Poller, connections: OpenConnections) {
        self.multi = multi
        self.poller = poller
        self.connections = connections
        // As many kept connections as there may be workers; the default follows the transfers under way.
        poise_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 16_384)
        let context = Unmanaged.passUnretained(self).toOpaque()
        poise_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, context)
        poise_multi_set_socket_callback(multi) { _, socket, interest, context, _ in
            TransportLoop.from(context)?.watch(socket, interest: interest)
            return 0
        }
        poise_multi_set_pointer(multi, CURLMOPT_TIMERDATA, context)
        poise_multi_set_timer_callback(multi) { _, milliseconds, context in
            TransportLoop.from(context)?.curlDeadline =
                milliseconds < 0 ? .max : Instant.now().nanoseconds + Int64(milliseconds) * 1_000_000
            return 0
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> TransportLoop? {
        context.map { Unmanaged<TransportLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    private func watch(_ socket: curl_socket_t, interest: Int32) {
        switch interest {
        case CURL_POLL_REMOVE: poller.forget(socket)
        default:
            poller.watch(
                socket, reads: interest == CURL_POLL_IN || interest == CURL_POLL_INOUT,
                writes: interest == CURL_POLL_OUT || interest == CURL_POLL_INOUT)
        }
    }

    func run(_ access: Access) {
        poise_wake_soon()
        Self.blockBrokenPipes()
        takeInbox(access)
        while !isStopped {
            let wait = poller.wait(milliseconds: patience)
            pass.value &+= 1
            if !wait.ticks.isEmpty { noteLag(of: wait.ticks, access) }
            for event in poller.events { act(on: event) }
            if curlDeadline != .max { actOnTimer() }
            if wait.isWoken { takeInbox(access) }
            if !waiting.isEmpty {
                startWaiting()
                // A server on this core reads what was sent before more is.
                sched_yield()
            }
            finishTransfers()
            passed = Instant.now().nanoseconds
            if passed >= limitDeadline { enforceLimits() }
            poller.setTicking(!transfers.isEmpty)
        }
        for id in Array(transfers.keys) { end(id, because: .stopped) }
        for submission in waiting { submission.fail(because: .stopped) }
        idle = [:]
        curl_multi_cleanup(multi)
    }

    /// A server that has closed a TLS connection must not end the process when libcurl says goodbye on it.
    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Milliseconds that the thread may sleep.
    private var patience: Int32 {
        if hasEnds || !waiting.isEmpty { return 0 }
        let deadline = transfers.isEmpty ? curlDeadline : min(curlDeadline, limitDeadline)
        guard deadline != .max else { return -1 }
        // Rounded up: a millisecond late is nothing to libcurl's timers, a thread that spins is.
        let rest = deadline - passed
        return rest <= 0 ? 0 : Int32(min(60_000, (rest + 999_999) / 1_000_000))
    }

    private func noteLag(of ticks: Range<Int>, _ access: Access) {
        let now = Instant.now()
        access.note(ticks.compactMap { poller.instant(ofTick: $0).map { (now - $0).nanoseconds } })
    }

    // MARK: Requests in

    private func takeInbox(_ access: Access) {
        let inbox = access.take()
        if waiting.isEmpty { waiting = inbox.added[...] } else { waiting += inbox.added }
        for id in inbox.cancelled {
            end(id, because: .stopped)
            if let index = waiting.firstIndex(where: { $0.id == id }) {
                waiting.remove(at: index).fail(because: .stopped)
            }
        }
        isStopped = inbox.isStopped
    }

    private func startWaiting() {
        for submission in waiting.prefix(Self.startsPerPass) { start(submission) }
        waiting = waiting.dropFirst(Self.startsPerPass)
        // libcurl asks to be called at once for what was added.
        actOnTimer()
    }

    private func start(_ submission: Submission) {
        let connection = submission.request.connection
        guard let easy = idle[connection]?.popLast() ?? EasyHandle(connection: connection) else {
            return submission.fail(
                because: RequestFailure(kind: .notSent, message: "libcurl gave no handle for a request"))
        }
        let transfer = Transfer(
            id: submission.id, request: submission.request, reader: submission.reader, easy: easy,
            connections: connections.count(of: submission.request), pass: pass, handed: submission.handed,
            finished: submission.finished)
        transfers[submission.id] = transfer
        guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
            return end(
                submission.id, because: RequestFailure(kind: .notSent, message: "libcurl did not take a request"))
        }
    }

    // MARK: Readiness

    private func act(on event: Poller.Event) {
        let mask =
            (event.isReadable ? CURL_CSELECT_IN : 0) | (event.isWritable ? CURL_CSELECT_OUT : 0)
            | (event.hasFailed ? CURL_CSELECT_ERR : 0)
        var running: Int32 = 0
        curl_multi_socket_action(multi, event.socket, mask, &running)
    }

    private func actOnTimer() {
        guard curlDeadline <= Instant.now().nanoseconds else { return }
        curlDeadline = .max
        var running: Int32 = 0
        curl_multi_socket_action(multi, CURL_SOCKET_BAD, 0, &running)
    }

    // MARK: Ends

    private func finishTransfers() {
        var remaining: Int32 = 0
        for _ in 0..<Self.endsPerPass {
            guard let message = curl_multi_info_read(multi, &remaining) else { break }
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let result = poise_result(message)
            var context: UnsafeMutableRawPointer?
            poise_get_pointer(easy, CURLINFO_PRIVATE, &context)
            guard let transfer = Transfer.from(context) else { continue }
            close(transfer, result)
        }
        hasEnds = remaining > 0
    }

    private func enforceLimits() {
        limitDeadline = passed + Self.limitPeriod
        let now = Instant(nanoseconds: passed)
        for (id, transfer) in transfers {
            switch transfer.overdue(at: now) {
            case .failed(let failure): end(id, because: failure)
            case .complete: close(transfer, CURLE_OK)
            case nil: break
            }
        }
    }

    private func end(_ id: UInt64, because failure: RequestFailure) {
        guard let transfer = transfers[id] else { return }
        close(transfer, CURLE_ABORTED_BY_CALLBACK, because: failure)
    }

    private func close(_ transfer: Transfer, _ result: CURLcode, because failure: RequestFailure? = nil) {
        curl_multi_remove_handle(multi, transfer.easy.pointer)
        transfers[transfer.id] = nil
        transfer.finish(result, because: failure)
        idle[transfer.request.connection, default: []].append(transfer.easy)
    }
}
