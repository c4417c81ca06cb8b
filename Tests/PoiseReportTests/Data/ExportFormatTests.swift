import PoiseCore
import Testing

@testable import PoiseReport

struct ExportFormatTests {
    private func text(_ format: ExportFormat, _ trials: [StoredTrial]) -> String {
        format.opening
            + trials.enumerated().map { index, trial in
                let own = trial.response == nil ? ForeignTrial() : ForeignPoints.own
                return format.text(of: trial, as: own, isFirst: index == 0)
            }.joined() + format.ending
    }

    @Test func `a trial is this line`() {
        #expect(
            text(ExportFormat(.jsonl, .own(withTimeline: true)), [ForeignPoints.completed]) == """
                {"run": "r", "candidate": "tiny@q4_0", "model": "tiny", "quantization": "q4_0", "task": "add", \
                "sample": "add-1", "epoch": 1, "load": "5/s", "round": 2, "status": "completed", "score": 1, \
                "ttft": 10, "ttfo": 20, "latency": 50, "decodeTPS": 50, "outputTokens": 3, \
                "promptTokens": 20, "charactersPerSecond": 100, "response": "4, \\"four\\"", \
                "queueDelay": 2.5, "scheduled": 1000, "timeToDone": 62.5, "attempts": 1, "tpot": 20, \
                "endToEndTPS": 60, "prefillTPS": 1600, "thinkingShare": 0.3333333333333333, \
                "outputTokensSource": "usage", "cachedTokens": 4, "finishReason": "length", "isStreamed": true, \
                "failureKind": null, "cachedFrom": null, "connect": null, "firstByte": null, "at": [1.5, 10, 20, 50, 60, 60], \
                "kind": ["role", "reasoning", "answer", "answer", "usage", "done"], \
                "characters": [0, 4, 2, 3, 0, 0], "tokens": [null, 1, null, null, null, null], \
                "isCoalesced": [false, false, false, true, false, true]}

                """)
    }

    @Test func `a failed trial has its reason and no numbers`() throws {
        let line = text(ExportFormat(.jsonl, .own(withTimeline: true)), [ForeignPoints.failed])
        let record = try JSONValue(parsing: line)
        #expect(record["status"]?.string == "failed" && record["failureKind"]?.string == "timedOut")
        for name in ["ttft", "latency", "decodeTPS", "outputTokens", "response", "scheduled", "at", "score"] {
            #expect(record[name] == .null)
        }
        #expect(line.split(separator: "\n").count == 1)
    }

    @Test func `a list is JSON with none, one and two trials`() throws {
        let format = ExportFormat(.json, .own(withTimeline: false))
        for count in 0...2 {
            let trials = Array([ForeignPoints.completed, ForeignPoints.failed].prefix(count))
            #expect(try JSONValue(parsing: text(format, trials)).array?.count == count)
        }
    }

    @Test(arguments: [
        ExportFormat.Content.own(withTimeline: false), .own(withTimeline: true), .foreign(.vllm), .foreign(.aiperf),
        .foreign(.guidellm), .foreign(.llmperf),
    ])
    func `a table has as many fields in every line as in its header`(_ content: ExportFormat.Content) {
        let lines = text(ExportFormat(.csv, content), [ForeignPoints.completed, ForeignPoints.failed])
        let records = fields(lines)
        #expect(records.count == 3)
        #expect(Set(records.map(\.count)).count == 1)
        #expect(records.first?.contains("candidate") == true && records[1].contains("tiny@q4_0"))
        #expect(Set(records[0]).count == records[0].count)
    }

    /// A reader of RFC 4180 for the test.
    private func fields(_ text: String) -> [[String]] {
        var records: [[String]] = [[""]]
        var isQuoted = false
        for character in text.unicodeScalars {
            switch (character, isQuoted) {
            case ("\"", _): isQuoted.toggle()
            case (",", false): records[records.count - 1].append("")
            case ("\n", false): records.append([""])
            default: records[records.count - 1][records[records.count - 1].count - 1].unicodeScalars.append(character)
            }
        }
        return records.dropLast()
    }
}
