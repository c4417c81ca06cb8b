import Foundation
import PoiseCore
import PoiseSimulator
import Testing

struct SimulatorConfigurationTests {
    private let configuration = SimulatorConfiguration(
        schedule: .init(timeToFirstToken: .milliseconds(50), tokens: 64, answer: .echo),
        faults: .init([.init(.reset(afterChunks: 5), on: .requests(3))], seed: 9), apiKey: "k", models: ["a", "b"],
        honoursMaxTokens: false, threads: 2, logFile: "log.jsonl", rememberedRequests: 5)

    @Test func `a configuration is one flat object and survives coding`() throws {
        let data = try JSONEncoder().encode(configuration)
        #expect(try JSONDecoder().decode(SimulatorConfiguration.self, from: data) == configuration)
        let value = try JSONValue(parsing: data)
        #expect(value["tokens"]?.number == 64)
        #expect(value["apiKey"]?.string == "k")
        #expect(value["faults"] == .array([.string("reset=5@3")]))
        #expect(value["faultSeed"]?.number == 9)
        #expect(value["schedule"] == nil)
    }

    @Test func `missing keys have their defaults`() throws {
        let read = try JSONDecoder().decode(SimulatorConfiguration.self, from: Data(#"{"threads":3}"#.utf8))
        #expect(read == SimulatorConfiguration(threads: 3))
        #expect(read.problem == nil)
    }

    @Test(arguments: [
        ("timeToFirstToken", SimulatorConfiguration(schedule: .init(timeToFirstToken: .nanoseconds(-1)))),
        ("interTokenGap", .init(schedule: .init(interTokenGap: .seconds(4000)))),
        ("jitter", .init(schedule: .init(jitter: .seconds(-1)))),
        ("closingDelay", .init(schedule: .init(closingDelay: .seconds(-1)))),
        ("tokensPerChunk", .init(schedule: .init(tokensPerChunk: 0))),
        ("tokens", .init(schedule: .init(tokens: -1))),
        ("reasoningTokens", .init(schedule: .init(reasoningTokens: 2_000_000))),
        ("cachedTokens", .init(schedule: .init(cachedTokens: -1))),
        ("threads", .init(threads: 0)),
        ("rememberedRequests", .init(rememberedRequests: -1)),
    ])
    func `a setting that makes no sense is named`(name: String, configuration: SimulatorConfiguration) {
        guard case .setting(name, _, _) = configuration.problem else {
            Issue.record("\(String(describing: configuration.problem))")
            return
        }
        #expect(configuration.problem?.what.contains("where it must be from") == true)
    }
}
