import PoiseCore
import Testing

@testable import PoiseSimulator

struct SimulatedEndpointTests {
    private func reaction(
        _ method: String, _ path: String, authorization: String? = nil, body: String = "", number: Int? = nil,
        configuration: SimulatorConfiguration = .init()
    ) -> SimulatedEndpoint.Reaction {
        SimulatedEndpoint(configuration).reaction(
            to: .init(method: method, path: path, authorization: authorization, body: Array(body.utf8), number: number))
    }

    @Test(arguments: [("GET", "/"), ("POST", "/v2/completions"), ("GET", "/v1/models/"), ("GET", "")])
    func `a path that is not there is unknown`(method: String, path: String) {
        #expect(reaction(method, path) == .reject(.unknownPath(path)))
    }

    @Test(arguments: [
        ("GET", "/v1/chat/completions"), ("POST", "/v1/models"), ("DELETE", "/health"), ("GET", "/v1/completions"),
        ("PUT", "/api/chat"),
    ])
    func `a path that does not take a method says so`(method: String, path: String) {
        #expect(reaction(method, path) == .reject(.wrongMethod(method, path: path)))
    }

    @Test func `a key is asked for before anything else is said, but not for health`() {
        let configuration = SimulatorConfiguration(apiKey: "k")
        #expect(reaction("GET", "/v1/models", configuration: configuration) == .reject(.unauthorized))
        #expect(
            reaction("GET", "/v1/models", authorization: "k", configuration: configuration) == .reject(.unauthorized))
        #expect(
            reaction("POST", "/v1/chat/completions", body: "x", configuration: configuration) == .reject(.unauthorized))
        #expect(
            reaction("GET", "/v1/models", authorization: "Bearer k", configuration: configuration)
                != .reject(.unauthorized))
        #expect(reaction("GET", "/health", configuration: configuration) != .reject(.unauthorized))
    }

    @Test func `faults that come before the response decide the reaction`() {
        func failing(_ fault: SimulatorFault, number: Int) -> SimulatedEndpoint.Reaction {
            reaction(
                "POST", "/v1/chat/completions", body: chat(), number: number,
                configuration: .init(faults: .init([.init(fault, on: .requests(2))])))
        }
        #expect(failing(.hang, number: 2) == .hang)
        #expect(failing(.closeBeforeHeaders, number: 2) == .close)
        #expect(failing(.status(503), number: 2) == .reject(.simulated(status: 503, retryAfter: nil)))
        #expect(failing(.hang, number: 1) != .hang)
        #expect(
            failing(.status(429, retryAfter: 3, asDate: true), number: 2)
                == .reject(.simulated(status: 429, retryAfter: .date(secondsAhead: 3))))
    }

    @Test func `an answer comes from the table, and otherwise from its other text`() throws {
        let schedule = SimulatorSchedule(answer: .table(["Add 47 and 85.": "132"], otherwise: "I do not know."))
        func tokens(_ prompt: String) throws -> String {
            let reaction = reaction(
                "POST", "/v1/chat/completions", body: chat(prompt), number: 1,
                configuration: .init(schedule: schedule))
            guard case .complete(let plan) = reaction else { return "" }
            return String(decoding: plan.answer[0..<plan.answer.count], as: UTF8.self)
        }
        #expect(try tokens("Add 47 and 85.") == "132")
        #expect(try tokens("Add 47 and 86.") == "I do not know.")
    }
}
