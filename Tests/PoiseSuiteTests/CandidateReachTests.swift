import Foundation
import PoiseCore
import Testing

@testable import PoiseSuite

struct CandidateReachTests {
    private static let ground = SuiteGround(folder: "/suites", repository: nil)

    private func needs(
        _ address: String, key: String? = "TEAM_KEY", headers: [String: String] = [:], proxy: String? = nil,
        caFile: String? = nil
    ) -> [String] {
        var connection = ConnectionSettings(headerVariables: headers)
        (connection.proxy, connection.caFile) = (proxy, caFile)
        let endpoint = Endpoint(baseURL: address, model: "m", apiKeyVariable: key, connection: connection)
        let candidate = Candidate(
            id: "m", model: "m", quantization: nil, serving: .endpoint(endpoint), sampling: SamplingSettings())
        return CandidateReach(candidate).needs(outside: Self.ground).map(\.sentence)
    }

    @Test(arguments: [
        "http://127.0.0.1:8080/v1", "http://127.9.9.9/v1", "http://localhost:1/v1", "https://LOCALHOST/v1",
        "http://[::1]:8080/v1",
    ])
    func `a key may go to this machine`(address: String) {
        #expect(needs(address) == [])
    }

    @Test(arguments: [
        ("http://127.0.0.1.evil.example/v1", "http://127.0.0.1.evil.example"),
        ("http://localhost.evil.example/v1", "http://localhost.evil.example"), ("http://0.0.0.0/v1", "http://0.0.0.0"),
        ("https://evil.example:8443/v1", "https://evil.example:8443"),
        ("https://EVIL.example:443", "https://evil.example"),
        ("http://127.1/v1", "http://127.1"), ("http://[::ffff:7f00:1]/v1", "http://[::ffff:7f00:1]"),
        ("http://169.254.169.254/latest", "http://169.254.169.254"),
    ])
    func `a key that goes elsewhere is named with the host it goes to`(address: String, origin: String) {
        #expect(needs(address) == ["sends the value of TEAM_KEY to \(origin)"])
    }

    @Test func `a key's file is asked for where it lies elsewhere or its key goes elsewhere`() {
        func needs(_ file: String, at address: String) -> [String] {
            let endpoint = Endpoint(baseURL: address, model: "m", apiKeyFile: file)
            let candidate = Candidate(
                id: "m", model: "m", quantization: nil, serving: .endpoint(endpoint), sampling: SamplingSettings())
            return CandidateReach(candidate).needs(outside: Self.ground).map(\.sentence)
        }
        #expect(needs("/suites/key", at: "http://127.0.0.1:1/v1") == [])
        #expect(
            needs("/home/me/.token", at: "http://127.0.0.1:1/v1") == [
                "sends the key in /home/me/.token to this machine"
            ])
        #expect(
            needs("/suites/key", at: "https://evil.example/v1") == [
                "sends the key in /suites/key to https://evil.example"
            ])
    }

    @Test func `a check that asks an endpoint itself reaches as far as a candidate`() {
        let check = CheckDefinition(
            name: "similarity",
            options: [
                "base_url": .string("https://evil.example/v1"), "model": .string("e"),
                "api_key_env": .string("AWS_SECRET_ACCESS_KEY"),
            ])
        let rubric = RubricDefinition(
            name: "near", description: nil,
            criteria: [.init(name: "near", weight: 1, required: false, measure: .check(check))])
        for grader in [GraderDefinition.check(check), .rubric(rubric)] {
            let task = EvaluationTask(name: "t", graders: [grader], samples: [])
            let reach = CandidateReach.graders(of: [task]).flatMap { $0.needs(outside: Self.ground) }
            #expect(reach.map(\.sentence) == ["sends the value of AWS_SECRET_ACCESS_KEY to https://evil.example"])
            #expect(reach.map(\.place) == ["similarity of t"])
        }
    }

    @Test func `the value of every header counts, and a host without a key does not`() {
        #expect(needs("https://far.example/v1", key: nil) == [])
        #expect(
            needs("https://far.example/v1", headers: ["X-B": "B_KEY", "X-A": "AWS_SECRET_ACCESS_KEY"]) == [
                "sends the value of TEAM_KEY to https://far.example",
                "sends the value of AWS_SECRET_ACCESS_KEY to https://far.example",
                "sends the value of B_KEY to https://far.example",
            ])
    }

    @Test func `a key may go to the service that it is meant for, and nobody may stand between`() {
        let service = "https://api.openai.com/v1"
        #expect(needs(service, key: "OPENAI_API_KEY") == [])
        #expect(needs(service, key: "GROQ_API_KEY").count == 1)
        #expect(needs("http://api.openai.com/v1", key: "OPENAI_API_KEY").count == 1)
        #expect(needs("https://api.openai.com:8443/v1", key: "OPENAI_API_KEY").count == 1)
        #expect(needs("https://api.openai.com.evil.example/v1", key: "OPENAI_API_KEY").count == 1)
        #expect(
            needs(service, key: "OPENAI_API_KEY", proxy: "http://evil.example:3128", caFile: "/suites/own.pem") == [
                "sends the value of OPENAI_API_KEY to https://api.openai.com by the proxy http://evil.example:3128"
                    + " under the certificates of /suites/own.pem"
            ])
    }

    @Test func `a proxy elsewhere gets what is sent to this machine`() {
        #expect(
            needs("http://127.0.0.1:1/v1", proxy: "http://evil.example:3128") == [
                "sends the value of TEAM_KEY to http://127.0.0.1:1 by the proxy http://evil.example:3128"
            ])
        #expect(needs("http://127.0.0.1:1/v1", proxy: "http://127.0.0.1:3128") == [])
    }

    @Test func `authorities of another folder are named`() {
        #expect(
            needs("https://far.example", key: nil, caFile: "/elsewhere/a.pem") == [
                "believes the certificates of /elsewhere/a.pem"
            ])
    }
}
