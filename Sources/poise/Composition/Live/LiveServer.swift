import FlyingFox
import FlyingSocks
import Foundation
import PoiseCore

/// The live page on loopback.
struct LiveServer: Sendable {
    let desk: LiveDesk
    let token = LiveToken()
    /// 0 for one that the system chooses.
    let port: UInt16

    enum Failure: ExplainedError, Hashable {
        case notListening(port: UInt16, reason: String)

        var what: String {
            switch self {
            case .notListening(let port, let reason):
                "the live page is not served: \(port == 0 ? "no port" : "port \(port)") can be listened on (\(reason))"
            }
        }
        var place: String? { nil }
        var remedy: String? { "Name another port with --watch-port, or none." }
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter began: told the address once it listens.
    func run(began: @Sendable (String) -> Void) async throws {
        let desk = desk
        let token = token
        let bound = BoundPort()
        let handler = ClosureHTTPHandler { request in
            await Self.answer(
                request,
                to: LiveRequest(
                    method: request.method.rawValue, target: request.target.rawValue, host: request.headers[.host],
                    token: token, port: await bound.value), at: desk)
        }
        // Nothing but this machine can reach it.
        let server = HTTPServer(
            address: try .inet(ip4: "127.0.0.1", port: port), timeout: 30, logger: .disabled, handler: handler)
        let (events, told) = AsyncStream<Result<Void, any Error>>.makeStream()
        let serving = Task {
            do { try await server.run() } catch {
                told.yield(.failure(error))
                throw error
            }
        }
        let waiting = Task {
            do {
                try await server.waitUntilListening(timeout: 60)
                told.yield(.success(()))
            } catch { told.yield(.failure(error)) }
        }
        defer {
            waiting.cancel()
            serving.cancel()
        }
        do {
            for await event in events {
                try event.get()
                break
            }
        } catch {
            throw Failure.notListening(port: port, reason: error.localizedDescription)
        }
        guard case .ip4(_, let listening) = await server.listeningAddress else {
            throw Failure.notListening(port: port, reason: "its address is not known")
        }
        await bound.set(Int(listening))
        began("http://127.0.0.1:\(listening)/\(token.text)/")
        try await withTaskCancellationHandler {
            try await serving.value
        } onCancel: {
            serving.cancel()
        }
    }

    private static func answer(_ request: HTTPRequest, to kind: LiveRequest, at desk: LiveDesk) async -> HTTPResponse {
        let (type, text): (String, String)
        switch kind {
        case .page: (type, text) = ("text/html; charset=utf-8", await desk.currentPage(now: .now()))
        case .state: (type, text) = ("application/json", await desk.state(now: .now()))
        case .unknown, .wrongMethod, .wrongHost: (type, text) = ("text/plain", "\(kind.status)\n")
        }
        var headers = headers
        let body = Data(text.utf8)
        headers[.contentType] = type
        headers[.contentLength] = "\(body.count)"
        if kind == .wrongMethod { headers[HTTPHeader("Allow")] = "GET, HEAD" }
        return HTTPResponse(
            statusCode: HTTPStatusCode(kind.status, phrase: phrase(of: kind)), headers: headers,
            body: request.method == .HEAD ? Data() : body)
    }

    private static let headers: HTTPHeaders = [
        .cacheControl: "no-store", HTTPHeader("Referrer-Policy"): "no-referrer",
        HTTPHeader("X-Content-Type-Options"): "nosniff", HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
        HTTPHeader("Content-Security-Policy"): "frame-ancestors 'none'",
    ]

    private static func phrase(of kind: LiveRequest) -> String {
        switch kind {
        case .page, .state: "OK"
        case .unknown: "Not Found"
        case .wrongMethod: "Method Not Allowed"
        case .wrongHost: "Misdirected Request"
        }
    }
}

/// The port that the system chose; a request that comes before it is known is refused.
private actor BoundPort {
    private(set) var value = -1

    func set(_ port: Int) { value = port }
}
