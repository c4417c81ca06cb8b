import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct MergeTests {
    private static func engine(_ sha: String = "aa", device: String? = nil, build: String = "b1") -> EngineFacts {
        var details = EngineDetails()
        details.devices = device.map { [$0] }
        return EngineFacts(
            engine: "llama.cpp", build: build, arguments: [], loadTime: 1,
            modelFile: ModelFileFacts(
                path: "/models/x.gguf", name: nil, architecture: "llama", parameters: 1, fileType: "F16", bytes: 1,
                sha256: sha, contextLength: nil, templateSHA256: nil), details: details)
    }

    @Test func `one kind of machine is one run of the whole plan, named after its beginning`() throws {
        let merge = try MergeFixture.merge([
            MergeFixture.shard(
                1, host: "host-b", startedAt: "2026-11-21T07:14:12.500Z", endedAt: "2026-11-21T09:00:00.000Z"),
            MergeFixture.shard(0),
        ])
        let run = try #require(merge.runs.first)
        #expect(merge.runs.count == 1 && merge.isWhole)
        #expect(run.record.id == "20261121-071412-500-test")
        #expect(run.record.startedAt == "2026-11-21T07:14:12.500Z")
        #expect(run.record.endedAt == "2026-11-21T09:00:00.000Z")
        #expect(run.record.status == .done && run.problems.isEmpty && run.warnings.isEmpty)
        #expect(run.plan == Fixture.plan && run.plan.cells == nil)
        #expect(run.planned.shard == nil && run.planned.plan == MergeFixture.file.digest)
        #expect(run.trials == 16 && run.nodes == 2)
        #expect(run.stints.map(\.number) == [1, 2] && run.stints.map(\.host) == ["host-a", "host-b"])
        #expect(run.sources.map(\.shift) == [500, 0])
        #expect(run.sources.map(\.stints) == [[1: 1], [1: 2]])
        #expect(run.sources.map(\.isWhole) == [true, true])
    }

    @Test func `each kind of machine becomes a run of its own, the one with the most trials first`() throws {
        let file = PlanFile(
            Fixture.plan, by: .round, shards: 4, graders: [:], poiseVersion: "0.1.0", plannedAt: "")
        let shards = (0..<4).map {
            MergeFixture.shard($0, on: $0 == 0 ? MergeFixture.other : Fixture.machine, file: file)
        }
        let merge = try Merge(
            MergeFixture.set(shards, file: file), isPartial: false, isPooled: false, command: "poise merge")
        #expect(merge.runs.map(\.record.machine) == [Fixture.machine, MergeFixture.other])
        #expect(merge.runs.map(\.trials) == [12, 4])
        #expect(merge.runs.map(\.record.id) == ["20261121-071413-000-test", "20261121-071413-000-test-2"])
        #expect(merge.runs.map(\.record.startedAt) == Array(repeating: "2026-11-21T07:14:13.000Z", count: 2))
        let small = merge.runs[1]
        #expect(small.plan.cells == [file.places[0].cell])
        #expect(small.plan.candidates.map(\.id) == ["b@q4_0"])
        // The plan's baseline is the other candidate.
        #expect(small.plan.baseline == nil && merge.runs[0].plan.baseline == "a")
        #expect(merge.runs[0].plan.cells?.count == 3)
    }

    @Test func `pooled kinds are one run that says so`() throws {
        let merge = try MergeFixture.merge(
            [MergeFixture.shard(0, on: MergeFixture.other), MergeFixture.shard(1)], isPooled: true)
        let run = try #require(merge.runs.first)
        #expect(merge.runs.count == 1 && run.plan.cells == nil)
        #expect(Set(run.record.machine.pooled ?? []) == [Fixture.machine, MergeFixture.other])
        // Of one kind there is nothing to pool.
        let single = try MergeFixture.merge([MergeFixture.shard(0), MergeFixture.shard(1)], isPooled: true)
        #expect(single.runs[0].record.machine == Fixture.machine && single.runs[0].warnings.isEmpty)
    }

    @Test func `what is missing is listed and refused, or said of its candidates`() throws {
        let shards = [MergeFixture.shard(1)]
        let failure = #expect(throws: MergeFailure.self) { try MergeFixture.merge(shards) }
        let lines = MergeFixture.cells(of: 0).map { "shard 0/2: \($0): nothing is there" }
        #expect(failure == .gaps(lines, shards: [0]))
        let merge = try MergeFixture.merge(shards, isPartial: true)
        let run = try #require(merge.runs.first)
        #expect(!merge.isWhole && merge.missing == lines)
        #expect(run.record.status == .incomplete)
        #expect(
            run.problems
                == MergeFixture.cells(of: 0).map {
                    .init(
                        candidate: $0.candidate,
                        reason: "round \($0.round) is not all there: of shard 0/2 nothing is there")
                })
        #expect(throws: MergeFailure.self) { try MergeFixture.merge([], isPartial: true) }
    }

    @Test func `a candidate that is nowhere is not forgotten`() throws {
        let file = PlanFile(Fixture.plan, by: .round, shards: 4, graders: [:], poiseVersion: "0.1.0", plannedAt: "")
        let own = file.places.filter { $0.cell.candidate == "a" }.map { MergeFixture.shard($0.shard, file: file) }
        let merge = try Merge(
            MergeFixture.set(own, file: file), isPartial: true, isPooled: false, command: "poise merge")
        #expect(merge.runs[0].plan.candidates.map(\.id) == ["b@q4_0", "a"])
        #expect(merge.runs[0].problems.map(\.candidate) == ["b@q4_0", "b@q4_0"])
    }

    @Test func `other weights under one name are a conflict, on whatever machines`() throws {
        for machine in [Fixture.machine, MergeFixture.other] {
            let failure = #expect(throws: MergeFailure.self) {
                try MergeFixture.merge([
                    MergeFixture.shard(0, engine: Self.engine("aa")),
                    MergeFixture.shard(1, on: machine, host: "host-b", engine: Self.engine("bb")),
                ])
            }
            guard case .conflicts(let lines) = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
            #expect(
                lines.contains(
                    "a: the model file's SHA-256 was aa and is bb (shard 0 on host-a; shard 1 on host-b)")
                    || lines.contains(
                        "b@q4_0: the model file's SHA-256 was aa and is bb (shard 0 on host-a; shard 1 on host-b)")
            )
        }
    }

    @Test func `another device is a conflict on machines of one kind only`() throws {
        func merge(on machine: MachineFacts, isPooled: Bool) throws -> Merge {
            try MergeFixture.merge(
                [
                    MergeFixture.shard(0, engine: Self.engine(device: "CUDA0")),
                    MergeFixture.shard(1, on: machine, engine: Self.engine(device: "CPU")),
                ], isPooled: isPooled)
        }
        #expect(throws: MergeFailure.self) { try merge(on: Fixture.machine, isPooled: false) }
        #expect(try merge(on: MergeFixture.other, isPooled: false).runs.count == 2)
        #expect(try merge(on: MergeFixture.other, isPooled: true).runs.count == 1)
    }

    @Test func `another build or version is said, and no conflict`() throws {
        let newer = MergeFixture.stint(of: 1, version: "0.2.0")
        let merge = try MergeFixture.merge([
            MergeFixture.shard(0, engine: Self.engine()),
            MergeFixture.shard(1, stints: [newer], engine: Self.engine(build: "b2")),
        ])
        let said = merge.runs[0].warnings
        #expect(
            said.contains(
                .init(
                    candidate: RunStore.wholeRun,
                    reason: "its shards were made by Poise 0.1.0 (shard 0) and 0.2.0 (shard 1)")))
        #expect(said.contains { $0.reason == "the build was b1 and is b2" })
    }

    @Test func `a cell that went on on another kind of machine is refused, unless they are pooled`() throws {
        var shard = MergeFixture.shard(
            0, stints: [MergeFixture.stint(of: 0), MergeFixture.stint(2, of: 0, on: MergeFixture.other)])
        let cell = MergeFixture.cells(of: 0)[1]
        shard.work[cell]?.stints = [1, 2]
        let failure = #expect(throws: MergeFailure.self) {
            try MergeFixture.merge([shard, MergeFixture.shard(1)])
        }
        guard case .conflicts(let lines) = failure else { return #expect(Bool(false)) }
        #expect(lines.count == 1 && lines[0].hasPrefix("\(cell): a part was measured on "))
        #expect(try MergeFixture.merge([shard, MergeFixture.shard(1)], isPooled: true).runs.count == 1)
    }

    @Test func `scores by other graders are refused beside the plan's own`() throws {
        var graded = MergeFixture.shard(1)
        graded.grading = RunStore.Grading(gradedAt: "2026-11-22", suite: "new.yaml", digests: ["new.yaml": "1"])
        #expect(throws: MergeFailure.self) { try MergeFixture.merge([MergeFixture.shard(0), graded]) }
        var first = MergeFixture.shard(0)
        first.grading = RunStore.Grading(gradedAt: "2026-11-23", suite: "new.yaml", digests: ["new.yaml": "1"])
        #expect(try MergeFixture.merge([first, graded]).runs[0].grading == first.grading)
    }

    @Test func `problems of what is taken are kept, and those of what came from elsewhere are not`() throws {
        let cells = MergeFixture.cells(of: 0)
        let lost = Shard.Problem(candidate: cells[1].candidate, reason: "it does not answer")
        let broken = Shard.Problem(candidate: RunStore.wholeRun, reason: "the disk is full")
        let one = MergeFixture.shard(0, path: "one", trials: [4, 1], status: .incomplete, problems: [lost, broken])
        let two = MergeFixture.shard(0, path: "two", trials: [0, 4], status: .interrupted)
        let settled = try MergeFixture.merge([one, two, MergeFixture.shard(1)])
        #expect(settled.runs[0].problems.isEmpty && settled.runs[0].record.status == .done)
        let partial = try MergeFixture.merge([one, MergeFixture.shard(1)], isPartial: true)
        #expect(
            partial.runs[0].problems == [
                .init(
                    candidate: cells[1].candidate,
                    reason: "round \(cells[1].round) is not all there: of shard 0/2 partial: 1 of 4 trials;"
                        + " it does not answer"), lost,
                .init(candidate: RunStore.wholeRun, reason: "shard 0/2: the disk is full"),
            ])
        // A server that could not keep up is a finding of a whole shard.
        var overloaded = MergeFixture.shard(0, status: .incomplete, problems: [lost])
        overloaded.work[cells[1]]?.isOverloaded = true
        let whole = try MergeFixture.merge([overloaded, MergeFixture.shard(1)])
        #expect(whole.isWhole && whole.runs[0].problems == [lost] && whole.runs[0].record.status == .incomplete)
    }

    @Test func `the client's error is that of the machine where it was largest`() throws {
        func calibration(_ error: Double) -> Calibration {
            let errors = ErrorQuantiles(p50: error / 2, p99: error, max: error)
            return Calibration(
                machine: Fixture.machine.identity, measuredAt: "", poiseVersion: "0.1.0", isQuick: true,
                loads: [
                    LoadCalibration(
                        streams: 4, requests: 100, chunks: 100, ttftError: errors, chunkError: errors, cpuPerChunk: 1,
                        kernelShare: 0, serverLateness: errors)
                ])
        }
        let merge = try MergeFixture.merge([
            MergeFixture.shard(0, stints: [MergeFixture.stint(of: 0, calibration: calibration(0.1))]),
            MergeFixture.shard(1, stints: [MergeFixture.stint(of: 1, calibration: calibration(0.4))]),
        ])
        #expect(merge.runs[0].calibration == calibration(0.4))
        #expect(merge.runs[0].stints.map(\.calibration) == [calibration(0.1), calibration(0.4)])
    }

    @Test func `a stint in which nothing was measured that is taken is left out`() throws {
        let shard = MergeFixture.shard(
            1, stints: [MergeFixture.stint(of: 1, host: "gone"), MergeFixture.stint(2, of: 1, host: "host-b")])
        var later = shard
        for cell in MergeFixture.cells(of: 1) { later.work[cell]?.stints = [2] }
        let run = try MergeFixture.merge([MergeFixture.shard(0), later]).runs[0]
        #expect(run.stints.map(\.host) == ["host-a", "host-b"])
        #expect(run.sources[1].stints == [2: 2])
    }
}
