@testable import PoiseSimulator

extension FuzzTarget {
    /// Requests as they reach the simulated endpoint: in pieces as in one, and what their bodies ask for.
    static let request = FuzzTarget(name: "request") { bytes in
        let whole = read([bytes[...]])
        try promiseEqual(read(Pieces.of(bytes)), whole, "requests in pieces")
        let bodies = whole.requests.map(\.body) + [bytes]
        for body in bodies {
            for dialect in [Dialect.chat, .completions, .ollama] {
                guard let request = try? ChatRequest(parsing: body, as: dialect) else { continue }
                try promise(request.promptTokens > 0 && request.maxTokens ?? 0 >= 0, "a request of nothing: \(request)")
            }
        }
    }

    private struct Reading: Equatable {
        var requests: [ReceivedRequest] = []
        var failure: APIError?
    }

    private static func read(_ pieces: [ArraySlice<UInt8>]) -> Reading {
        var reader = HTTPRequestReader()
        var reading = Reading()
        do throws(APIError) {
            for piece in pieces {
                piece.withUnsafeBytes { reader.append($0) }
                while case .request(let request) = try reader.next(now: 0) {
                    _ = HTTPHeadFacts.logged(request.head)
                    reading.requests.append(request)
                }
            }
        } catch {
            reading.failure = error
        }
        return reading
    }
}
