import Foundation
import PoiseCore
import PoiseSimulator
import Testing

/// The top of the page through the binary, on runs against the simulated endpoint.
@Suite(.serialized) struct AnswerPageTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    /// Two quantizations of one model that echo the prompt, which is the target, and one that never does.
    private func page(_ more: String, loads: String = "") async throws -> String {
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        let simulators = [
            try await Simulator.start(echo), try await Simulator.start(echo),
            try await Simulator.start(SimulatorConfiguration()),
        ]
        let candidates = zip(["f16", "q8_0", "q2_k"], simulators).map { quantization, simulator in
            "  - model: m\n    quantization: \(quantization)\n"
                + "    endpoint: {base_url: \"\(simulator.baseURL)\", model: m}\n"
        }
        try workplace.write(
            "suite.yaml",
            "name: small\nwarmup: 0\nbaseline: m@f16\n\(loads)candidates:\n\(candidates.joined())tasks: [words.yaml]\n"
                + "profile: {base: summary, name: desk, limits: {ttfo: {at_most: 5 s}}}\n\(more)\n")
        let output = try await CommandLineTool.run(
            "run", "\(workplace.path)/suite.yaml", "--db", workplace.database, "--no-calibrate")
        for simulator in simulators { await simulator.shutdown() }
        try #require(output.status == 0, "\(output.standardError)")
        return try workplace.read("out/small.html")
    }

    private func data(_ page: String) throws -> JSONValue {
        let start = try #require(page.range(of: "id=\"data\">"))
        let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
        return try JSONValue(parsing: String(page[start.upperBound..<end.lowerBound]))
    }

    @Test func `the page of a run names the pick, the gate's verdict and the ladder`() async throws {
        let page = try await page("gate:\n  - accuracy: {at_least: 0.5}\n  - failed: {at_most: 0}")
        let data = try data(page)
        let pick = try #require(data["choice"]?.array?.first?["pick"]?.string)
        #expect(pick == "m@f16" || pick == "m@q8_0")
        #expect(page.contains("<p class=\"kicker\">For desk, on this machine, one request at a time</p>"))
        #expect(page.contains("These numbers are simulated: no model was measured."))
        #expect(page.contains("<span class=\"chip fail\">") && page.contains("gate failed</span>"))
        #expect(page.contains("By the suite’s 2 rules against m@f16, m@q8_0 passes and m@q2_k fails."))
        #expect(data["gate"]?["verdict"] == .string("fail"))
        #expect(page.contains("<h2>Quality breaks at q2_k</h2>") && page.contains("href=\"#ladder\""))
        #expect(data["ladders"]?.array?.first?["breaksAt"] == .string("m@q2_k"))
        // The same database gives the same page.
        let again = try await CommandLineTool.run(
            "report", "--db", workplace.database, "-o", "\(workplace.path)/again.html")
        #expect(again.status == 0, "\(again.standardError)")
        #expect(try workplace.read("again.html") == page)
    }

    @Test func `the choice on the page is the choice of poise choose`() async throws {
        let page = try await page("", loads: "load: [1, 2]\n")
        let choices = try #require(try data(page)["choice"]?.array)
        #expect(choices.count == 2)
        for (load, choice) in zip(["1", "2"], choices) {
            let output = try await CommandLineTool.run(
                "choose", "--db", workplace.database, "--load", load, "--format", "json")
            let chosen = try JSONValue(parsing: output.standardOutput)
            #expect(chosen["pick"] == choice["pick"] && chosen["outcome"] == choice["outcome"])
            let shares = [chosen, choice].map { $0["candidates"]?.array?.map { $0["pickShare"]?.number ?? 0 } }
            #expect(shares[0] == shares[1])
        }
        #expect(page.contains("With 2 requests in flight: ") || page.contains("<p class=\"verdict\">With 2 requests"))
        #expect(!page.contains("class=\"gate\""))
        #expect(try data(page)["gate"] == .null)
    }

    @Test func `rules that compare with no baseline give no verdict, and say why`() async throws {
        let first = try await page("gate:\n  - accuracy: {at_least: 0.5}")
        #expect(first.contains("gate failed"))
        // As a run of before the suite's own check of its rules left it.
        try workplace.change(
            "UPDATE run SET plan = replace(replace(plan, '\"baseline\":\"m@f16\"', '\"baseline\":null'), "
                + "'{\"absolute\":{\"_0\":0.5}}', '{\"nonInferior\":{\"by\":0.5}}')")
        let output = try await CommandLineTool.run(
            "report", "--db", workplace.database, "-o", "\(workplace.path)/none.html")
        #expect(output.status == 0, "\(output.standardError)")
        let page = try workplace.read("none.html")
        #expect(page.contains("gate not judged</span>"), "\(page.prefix(0))")
        #expect(page.contains("compares with a baseline, and none is named"))
        #expect(!page.contains("gate passed"))
    }
}
