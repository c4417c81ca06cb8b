import PoiseCore
import PoiseReport

/// Whether tokens come as they are made, and not in bursts.
enum StreamCheck: DoctorCheck {
    static let name = "streaming"

    /// How one response came.
    struct Shape: Hashable, Sendable {
        let isStreamed: Bool
        /// Token-bearing chunks, and of them those that were read together with the one before.
        let chunks: Int
        let coalesced: Int
        /// To the first of them, and from there to the last; milliseconds.
        let first: Double
        let span: Double
        /// Tokens as they are counted; nil where they are not.
        let tokens: Int?
        /// The server's own decode speed, tok/s; nil where it does not say.
        let serverTPS: Double?

        init(
            isStreamed: Bool = true, chunks: Int, coalesced: Int = 0, first: Double, span: Double, tokens: Int? = nil,
            serverTPS: Double? = nil
        ) {
            self.isStreamed = isStreamed
            self.chunks = chunks
            self.coalesced = coalesced
            self.first = first
            self.span = span
            self.tokens = tokens
            self.serverTPS = serverTPS
        }

        init?(_ response: Response) {
            let bearing = response.timeline.chunks.filter(\.bearsTokens)
            guard let first = bearing.first, let last = bearing.last else { return nil }
            let metrics = TrialMetrics(response)
            self.init(
                isStreamed: response.isStreamed, chunks: bearing.count,
                coalesced: response.timeline.coalescing.coalesced, first: Double(first.microseconds) / 1000,
                span: Double(last.microseconds - first.microseconds) / 1000, tokens: metrics.outputTokens,
                serverTPS: response.report.decodeTPS)
        }

        /// Reads of the network that brought tokens.
        var reads: Int { max(1, chunks - coalesced) }
    }

    private static let remedy =
        "Turn off what gathers responses on the way (nginx: proxy_buffering off; a gateway's or a cloud's response"
        + " buffering; compression of streams), or ask the engine itself."
    /// Fewer tokens than this say nothing of a stream.
    private static let fewest = 4
    /// A wait that is long enough to hold a whole response, milliseconds.
    private static let tellingWait = 100.0

    /// - Parameter shape: nil where no token came.
    static func finding(_ shape: Shape?) -> Finding {
        guard let shape else { return skipped("no token came") }
        let tokens = shape.tokens ?? shape.chunks
        let figures = [
            "chunks": Double(shape.chunks), "reads": Double(shape.reads), "ttft": shape.first, "decodeSpan": shape.span,
        ]
        guard shape.isStreamed else {
            return failed(
                "the response came whole, though a stream was asked for: no first token, no speed can be seen",
                "Take a server or a gateway that streams chat completions.", figures)
        }
        guard tokens >= fewest else {
            return skipped("\(Numbers.counted(tokens, "token")) are too few to tell", figures)
        }
        let span = shape.span > 0 ? "over \(Numbers.time(shape.span))" : "at one moment"
        let text =
            "\(Numbers.counted(shape.chunks, "chunk")) in \(Numbers.counted(shape.reads, "read")) \(span), the first after"
            + " \(Numbers.time(shape.first))"
        // By the server's own word the tokens took longer to make than to come.
        let made = shape.serverTPS.map { Double(max(0, tokens - 1)) / $0 * 1000 }
        let isBurst = shape.span < 0.1 * shape.first && shape.reads <= max(2, shape.chunks / 8)
        if let made, made > 50, shape.span < 0.2 * made {
            return failed("\(text), though the server made them over \(Numbers.time(made))", remedy, figures)
        }
        if isBurst, made == nil, shape.first > tellingWait {
            return failed("\(text): all came at once after a long wait, as behind a buffer", remedy, figures)
        }
        if shape.chunks * 3 < tokens {
            return warning(
                "\(text), for \(Numbers.counted(tokens, "token")): several in each, so that gaps between tokens are those"
                    + " between chunks", "Lower the server's stream interval (SGLang: --stream-interval 1).", figures)
        }
        if isBurst {
            return warning(
                "\(text): too quick to tell a stream from a burst", "Try again with a longer answer.", figures)
        }
        return ok(text, figures)
    }

    static let examples = [
        DoctorExample(
            "a stream", finding(Shape(chunks: 32, first: 60, span: 310, tokens: 32)), .ok,
            "32 chunks in 32 reads over 310 ms"),
        DoctorExample("whole", finding(Shape(isStreamed: false, chunks: 1, first: 400, span: 0)), .failed, "whole"),
        DoctorExample(
            "a buffer", finding(Shape(chunks: 32, coalesced: 31, first: 370, span: 0, tokens: 32)), .failed,
            "proxy_buffering off"),
        DoctorExample(
            "a buffer that the server's word gives away",
            finding(Shape(chunks: 32, coalesced: 28, first: 90, span: 4, tokens: 32, serverTPS: 100)), .failed,
            "made them over 310 ms"),
        DoctorExample(
            "a model that is quick by its own word",
            finding(Shape(chunks: 32, coalesced: 20, first: 9, span: 4, tokens: 32, serverTPS: 9000)), .ok),
        DoctorExample(
            "quick, and no word", finding(Shape(chunks: 32, coalesced: 31, first: 12, span: 0, tokens: 32)), .warning,
            "too quick"),
        DoctorExample(
            "many tokens a chunk", finding(Shape(chunks: 4, first: 60, span: 310, tokens: 32)), .warning, "interval"),
        DoctorExample("too few", finding(Shape(chunks: 2, first: 60, span: 10, tokens: 2)), .skipped),
        DoctorExample("nothing", finding(nil), .skipped),
    ]
}
