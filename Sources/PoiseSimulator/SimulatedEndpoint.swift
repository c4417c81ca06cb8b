import PoiseCore

/// What an endpoint with a configuration answers to a request: pure, so that it is decided before anything is sent.
struct SimulatedEndpoint: Sendable {
    let configuration: SimulatorConfiguration
    private let texts: SimulatedTexts

    init(_ configuration: SimulatorConfiguration) {
        self.configuration = configuration
        texts = SimulatedTexts(configuration.schedule)
    }

    enum Reaction: Hashable, Sendable {
        case complete(ResponsePlan)
        /// Status 200 and this JSON, at once.
        case json([UInt8])
        case reject(APIError)
        case close
        case hang
    }

    /// A request without its transport.
    struct Question: Sendable {
        let method: String
        /// Without the query.
        let path: String
        let authorization: String?
        let body: [UInt8]
        /// Counted from 1 over the completions; nil for every other request.
        let number: Int?
    }

    /// The dialect of a request that is counted, and so can be told to fail; nil for every other request.
    static func dialect(method: String, path: String) -> Dialect? {
        method == "POST" ? Dialect(rawValue: path) : nil
    }

    func reaction(to question: Question) -> Reaction {
        let dialect = Dialect(rawValue: question.path)
        if let key = configuration.apiKey, dialect != nil || question.path == Self.modelsPath,
            question.authorization != "Bearer \(key)"
        {
            return .reject(.unauthorized)
        }
        if let dialect, question.method == "POST" { return completion(of: question, in: dialect) }
        switch (question.method, question.path) {
        case ("GET", "/health"): return .json(Array(#"{"status":"ok","simulated":true}"#.utf8))
        case ("GET", Self.modelsPath): return .json(models)
        case (_, "/health"), (_, Self.modelsPath):
            return .reject(.wrongMethod(question.method, path: question.path))
        default:
            return dialect == nil
                ? .reject(.unknownPath(question.path))
                : .reject(.wrongMethod(question.method, path: question.path))
        }
    }

    private static let modelsPath = "/v1/models"

    private func completion(of question: Question, in dialect: Dialect) -> Reaction {
        let number = question.number ?? 0
        let faults = configuration.faults.faults(ofRequest: number)
        let echoed = faults.contains(.echoesKey) ? question.authorization : nil
        for fault in faults {
            switch fault {
            case .status(let code, let seconds, let asDate):
                let retryAfter = seconds.map { asDate ? APIError.RetryAfter.date(secondsAhead: $0) : .seconds($0) }
                return .reject(.simulated(status: code, retryAfter: retryAfter, echoing: echoed))
            case .closeBeforeHeaders: return .close
            case .hang: return .hang
            default: continue
            }
        }
        do throws(APIError) {
            let chat = try ChatRequest(parsing: question.body, as: dialect)
            return .complete(
                ResponsePlan(
                    for: chat, number: number, texts: texts, configuration: configuration, faults: faults,
                    echoing: echoed))
        } catch {
            return .reject(error)
        }
    }

    private var models: [UInt8] {
        let entries = configuration.models.map { model in
            let name = String(decoding: TokenText.escaped(model), as: UTF8.self)
            return #"{"id":"\#(name)","object":"model","created":0,"owned_by":"\#(SimulatorMark.fingerprint)"}"#
        }
        return Array(#"{"object":"list","data":[\#(entries.joined(separator: ","))]}"#.utf8)
    }
}
