import Foundation
import PoiseCore

/// What an endpoint with a configuration answers to a request: pure, so that it is decided before anything is sent.
struct SimulatedEndpoint: Sendable {
    let configuration: SimulatorConfiguration
    private let texts: SimulatedTexts

    static let completionsPath = "/v1/chat/completions"

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
        let body: Data
        /// Counted from 1 over the chat completions; nil for every other request.
        let number: Int?
    }

    /// Whether a request is counted, and so can be told to fail.
    static func isCompletion(method: String, path: String) -> Bool {
        method == "POST" && path == completionsPath
    }

    func reaction(to question: Question) -> Reaction {
        switch (question.method, question.path) {
        case (_, "/v1/models"), (_, Self.completionsPath):
            if let key = configuration.apiKey, question.authorization != "Bearer \(key)" {
                return .reject(.unauthorized)
            }
        default: break
        }
        switch (question.method, question.path) {
        case ("GET", "/health"): return .json(Array(#"{"status":"ok","simulated":true}"#.utf8))
        case ("GET", "/v1/models"): return .json(models)
        case ("POST", Self.completionsPath): return completion(of: question)
        case (_, "/health"), (_, "/v1/models"), (_, Self.completionsPath):
            return .reject(.wrongMethod(question.method, path: question.path))
        default: return .reject(.unknownPath(question.path))
        }
    }

    private func completion(of question: Question) -> Reaction {
        let number = question.number ?? 0
        let faults = configuration.faults.faults(ofRequest: number)
        for fault in faults {
            switch fault {
            case .status(let code, let retryAfter): return .reject(.simulated(status: code, retryAfter: retryAfter))
            case .closeBeforeHeaders: return .close
            case .hang: return .hang
            default: continue
            }
        }
        do throws(APIError) {
            let chat = try ChatRequest(parsing: question.body)
            return .complete(
                ResponsePlan(for: chat, number: number, texts: texts, configuration: configuration, faults: faults))
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
