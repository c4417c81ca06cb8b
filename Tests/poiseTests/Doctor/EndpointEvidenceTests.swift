import Foundation
import PoiseClient
import PoiseCore
import Testing

@testable import poise

struct EndpointEvidenceTests {
    /// 2026-11-22, noon, as a server dates it.
    private static let noon = 1_795_348_800.0
    private static let headers: HTTPHeaders = ["date": "Sun, 22 Nov 2026 12:00:00 GMT"]

    @Test(arguments: [(0.0, 0.0), (0.9, 0.0), (3.0, 0.0), (4.5, -0.5), (-2.0, 2.0), (60.0, -56.0)])
    func `a server's clock is ahead by what the second and the request's length leave`(late: Double, ahead: Double) {
        let found = Wall.ahead(Self.headers, received: Self.noon + late, took: 3)
        #expect(abs((found ?? .nan) - ahead) < 1e-6)
    }

    @Test func `a date that is none says nothing`() {
        #expect(Wall.ahead(["date": "today"], received: Self.noon, took: 1) == nil)
        #expect(Wall.ahead(HTTPHeaders(), received: Self.noon, took: 1) == nil)
    }

    private static func chunk(_ microseconds: Int64, isCoalesced: Bool = false) -> Timeline.Chunk {
        Timeline.Chunk(microseconds: microseconds, kind: .answer, characters: 2, isCoalesced: isCoalesced)
    }

    @Test func `the shape of a stream is that of its token-bearing chunks`() throws {
        var report = ServerReport()
        report.completionTokens = 3
        let role = Timeline.Chunk(microseconds: 10, kind: .role, characters: 0)
        let response = Response(
            answer: "a b c", finishReason: "stop", report: report,
            timeline: Timeline(chunks: [
                role, Self.chunk(50_000), Self.chunk(70_000), Self.chunk(70_000, isCoalesced: true),
            ]))
        let shape = try #require(StreamCheck.Shape(response))
        #expect(shape.chunks == 3 && shape.coalesced == 1 && shape.reads == 2)
        #expect(shape.first == 50 && shape.span == 20 && shape.tokens == 3)
    }

    @Test func `a response without a token has no shape`() {
        let response = Response(answer: "", finishReason: "stop", report: ServerReport(), timeline: Timeline())
        #expect(StreamCheck.Shape(response) == nil)
    }

    private static func candidate(_ id: String, _ serving: Serving) -> Candidate {
        Candidate(id: id, model: id, quantization: nil, serving: serving, sampling: SamplingSettings())
    }

    @Test func `candidates that one endpoint and model serves are asked once, in the suite's order`() {
        let one = Serving.endpoint(Endpoint(baseURL: "http://h/v1", model: "m"))
        let other = Serving.endpoint(Endpoint(baseURL: "http://h/v1", model: "n"))
        let file = Serving.managed(ManagedEngine(engine: .llamaCpp, file: "/w/a.gguf", threads: 1))
        let parties = CandidateExamination.parties(
            [
                Self.candidate("warm", one), Self.candidate("other", other), Self.candidate("cold", one),
                Self.candidate("file", file),
            ], isJudge: false)
        #expect(
            parties.map(\.title) == [
                "warm and cold: m at http://h/v1", "other: n at http://h/v1", "file: llama.cpp, a.gguf",
            ])
        #expect(parties.map(\.count) == [2, 1, 1])
    }

    @Test(.timeLimit(.minutes(1)))
    func `what never ends is given up, and what ends is waited for`() async {
        let endless = await TimeLimit.run(.milliseconds(20)) { () -> Int in
            while !Task.isCancelled { await Task.yield() }
            return 1
        }
        #expect(endless == nil)
        #expect(await TimeLimit.run(.seconds(60)) { 7 } == 7)
    }
}
