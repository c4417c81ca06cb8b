import Foundation
import Testing

@testable import PoiseCore

@Suite struct PlanFileTests {
    private func plan(_ candidates: [String], rounds: Int = 1, loads: [Load] = [1], comment: String = "") -> Plan {
        Plan(
            name: "s", description: nil,
            candidates: candidates.map { name in
                Candidate(
                    id: name, model: name, quantization: nil,
                    serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: name)),
                    sampling: SamplingSettings(temperature: 0.1))
            },
            tasks: [
                EvaluationTask(
                    name: "t", graders: [],
                    samples: (0..<5).map { Sample(id: "s\($0)", input: .text("\($0)"), target: []) },
                    prompt: .text("{input}"))
            ],
            loads: loads, rounds: rounds, epochs: 2, warmup: 1, seed: 7, baseline: nil,
            source: Plan.Source(path: "suite.yaml", text: "name: s\(comment)", digests: ["suite.yaml": "1\(comment)"]))
    }

    private func file(_ plan: Plan, by grain: Plan.Grain = .round, shards: Int) -> PlanFile {
        PlanFile(
            plan, by: grain, shards: shards, graders: ["t": ["exact": "3f9a"]], poiseVersion: "1.0.0",
            plannedAt: "2026-11-22T10:00:00.000Z")
    }

    @Test func `cells stand round by round, as one machine would run them`() {
        let cells = plan(["a", "b"], rounds: 2).cells(by: .round)
        #expect(cells.map(\.description) == ["a, round 1", "b, round 1", "a, round 2", "b, round 2"])
        #expect(
            plan(["a"], rounds: 2, loads: [1, 4]).cells(by: .load).map(\.description)
                == ["a, round 1, load 1", "a, round 1, load 4", "a, round 2, load 1", "a, round 2, load 4"])
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 12, 36])
    func `every cell is in one shard, and shards differ by one cell at most`(shards: Int) {
        let plan = plan(["a", "b", "c", "d"], rounds: 9)
        let file = file(plan, shards: shards)
        #expect(file.places.map(\.cell) == plan.cells(by: .round))
        let sizes = (0..<shards).map { shard in file.places.count { $0.shard == shard } }
        #expect(sizes.reduce(0, +) == 36)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(sizes)")
    }

    @Test(arguments: [3, 4, 6, 12])
    func `rounds of a candidate go to different shards where there are as many`(shards: Int) {
        let file = file(plan(["a", "b", "c", "d"], rounds: 3), shards: shards)
        for candidate in ["a", "b", "c", "d"] {
            let own = file.places.filter { $0.cell.candidate == candidate }.map(\.shard)
            #expect(Set(own).count == 3, "\(candidate): \(own)")
        }
    }

    @Test func `no more shards are made than there are cells`() {
        #expect(file(plan(["a", "b"]), shards: 40).shards == 2)
    }

    @Test func `a share has its own cells and trials, and the shares together all of them`() {
        let plan = plan(["a", "b", "c"], rounds: 2, loads: [1, 2])
        #expect(plan.trialCount == 3 * 2 * 2 * 10)
        for grain in Plan.Grain.allCases {
            let file = file(plan, by: grain, shards: 4)
            let shares = (0..<4).map(file.share)
            #expect(shares.reduce(0) { $0 + $1.trialCount } == plan.trialCount)
            #expect(shares.allSatisfy { $0.whole == plan })
            for candidate in ["a", "b", "c"] {
                for round in 1...2 {
                    let loads = shares.flatMap { $0.loads(of: candidate, round: round) }
                    #expect(loads.sorted() == [1, 2], "\(grain) \(candidate) \(round)")
                }
            }
        }
    }

    @Test func `what is written is read again, whole and in one way`() throws {
        let file = file(plan(["a", "b"], rounds: 3, loads: [1, .rate(perSecond: 0.1, arrivals: .poisson)]), shards: 4)
        let data = try file.encoded()
        let read = try JSONDecoder().decode(PlanFile.self, from: data)
        #expect(read == file)
        #expect(read.ownDigest == file.digest)
        #expect(try read.encoded() == data)
    }

    @Test func `the digest is that of what is asked, not of when, where and with which comments`() {
        let one = file(plan(["a"]), shards: 1)
        let later = PlanFile(
            plan(["a"], comment: "  # more").located(at: "/elsewhere/suite.yaml"), by: .round, shards: 1,
            graders: one.graders, poiseVersion: "2.0.0", plannedAt: "later")
        #expect(later.digest == one.digest)
        #expect(file(plan(["b"]), shards: 1).digest != one.digest)
        #expect(file(plan(["a"], rounds: 2), shards: 1).digest != one.digest)
        #expect(file(plan(["a"], rounds: 2), shards: 1).digest != file(plan(["a"], rounds: 2), shards: 2).digest)
        let regraded = PlanFile(
            plan(["a"]), by: .round, shards: 1, graders: ["t": ["exact": "0000"]], poiseVersion: "1.0.0", plannedAt: "")
        #expect(regraded.digest != one.digest)
    }

    @Test func `a share is unfinished where a level has less than was planned and nothing ended it`() {
        let share = file(plan(["a", "b"], rounds: 2), shards: 2).share(of: 0)
        let levels = share.cells?.map { LevelKey(candidate: $0.candidate, load: 1, round: $0.round) } ?? []
        #expect(levels.count == 2)
        var work = FinishedWork()
        #expect(Set(work.unfinishedLevels(of: share)) == Set(levels))
        var whole = FinishedLevel()
        whole.finished = Set(
            (0..<5).flatMap { sample in
                (1...2).map { FinishedLevel.Item(task: "t", sample: "s\(sample)", epoch: $0) }
            })
        work.levels[levels[0]] = whole
        #expect(work.unfinishedLevels(of: share) == [levels[1]])
        // One that failed was asked all the same.
        var failed = whole
        failed.failed = Set(failed.finished.prefix(1))
        failed.finished.subtract(failed.failed)
        work.levels[levels[1]] = failed
        #expect(work.unfinishedLevels(of: share).isEmpty)
        var stopped = FinishedLevel()
        stopped.stop = .time
        work.levels[levels[1]] = stopped
        #expect(work.unfinishedLevels(of: share).isEmpty)
    }
}
