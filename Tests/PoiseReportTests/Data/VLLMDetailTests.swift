import PoiseCore
import Testing

@testable import PoiseReport

struct VLLMDetailTests {
    @Test func `the lists of two requests are one document`() throws {
        let trials = [(ForeignPoints.completed, ForeignPoints.own), (ForeignPoints.failed, ForeignTrial())]
        var text = VLLMDetail.opening
        for (index, load) in [Load.concurrency(4), .rate(perSecond: 5, arrivals: .poisson)].enumerated() {
            text += VLLMDetail.pointOpening(candidate: "tiny@q4_0", load: load, isFirst: index == 0)
            for field in VLLMDetail.allCases {
                text += field.opening
                for (number, (trial, own)) in trials.enumerated() {
                    text += field.item(trial, as: own, isFirst: number == 0)
                }
                text += field.ending
            }
            text += VLLMDetail.pointEnding
        }
        text += VLLMDetail.ending
        let document = try JSONValue(parsing: text)
        let points = try #require(document["points"]?.array)
        #expect(points.map { $0["load"] } == [.number(4), .string("5/s")])
        let point = try #require(points.first)
        #expect(point["input_lens"] == .array([.number(20), .null]))
        #expect(point["output_lens"] == .array([.number(3), .null]))
        #expect(point["ttfts"] == .array([.number(0.01), .null]))
        #expect(point["itls"] == .array([.array([.number(0.01), .number(0.03)]), .array([])]))
        #expect(point["latencies"] == .array([.number(0.05), .null]))
        #expect(point["start_times"] == .array([.number(1.0025), .null]))
        #expect(point["errors"] == .array([.string(""), .string("it took\ntoo long")]))
    }

    @Test func `no point and no request are documents too`() throws {
        #expect(try JSONValue(parsing: VLLMDetail.opening + VLLMDetail.ending)["points"] == .array([]))
    }
}
