import Foundation
import GRDB
import PoiseCore
import PoiseStore

@testable import poise

/// A folder with shards of one plan, written as a run writes them, there for one test.
final class ShardPlace: Sendable {
    let path: String
    let file: PlanFile

    static let machine = MachineFacts(processor: "Test CPU", cores: 2, memory: 1 << 34, system: "Test OS", gpus: [])
    static let other = MachineFacts(processor: "Other CPU", cores: 8, memory: 1 << 36, system: "Test OS", gpus: [])

    init(shards: Int = 3, rounds: Int = 2, loads: [Load] = [1], by grain: Plan.Grain = .round) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(path)/shards", withIntermediateDirectories: true)
        let plan = MeasuredRuns.plan(candidates: ["x", "y", "z"], samples: 8, loads: loads, rounds: rounds)
        file = PlanFile(
            plan, by: grain, shards: shards, graders: ["t": ["exact": "1"]], poiseVersion: poiseVersion, plannedAt: "")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var folder: String { "\(path)/shards" }
    var output: String { "\(path)/all.sqlite" }

    /// `shard-00000-of-00003.sqlite`
    func name(_ shard: Int, partial: String? = nil) -> String {
        func five(_ number: Int) -> String { String(String(100_000 + number).dropFirst()) }
        return "\(folder)/shard-\(five(shard))-of-\(five(file.shards))\(partial.map { ".partial-\($0)" } ?? "").sqlite"
    }

    func session(_ shards: [String]? = nil, output: String? = nil) -> MergeSession {
        MergeSession(shards: shards ?? [folder], output: output ?? self.output, command: "poise merge shards")
    }

    /// One share as one machine ran it.
    struct Work {
        var machine = ShardPlace.machine
        var node: String?
        var host = "host-a"
        /// Seconds after the first that it began.
        var began = 0
        var minutes = 10
        var status = RunRecord.Status.done
        /// Of each level; nil for all.
        var trials: Int?
        var sha = "aa"
        /// Added to every answer, to tell who measured.
        var mark = ""
        var problems: [(candidate: String, reason: String)] = []
    }

    /// - Returns: its path.
    @discardableResult
    func write(_ shard: Int, _ work: Work = Work(), at path: String? = nil, of plan: PlanFile? = nil) async throws
        -> String
    {
        let plan = plan ?? file
        let path = path ?? name(shard)
        try await write(
            plan.share(of: shard), to: path, work, planned: RunStore.Planned(plan, shard: shard), shard: shard)
        return path
    }

    /// The same trials by one machine in one run of no plan.
    func writeWhole(to path: String) async throws {
        try await write(file.plan, to: path, Work(), planned: nil, shard: nil)
    }

    private func write(
        _ plan: Plan, to path: String, _ work: Work, planned: RunStore.Planned?, shard: Int?
    ) async throws {
        let began = Self.time(work.began)
        let run = RunRecord(
            id: RunRecord.id(of: plan.name, startedAt: began), suite: plan.name, startedAt: began, endedAt: nil,
            status: .running, seed: plan.seed, machine: work.machine, poiseVersion: poiseVersion, command: "poise run")
        let store = try RunStore(path: path, creating: true) { _ in }
        try await store.begin(run, plan: plan)
        if let planned, let shard {
            try await store.record(planned, of: run.id)
            try await store.record(
                RunStore.Stint(
                    number: 1, shard: shard, host: work.host, node: work.node, machine: work.machine, calibration: nil,
                    startedAt: began, poiseVersion: poiseVersion, command: "poise run"), of: run.id)
        }
        var trials: [Trial] = []
        var clock = 100.0
        for round in 1...plan.rounds {
            for candidate in plan.candidates {
                let loads = plan.loads(of: candidate.id, round: round)
                if loads.isEmpty { continue }
                try await store.record(
                    Self.engine(work.sha, round: round), candidate: candidate.id, round: round, in: run.id)
                for load in loads {
                    for sample in plan.tasks[0].samples.prefix(work.trials ?? .max) {
                        let key = TrialKey(
                            candidate: candidate.id, task: "t", sample: sample.id, epoch: 1, load: load, round: round)
                        trials.append(Self.trial(key, at: clock, work.mark))
                        clock += 200
                    }
                }
            }
        }
        try await store.record(trials, in: run.id, stint: shard == nil ? nil : 1)
        let end = Self.time(work.began + work.minutes * 60)
        try await store.end(run: run.id, status: work.status, at: end, problems: work.problems)
        if planned == nil { try await ReportAssembly.analyse(run, in: store) }
    }

    private static func time(_ seconds: Int) -> String {
        Timestamp.text(of: Date(timeIntervalSince1970: 1_795_000_000 + Double(seconds)))
    }

    private static func engine(_ sha: String, round: Int) -> EngineFacts {
        EngineFacts(
            engine: "llama.cpp", build: "b1", arguments: [], loadTime: 10, peakMemory: 1000 + Int64(round),
            modelFile: ModelFileFacts(
                path: "/models/m.gguf", name: nil, architecture: "llama", parameters: 1, fileType: "F16", bytes: 1,
                sha256: sha, contextLength: nil, templateSHA256: nil))
    }

    /// The same for one key, whoever measures it.
    private static func trial(_ key: TrialKey, at scheduled: Double, _ mark: String) -> Trial {
        let seed = "\(key.candidate)\(key.sample)\(key.round)\(key.load)".utf8.reduce(7) { ($0 * 31 + Int($1)) % 997 }
        let gap = 900 + seed * 3 + (key.candidate == "x" ? 400 : 0)
        let timeline = Timeline(
            connect: .microseconds(80), firstByte: .microseconds(Int64(3000 + seed)),
            chunks: (0..<12).map {
                Timeline.Chunk(microseconds: Int64(4000 + seed + $0 * gap), kind: .answer, characters: 3)
            })
        var report = ServerReport()
        report.completionTokens = 12
        let response = Response(answer: "\(seed)\(mark)", finishReason: "stop", report: report, timeline: timeline)
        return Trial(
            key: key,
            attempts: [
                Attempt(
                    request: "{}", outcome: .failed(RequestFailure(kind: .serverError, message: "busy"))),
                Attempt(request: #"{"model":"m"}"#, outcome: .responded(response)),
            ], scheduled: .milliseconds(scheduled), timeToDone: .milliseconds(100), queueDelay: .milliseconds(1),
            scores: [
                GraderScore(
                    grader: "exact", score: .scored(value: Double(seed % 2), answer: "\(seed)", explanation: ""),
                    version: "1")
            ])
    }

    func rows(_ sql: String, of path: String? = nil) throws -> [Row] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path ?? output, configuration: configuration)
            .read { try Row.fetchAll($0, sql: sql) }
    }

    /// Every file beside the shards, with its bytes.
    func contents() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)"))) })
    }

    /// What lies beside the output.
    func files() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: path)) }
}
