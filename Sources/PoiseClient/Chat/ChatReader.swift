package import PoiseCore

/// Reads a model's response as it arrives: cuts its records, scans them at once, keeps texts and times only.
///
/// The body is server-sent events, lines of JSON, or one document: by its content type, or by its first bytes where the
/// type says nothing. A response without success is kept for its message.
package final class ChatReader: BodyReader, @unchecked Sendable {  // Confined, as the protocol says.
    /// Bytes that one record, or a response that is one document, may have.
    package static let maximumRecord = 8 << 20
    /// Bytes of a response without success that are kept.
    package static let maximumMessage = 64 << 10

    private let api: EndpointAPI
    private var state: State

    package init(_ api: EndpointAPI) {
        self.api = api
        state = State(api)
    }

    package func begin(status: Int, headers: HTTPHeaders) {
        state.begin(status: status, type: headers["content-type"]?.lowercased() ?? "", api: api)
    }

    package func receive(_ bytes: UnsafeRawBufferPointer, at: Instant, read: UInt64) {
        state.receive(bytes, at: at, read: read, api: api)
    }

    package var hasOutput: Bool { state.hasOutput }
    package var isFinished: Bool { state.isFinished }

    /// What the server said in place of a response, where the status was none of success.
    package var rejection: [UInt8] { state.document }

    /// What became of the exchange, once it has ended.
    ///
    /// A response that came to its end counts also where the connection then failed. The reader's own failure says more
    /// than the end of the exchange that it led to; an interruption is nobody's failure.
    package func outcome(of exchange: HTTPExchange) -> Attempt.Outcome {
        if let failure = exchange.failure, failure.kind == .interrupted, !state.isWhole { return .failed(failure) }
        state.end(at: exchange.ended ?? exchange.started, isCut: exchange.failure != nil)
        do throws(RequestFailure) {
            return .responded(try state.response(of: exchange))
        } catch {
            return .failed(error)
        }
    }

    /// The stream, with what tells whether its records came together.
    private struct Intake {
        var stream: ChatStream
        /// The read in which the last record ended.
        private var lastRead: UInt64?

        init(stream: ChatStream) {
            self.stream = stream
        }

        mutating func take(_ record: UnsafeRawBufferPointer, isError: Bool, at: Instant, read: UInt64?) {
            // An event without data is none (WHATWG HTML, 9.2.6); some servers keep connections alive with it.
            guard !record.isEmpty || isError else { return }
            stream.read(
                record, isError: isError, arrival: .init(at: at, isCoalesced: read != nil && lastRead == read))
            lastRead = read
        }

        /// Takes what the stream ended within, where all of it came: half a record is a broken stream, no broken record.
        mutating func takeLast(_ record: UnsafeRawBufferPointer, isError: Bool, at: Instant) {
            var tried = stream
            tried.read(record, isError: isError, arrival: .init(at: at, isCoalesced: false))
            if tried.failure?.kind != .malformed { stream = tried }
        }
    }

    /// How the body is to be read.
    private enum Form {
        case undecided, events, lines, document, rejection
    }

    /// A value, so that its parts are used together without run-time checks.
    private struct State {
        private var intake: Intake
        private var form = Form.undecided
        private var events = EventStreamParser(maximum: ChatReader.maximumRecord)
        private var lines = LineStreamParser(maximum: ChatReader.maximumRecord)
        /// The body where it is no stream, or its first bytes before that is known.
        private(set) var document: [UInt8] = []
        private var isTooLarge = false

        init(_ api: EndpointAPI) {
            intake = Intake(stream: ChatStream(api))
        }

        /// Stored, since computing it of a class's value copies the value, for each chunk.
        private(set) var isFinished = false
        var hasOutput: Bool { intake.stream.hasOutput || (!document.isEmpty && form != .undecided) }
        var isWhole: Bool { intake.stream.isWhole }

        mutating func begin(status: Int, type: String, api: EndpointAPI) {
            if status != 200 {
                form = .rejection
            } else if type.hasPrefix("text/event-stream") {
                form = .events
            } else if type.contains("ndjson") || type.contains("jsonl") || type.contains("json-seq") {
                form = .lines
            }
        }

        mutating func receive(_ bytes: UnsafeRawBufferPointer, at: Instant, read: UInt64, api: EndpointAPI) {
            guard !isFinished else { return }
            defer { isFinished = intake.stream.isFinished || isTooLarge }
            switch form {
            case .events:
                events.push(bytes, into: &intake) { $0.take($1.data, isError: $1.isError, at: at, read: read) }
                isTooLarge = events.isTooLarge
            case .lines:
                lines.push(bytes, into: &intake) { $0.take($1, isError: false, at: at, read: read) }
                isTooLarge = lines.isTooLarge
            case .document: keep(bytes, maximum: ChatReader.maximumRecord)
            case .rejection: keep(bytes, maximum: ChatReader.maximumMessage)
            case .undecided:
                document.append(contentsOf: bytes)
                form = Self.form(of: document, api: api)
                guard form == .events || form == .lines else { return }
                let begun = document
                document = []
                begun.withUnsafeBytes { receive($0, at: at, read: read, api: api) }
            }
        }

        private mutating func keep(_ bytes: UnsafeRawBufferPointer, maximum: Int) {
            document.append(contentsOf: bytes.prefix(maximum - document.count))
            isTooLarge = document.count >= maximum
        }

        /// - Parameter isCut: the exchange failed, so that what is left over is no record.
        mutating func end(at instant: Instant, isCut: Bool) {
            guard !isFinished else { return }
            // What the stream ended within is a record only where all of it came: half a record is a broken stream.
            switch form {
            case .events where !isCut:
                events.finish(into: &intake) { $0.takeLast($1.data, isError: $1.isError, at: instant) }
            case .lines where !isCut: lines.finish(into: &intake) { $0.takeLast($1, isError: false, at: instant) }
            case .undecided, .document:
                if document.isEmpty { return }
                document.withUnsafeBytes { intake.take($0, isError: false, at: instant, read: nil) }
            case .events, .lines, .rejection: break
            }
        }

        func response(of exchange: HTTPExchange) throws(RequestFailure) -> Response {
            if isTooLarge {
                let form = form == .document ? "the response" : "a record of the stream"
                throw RequestFailure(
                    kind: .tooLarge, message: "\(form) passed \(ChatReader.maximumRecord >> 20) MB and was cut off")
            }
            let isStreamed = form == .events || form == .lines
            if !isStreamed, let failure = exchange.failure { throw failure }
            return try intake.stream.response(of: exchange, isStreamed: isStreamed)
        }

        /// By the first bytes, where the content type does not tell.
        private static func form(of bytes: [UInt8], api: EndpointAPI) -> Form {
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            if bytes.count < mark.count, mark.starts(with: bytes) { return .undecided }
            let rest = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
            // Not beyond the first kilobyte, in however many pieces that comes.
            let head = rest.prefix(1024)
            guard let first = head.firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
                return head.count == 1024 ? .document : .undecided
            }
            if bytes[first] == UInt8(ascii: ":") { return .events }
            for field in ["data", "event", "id", "retry"] {
                let name = Array(field.utf8) + [UInt8(ascii: ":")]
                if bytes[first...].starts(with: name) { return .events }
                if name.starts(with: bytes[first...]) { return .undecided }
            }
            return api == .ollama ? .lines : .document
        }
    }
}
