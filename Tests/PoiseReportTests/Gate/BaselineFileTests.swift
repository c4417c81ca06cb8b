import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct BaselineFileTests {
    private static func measured(load: Load = 1, samples: Int = 5) -> MeasuredCandidate {
        let observations = (0..<samples).flatMap { sample in
            (1...2).map { round in
                let hasFailed = sample == 3
                return Observation(
                    candidate: "m@f16", task: sample < 2 ? "add" : "sort", sample: "s\(sample)", load: load,
                    round: round, score: hasFailed ? nil : sample == 0 ? 1.0 / 3 : 1, ttft: hasFailed ? nil : 5.1234,
                    ttfo: nil, latency: hasFailed ? nil : 12.5, decodeTPS: hasFailed ? nil : 1600,
                    decodedTokens: hasFailed ? nil : 8, decodeSpan: hasFailed ? nil : 5, queueDelay: 0.25,
                    scheduled: 100, ended: 112.7, outputTokens: hasFailed ? nil : 9, epoch: 1, promptTokens: 20,
                    charactersPerSecond: hasFailed ? nil : 321, isLengthCapped: hasFailed ? nil : false,
                    answer: hasFailed ? nil : "answer \(sample)", hasFailed: hasFailed)
            }
        }
        return MeasuredCandidate(
            candidate: "m@f16", model: "m", quantization: "f16", run: "r1", load: load,
            circumstances: Circumstances(
                machine: "m", machineSummary: "Machine \"M\"", engine: "llama.cpp",
                engineArguments: ["--threads", "1"],
                sampling: SamplingSettings(temperature: 0, maxTokens: 96), prompts: ["add": "p1"],
                graders: ["add": ["number 1"], "sort": ["exact 2"]], rounds: 2, poiseVersion: "0.1", startedAt: "now"),
            samples: [
                "add": ["s0": "d0", "s1": "d1"], "sort": ["s2": "d2", "s3": "d3", "s4": "d4"],
            ], observations: observations, peakMemory: 1_000_000)
    }

    private static func text() throws -> String {
        try #require(BaselineFile([measured(load: 4), measured(load: 1)])).text
    }

    private func failure(_ text: String) -> String {
        let error = #expect(throws: BaselineFile.Failure.self) {
            try BaselineFile(parsing: Data(text.utf8), path: "b.json")
        }
        #expect(error?.errorDescription?.hasPrefix("b.json: the baseline cannot be read: ") == true)
        return error?.what ?? ""
    }

    @Test func `what is written is read back, and written again it is the same bytes`() throws {
        let text = try Self.text()
        let file = try BaselineFile(parsing: Data(text.utf8), path: "b.json")
        #expect(file.text == text)
        #expect(file.loads.map(\.load) == [1, 4])
        let read = try #require(file.loads.first)
        let own = Self.measured()
        #expect(read.circumstances == own.circumstances)
        #expect(read.samples == own.samples)
        #expect(read.peakMemory == own.peakMemory)
        #expect(read.observations.count == own.observations.count)
        let (one, other) = (try #require(read.observations.first), try #require(own.observations.first))
        #expect(one.score == other.score)
        #expect(one.ttft == 5.123)
        #expect(one.ttfo == nil)
        #expect(one.decodeTPS == 1600)
        #expect(one.ended == 112.7)
        #expect(one.answer == AnswerDigest.of("answer 0"))
        #expect(read.observations.count(where: \.hasFailed) == 2)
    }

    @Test func `it is one line a sample, ends in a line feed, and does not depend on the order of trials`() throws {
        let text = try Self.text()
        #expect(text.hasSuffix("}\n"))
        #expect(text.split(separator: "\n").count { $0.hasPrefix("[\"") } == 10)
        var shuffled = Self.measured(load: 1)
        shuffled.observations.reverse()
        #expect(try #require(BaselineFile([shuffled, Self.measured(load: 4)])).text == text)
    }

    @Test func `457 samples of three rounds stay small`() throws {
        let line = try #require(try Self.text().split(separator: "\n").first { $0.hasPrefix("[\"") })
        // Two rounds a line here; real times have a few digits more.
        #expect(line.utf8.count * 457 * 3 / 2 < 200_000)
    }

    @Test func `nothing measured, and two candidates, are no baseline`() {
        var empty = Self.measured()
        empty.observations = []
        var other = Self.measured(load: 4)
        other.candidate = "m@q8_0"
        #expect(BaselineFile([]) == nil)
        #expect(BaselineFile([empty]) == nil)
        #expect(BaselineFile([Self.measured(), other]) == nil)
    }

    @Test func `a newer format is refused`() throws {
        let text = try Self.text().replacingOccurrences(of: "\"poiseBaseline\": 1", with: "\"poiseBaseline\": 2")
        #expect(failure(text).hasSuffix("its format 2 is not known to this version of Poise"))
    }

    @Test(arguments: ["", "{", "[]", "null", "{}", "{\"verdict\": \"pass\"}"])
    func `what is no baseline is refused`(text: String) {
        #expect(!failure(text).isEmpty)
    }

    @Test(arguments: ["candidate", "run", "circumstances", "columns", "loads", "price", "peakMemory"])
    func `a missing key is named`(key: String) throws {
        let text = try Self.text().replacingOccurrences(of: "\"\(key)\":", with: "\"\(key)X\":")
        #expect(failure(text).contains("the file has no “\(key)”"))
    }

    @Test(arguments: [
        ("\"rounds\":2", "\"rounds\":\"two\""), ("[1,1,", "[0.5,1,"), ("0.3333333333333333", "1.5"),
        ("\"startedAt\":\"now\",", ""), ("\"s4\"", "\"s3\""), ("\"load\": 4", "\"load\": 1"),
        ("\"load\": 4", "\"load\": \"fast\""), ("[\"round\",", "[\"rounds\","), ("\"m@f16\"", "7"),
        (",null,1]", ",null,2]"),
    ])
    func `damaged values are refused`(from: String, to: String) throws {
        let text = try Self.text()
        let damaged = text.replacingOccurrences(of: from, with: to)
        try #require(damaged != text)
        #expect(!failure(damaged).isEmpty)
    }

    @Test func `a file that ends early is refused at every byte`() throws {
        let bytes = Data(try #require(BaselineFile([Self.measured(samples: 1)])).text.utf8)
        for count in stride(from: 0, to: bytes.count - 2, by: 7) {
            #expect(throws: BaselineFile.Failure.self) {
                try BaselineFile(parsing: Data(bytes.prefix(count)), path: "b.json")
            }
        }
    }
}
