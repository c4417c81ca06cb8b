import Foundation
import NIOCore
import PoiseCore

/// Sends one planned response, each event at its instant by a timer against the absolute deadline.
///
/// Events that are due together go out in one write. The clock is read just before each write, for the log.
final class ResponseSender {
    private let plan: ResponsePlan
    private let bytes: ResponseBytes
    private let entry: SimulatorLog.Entry
    private let arrival: Instant
    private let arrivalDeadline: NIODeadline
    private let isChunked: Bool
    private let keepsAlive: Bool
    private let onComplete: (_ keepsAlive: Bool) -> Void
    private var next = 0
    private var isHeadSent = false
    private var context: ChannelHandlerContext?
    private var timer: NIOScheduledCallback?
    /// Taken up again for each write, so that a chunk costs no allocation once the kernel has the one before.
    private var out = ByteBuffer()
    private var content = ByteBuffer()

    init(
        _ plan: ResponsePlan, entry: SimulatorLog.Entry, arrival: Instant, arrivalDeadline: NIODeadline,
        isChunked: Bool, keepsAlive: Bool, onComplete: @escaping (_ keepsAlive: Bool) -> Void
    ) {
        self.plan = plan
        self.entry = entry
        self.arrival = arrival
        self.arrivalDeadline = arrivalDeadline
        self.isChunked = isChunked && plan.isStream
        // Without chunks, only the end of the connection says where a stream ends.
        self.keepsAlive = keepsAlive && (isChunked || !plan.isStream)
        self.onComplete = onComplete
        bytes = ResponseBytes(plan, created: Int(Date().timeIntervalSince1970))
    }

    func start(context: ChannelHandlerContext) {
        self.context = context
        sendDue(atLeastOne: false)
    }

    /// The connection is gone.
    func cancel() {
        timer?.cancel()
        context = nil
    }

    // MARK: Time

    private func sendDue(atLeastOne: Bool) {
        guard let context else { return }
        let now = Instant.now()
        let first = next
        if atLeastOne, next < plan.steps.count { next += 1 }
        // What is written in one chunk with the step before is due with it.
        while next < plan.steps.count, plan.steps[next].joinsPrevious || arrival + plan.steps[next].offset <= now {
            next += 1
        }
        let isLast = next == plan.steps.count
        if first < next || isLast { send(first..<next, isLast: isLast, context: context) }
        if isLast { end(context: context) } else { setTimer(context: context) }
    }

    private func setTimer(context: ChannelHandlerContext) {
        let deadline = arrivalDeadline + .nanoseconds(plan.steps[next].offset.nanoseconds)
        do {
            timer = try context.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
        } catch {
            // The event loop is shutting down.
            context.close(promise: nil)
        }
    }

    // MARK: Bytes

    private func send(_ steps: Range<Int>, isLast: Bool, context: ChannelHandlerContext) {
        out.clear(minimumCapacity: 512)
        if plan.isStream, !isHeadSent { writeHead(.events(isChunked: isChunked)) }
        var start = steps.lowerBound
        while start < steps.upperBound {
            var end = start + 1
            while end < steps.upperBound, plan.steps[end].joinsPrevious { end += 1 }
            content.clear(minimumCapacity: 512)
            for index in start..<end { bytes.write(plan.steps[index].event, into: &content) }
            if !plan.isStream {
                writeHead(.json(length: content.readableBytes))
                // A response that is cut short lacks its second half.
                if plan.ending != .complete { content.moveWriterIndex(to: content.writerIndex / 2) }
            }
            write(pieces: min(plan.pieces, content.readableBytes), context: context)
            if plan.pieces > 1 { flush(start..<end, isLast: false, context: context) }
            start = end
        }
        if isLast, isChunked, plan.ending == .complete { out.writeStaticString("0\r\n\r\n") }
        flush(plan.pieces > 1 ? 0..<0 : steps, isLast: isLast, context: context)
    }

    private func writeHead(_ body: ResponseHead.Body) {
        isHeadSent = true
        ResponseHead(body: body, announcesKeepAlive: keepsAlive).write(into: &out)
        entry.update { $0.status = 200 }
    }

    /// Frames the content; every piece but the last is written at once.
    private func write(pieces: Int, context: ChannelHandlerContext) {
        for piece in 0..<max(1, pieces) {
            let rest = pieces - piece
            guard let slice = content.readSlice(length: content.readableBytes / max(1, rest)) else { return }
            if isChunked { out.writeString(String(slice.readableBytes, radix: 16) + "\r\n") }
            out.writeImmutableBuffer(slice)
            if isChunked { out.writeStaticString("\r\n") }
            if rest > 1 {
                context.writeAndFlush(NIOAny(out), promise: nil)
                out.clear(minimumCapacity: 512)
            }
        }
    }

    /// Logs first, so that whoever has read the response finds it in the log.
    private func flush(_ steps: Range<Int>, isLast: Bool, context: ChannelHandlerContext) {
        let written = Instant.now()
        entry.update { request in
            for index in steps {
                guard let kind = plan.kind(of: plan.steps[index].event) else { continue }
                request.chunks.append(
                    ServedRequest.SentChunk(
                        kind: kind, tokens: plan.tokens(in: plan.steps[index].event),
                        due: arrival + plan.steps[index].offset, written: written))
            }
            if isLast, request.ending == .open { request.ending = plan.loggedEnding }
        }
        guard out.readableBytes > 0 else { return }
        context.writeAndFlush(NIOAny(out), promise: nil)
        out.clear(minimumCapacity: 512)
    }

    // MARK: End

    private func end(context: ChannelHandlerContext) {
        switch plan.ending {
        case .complete: onComplete(keepsAlive && !plan.closesConnection)
        case .close: onComplete(false)
        case .stall: break
        case .reset:
            // Lingering for no time makes the kernel send RST instead of FIN.
            guard let socket = context.channel as? any SocketOptionProvider else { return onComplete(false) }
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { [self] _ in
                onComplete(false)
            }
        }
    }
}

extension ResponseSender: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) {
        timer = nil
        sendDue(atLeastOne: true)
    }
}

// MARK: - The log's words

extension ResponsePlan {
    /// How a client sees an event; nil for what is no event to it.
    fileprivate func kind(of event: Event) -> Timeline.Kind? {
        switch event {
        case .role: .role
        case .reasoning: .reasoning
        case .answer, .whole: .answer
        case .usage: .usage
        case .done: .done
        case .finish, .malformed, .error: .other
        case .comment: nil
        }
    }

    fileprivate func tokens(in event: Event) -> Int {
        switch event {
        case .reasoning(let tokens), .answer(let tokens): tokens.count
        case .whole: completionTokens
        default: 0
        }
    }

    fileprivate var loggedEnding: ServedRequest.Ending {
        switch ending {
        case .complete: .complete
        case .close: .closed
        case .reset: .reset
        case .stall: .stalled
        }
    }
}
