import PoiseCore

@testable import PoiseStore

/// Shards as values, of a plan of two candidates in two rounds at two loads: four cells of four trials each.
enum MergeFixture {
    static let file = PlanFile(
        Fixture.plan, by: .round, shards: 2, graders: ["add": ["number": "v1"]], poiseVersion: "0.1.0", plannedAt: "")
    static let other = MachineFacts(processor: "Other CPU", cores: 8, memory: 1 << 34, system: "Test OS")

    static func cells(of shard: Int, in file: PlanFile = file) -> [PlanCell] {
        file.places.filter { $0.shard == shard }.map(\.cell)
    }

    static func work(trials: Int = 4, stints: Set<Int> = [1], ungraded: Int = 0) -> Shard.Work {
        var work = Shard.Work()
        (work.rows, work.trials, work.ungraded, work.stints) = (trials, trials, ungraded, stints)
        work.isComplete = trials >= 4 && ungraded == 0
        return work
    }

    static func stint(
        _ number: Int = 1, of shard: Int, on machine: MachineFacts = Fixture.machine, host: String = "host-a",
        version: String = "0.1.0", calibration: Calibration? = nil, at time: String = "2026-11-21T07:14:13.000Z"
    ) -> RunStore.Stint {
        RunStore.Stint(
            number: number, shard: shard, host: host, node: nil, machine: machine, calibration: calibration,
            startedAt: time, poiseVersion: version, command: "poise run")
    }

    static func shard(
        _ number: Int, path: String? = nil, on machine: MachineFacts = Fixture.machine, host: String = "host-a",
        trials: [Int] = [], status: RunRecord.Status = .done, startedAt: String = "2026-11-21T07:14:13.000Z",
        endedAt: String? = "2026-11-21T08:00:00.000Z", stints: [RunStore.Stint]? = nil,
        engine: EngineFacts? = nil, problems: [Shard.Problem] = [], file: PlanFile = file
    ) -> Shard {
        let cells = cells(of: number, in: file)
        var work: [PlanCell: Shard.Work] = [:]
        for (index, cell) in cells.enumerated() {
            let count = index < trials.count ? trials[index] : 4
            if count > 0 { work[cell] = self.work(trials: count) }
        }
        let engines = engine.map { engine in
            Dictionary(
                uniqueKeysWithValues: cells.map { (Shard.Pass(candidate: $0.candidate, round: $0.round), engine) })
        }
        return Shard(
            path: path ?? "shard-\(number).sqlite", number: number,
            record: RunRecord(
                id: "run-\(number)-\(startedAt)", suite: "test", startedAt: startedAt, endedAt: endedAt, status: status,
                seed: 7, machine: machine, poiseVersion: "0.1.0", command: "poise run"),
            cells: cells, stints: stints ?? [stint(of: number, on: machine, host: host)], work: work,
            engines: engines ?? [:], problems: problems)
    }

    static func set(_ shards: [Shard], file: PlanFile = file) -> ShardSet {
        ShardSet(plan: file.plan, planned: RunStore.Planned(file, shard: nil), shards: shards)
    }

    static func merge(_ shards: [Shard], isPartial: Bool = false, isPooled: Bool = false) throws -> Merge {
        try Merge(set(shards), isPartial: isPartial, isPooled: isPooled, command: "poise merge")
    }
}
