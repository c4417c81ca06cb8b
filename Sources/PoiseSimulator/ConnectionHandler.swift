import Foundation
import NIOCore
import NIOHTTP1
import PoiseCore

/// One connection: takes requests in, has them answered one after the other, and ends with the connection.
///
/// Requests are decoded by NIO; responses are written as bytes, because some of them are broken on purpose.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    static let largestBody = 64 << 20

    private struct Received {
        let head: HTTPRequestHead
        let body: ByteBuffer
        let arrival: Instant
        /// The same moment by the event loop's clock, which its timers count from.
        let arrivalDeadline: NIODeadline
    }

    private let endpoint: SimulatedEndpoint
    private let log: SimulatorLog
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    /// Requests that arrived while another one was being answered.
    private var waiting: [Received] = []
    private var sender: ResponseSender?
    /// The log entry of the request that is being answered.
    private var entry: SimulatorLog.Entry?
    private var isClosing = false

    init(endpoint: SimulatedEndpoint, log: SimulatorLog) {
        self.endpoint = endpoint
        self.log = log
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
            // curl waits a second for this before it sends a large body.
            if head.headers.contains(name: "Expect") {
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
            }
        case .body(var part):
            if body.readableBytes + part.readableBytes > Self.largestBody {
                reject(.tooLarge, context: context)
            } else {
                body.writeBuffer(&part)
            }
        case .end:
            let arrival = Instant.now()
            let deadline = NIODeadline.now()
            guard let head else { return }
            self.head = nil
            waiting.append(Received(head: head, body: body, arrival: arrival, arrivalDeadline: deadline))
            body = ByteBuffer()
            if entry == nil { answerNext(context: context) }
        }
    }

    private func answerNext(context: ChannelHandlerContext) {
        while entry == nil, !isClosing, !waiting.isEmpty { answer(waiting.removeFirst(), context: context) }
    }

    private func answer(_ received: Received, context: ChannelHandlerContext) {
        let head = received.head
        let method = head.method.rawValue
        let path = String(head.uri.prefix { $0 != "?" })
        let body = Data(received.body.readableBytesView)
        var number: Int?
        let isCompletion = SimulatedEndpoint.isCompletion(method: method, path: path)
        let entry = log.open(isCompletion: isCompletion) { assigned in
            number = assigned
            return ServedRequest(
                number: assigned, method: method, path: path, headers: Self.logged(head.headers),
                bodyText: String(decoding: body, as: UTF8.self), arrival: received.arrival)
        }
        self.entry = entry
        let reaction = endpoint.reaction(
            to: .init(
                method: method, path: path, authorization: head.headers.first(name: "Authorization"), body: body,
                number: number))
        switch reaction {
        case .json(let json): send(json, status: 200, keepsAlive: head.isKeepAlive, context: context)
        case .reject(let error):
            send(
                error.body, status: error.status, retryAfter: error.retryAfter, keepsAlive: head.isKeepAlive,
                context: context)
        case .close:
            entry.end(.closed)
            close(context: context)
        case .hang: entry.end(.hung)
        case .complete(let plan):
            let sender = ResponseSender(
                plan, entry: entry, arrival: received.arrival, arrivalDeadline: received.arrivalDeadline,
                isChunked: head.version == .http1_1, keepsAlive: head.isKeepAlive
            ) { [self] in complete(keepsAlive: $0, context: context) }
            self.sender = sender
            sender.start(context: context)
        }
    }

    // MARK: Responses

    private func send(
        _ json: [UInt8], status: Int, retryAfter: Int? = nil, keepsAlive: Bool, context: ChannelHandlerContext
    ) {
        var buffer = context.channel.allocator.buffer(capacity: 512 + json.count)
        ResponseHead(
            status: status, body: .json(length: json.count), announcesKeepAlive: keepsAlive, retryAfter: retryAfter
        ).write(into: &buffer)
        buffer.writeBytes(json)
        entry?.update { $0.status = status }
        entry?.end(.complete)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        complete(keepsAlive: keepsAlive, context: context)
    }

    /// Refuses what cannot be taken in, and ends the connection: what follows on it cannot be told apart.
    private func reject(_ error: APIError, context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        var buffer = context.channel.allocator.buffer(capacity: 512)
        ResponseHead(status: error.status, body: .json(length: error.body.count), announcesKeepAlive: false)
            .write(into: &buffer)
        buffer.writeBytes(error.body)
        context.writeAndFlush(wrapOutboundOut(buffer)).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    /// The response has been handed over; the connection takes the next request or ends.
    private func complete(keepsAlive: Bool, context: ChannelHandlerContext) {
        if let entry { log.write(entry) }
        entry = nil
        sender = nil
        guard keepsAlive else { return close(context: context) }
        // After the caller has returned, so that pipelined requests do not nest.
        if !waiting.isEmpty {
            context.eventLoop.assumeIsolated().execute { [self] in answerNext(context: context) }
        }
    }

    /// Closes behind everything that was written.
    private func close(context: ChannelHandlerContext) {
        isClosing = true
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    // MARK: Ends

    func channelInactive(context: ChannelHandlerContext) {
        isClosing = true
        sender?.cancel()
        sender = nil
        if let entry {
            entry.end(.abandoned)
            log.write(entry)
        }
        entry = nil
        waiting = []
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError {
            reject(.badRequest("the request is not valid HTTP"), context: context)
        } else {
            context.close(promise: nil)
        }
    }

    /// A key is never written anywhere.
    private static func logged(_ headers: HTTPHeaders) -> [String: String] {
        var result: [String: String] = [:]
        for (name, value) in headers {
            let name = name.lowercased()
            let kept = name == "authorization" ? "(left out)" : value
            result[name] = result[name].map { "\($0), \(kept)" } ?? kept
        }
        return result
    }
}
