import Foundation
import PoiseSimulator

/// A run as people make them.
enum PlainFixture {
    private static let words = (1...12).map { (prompt: "word \($0)", right: "word \($0)") }
    private static let sums = (1...10).map {
        (prompt: "What is \($0) + \(2 * $0)?", right: "\($0) + \(2 * $0) = \(3 * $0)")
    }
    private static let texts = ["shells", "lists", "trees", "hashes", "queues", "heaps"].map { subject in
        (
            prompt: "Explain \(subject) in a few sentences, with an example.",
            right: """
            ## About \(subject)

            **First**, a thing of that kind has a shape; *second*, it has a use:

            ```swift
            let \(subject) = [1, 2, 3].map { $0 * 2 }  // a comment that is long enough to need a frame of its own
            print(\(subject))
            ```

            - one
            - two, with `code` in it
            """
        )
    }

    private static let candidates = [
        FixtureCandidate(model: "finch-1b", quantization: "f16", gap: .milliseconds(3), isRight: { $0 % 4 != 0 }),
        FixtureCandidate(model: "finch-1b", quantization: "q8_0", gap: .milliseconds(2), isRight: { $0 % 4 != 1 }),
        FixtureCandidate(model: "finch-1b", quantization: "q4_0", gap: .microseconds(1200), isRight: { $0 % 2 == 0 }),
        FixtureCandidate(model: "wren-3b", quantization: "f16", gap: .milliseconds(6), isRight: { $0 % 12 != 5 }),
        FixtureCandidate(model: "wren-3b", quantization: "q4_0", gap: .milliseconds(3), isRight: { $0 % 5 != 2 }),
        FixtureCandidate(model: "owl-thinks", gap: .milliseconds(2), thinking: 14, isRight: { $0 % 9 != 3 }),
        FixtureCandidate(
            model: "a-model-with-quite-a-long-name-7b-instruct", quantization: "iq4_nl", gap: .milliseconds(4),
            isRight: { $0 % 3 != 0 },
            faults: SimulatorFaults([
                .init(.status(400), on: .requests(4, 9)), .init(.close(afterChunks: 2), on: .requests(12)),
            ])),
    ]

    static func make() async throws -> Workplace {
        let workplace = try Workplace()
        try write(words, "words", "check: exact", in: workplace)
        try write(sums, "sums", "check: number\n    extract: last_number", in: workplace)
        try write(texts, "prose", "check: exact\n  - rubric: verdict", in: workplace)
        try workplace.write(
            "verdict.yaml",
            """
            name: verdict
            criteria:
              - name: right
                judge: Is the response right?
                levels:
                  C: {worth: 1, when: It is.}
                  I: {worth: 0, when: It is not.}
            """)
        var simulators: [Simulator] = []
        for candidate in candidates { simulators.append(try await candidate.start(words + sums + texts)) }
        var judge = SimulatorConfiguration()
        judge.schedule.answer = .text("It says what the reference says, and no more.\nGRADE: C")
        judge.faults = SimulatorFaults([.init(.status(400), on: .requests(3, 7))])
        let arbiter = try await Simulator.start(judge)
        try workplace.write("suite.yaml", suite(zip(candidates, simulators).map { ($0, $1.baseURL) }, arbiter.baseURL))
        try await PageFixture.run("\(workplace.path)/suite.yaml", in: workplace, as: "plain")
        for simulator in simulators + [arbiter] { await simulator.shutdown() }
        return workplace
    }

    private static func write(
        _ samples: [(prompt: String, right: String)], _ name: String, _ grader: String, in workplace: Workplace
    ) throws {
        let lines = samples.enumerated().map { place, sample in
            let (input, target) = (BrowserPage.quoted(sample.prompt), BrowserPage.quoted(sample.right))
            return "{\"id\": \"\(name)-\(place + 1)\", \"input\": \(input), \"target\": \(target)}"
        }
        try workplace.write("\(name).jsonl", lines.joined(separator: "\n"))
        try workplace.write(
            "\(name).yaml",
            """
            name: \(name)
            title: Questions about \(name)
            samples: \(name).jsonl
            prompt: "{input}"
            graders:
              - \(grader)
            """)
    }

    private static func suite(_ endpoints: [(FixtureCandidate, url: String)], _ judge: String) -> String {
        let candidates = endpoints.map { candidate, url in
            """
              - model: \(candidate.model)
            \(candidate.quantization.map { "    quantization: \($0)\n" } ?? "")    endpoint: {base_url: "\(url)"}
            """
        }
        return """
            name: birds
            description: Three birds at several quantizations, one of them thinking, on words, sums and prose.
            candidates:
            \(candidates.joined(separator: "\n"))
            judges: [{model: arbiter, endpoint: {base_url: "\(judge)"}}]
            tasks: [words.yaml, sums.yaml, prose.yaml]
            load: [1, 4]
            warmup: 1
            profile: chat
            baseline: finch-1b@f16
            gate:
              - accuracy: {non_inferior_by: 0.05}
              - failed: {at_most: 0}
            """
    }
}
