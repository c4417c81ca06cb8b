import Foundation
import GRDB
import PoiseCore
import PoiseReport
import PoiseStore
import Testing

@testable import poise

@Suite struct MergeSessionTests {
    /// Everything of a trial that a reader sees, without what only numbers it.
    private static let trials = """
        SELECT candidate, task, sample, epoch, load, round, score, ttft, ttfo, latency, decodeTPS, outputTokens,
            charactersPerSecond, response FROM trialMetric ORDER BY candidate, load, round, sample
        """

    @Test func `shards say what one machine's run says, trial by trial and point by point`() async throws {
        let place = try ShardPlace(loads: [1, 4])
        for shard in 0..<3 { try await place.write(shard, .init(host: "host-\(shard)", began: shard * 60)) }
        let alone = "\(place.path)/alone.sqlite"
        try await place.writeWhole(to: alone)
        let summary = try await place.session().run()
        #expect(summary.runs.map(\.trials) == [96] && summary.runs.map(\.nodes) == [3])
        #expect(try place.rows(Self.trials) == place.rows(Self.trials, of: alone))
        let points = """
            SELECT candidate, load, n, unscored, accuracy, accuracyLow, accuracyHigh, decodeTPS, decodeTPSLow,
                decodeTPSHigh, onFront, frontProbability FROM frontPoint ORDER BY candidate, load
            """
        #expect(try place.rows(points).count == 6)
        #expect(try place.rows(points) == place.rows(points, of: alone))
        for table in ["score", "failedAttempt", "engine"] {
            let count = "SELECT count(*) FROM \(table)"
            #expect(try place.rows(count) == place.rows(count, of: alone), "\(table)")
        }
        let store = try RunStore(path: place.output, creating: false) { _ in }
        #expect(try await store.integrityProblems(isQuick: false) == [])
        let run = try await store.run(nil)
        #expect(run.status == .done && run.command == "poise merge shards")
        #expect(try await store.plan(of: run.id) == place.file.plan)
    }

    @Test func `each trial keeps its machine, and its place on the run's clock`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard, .init(host: "host-\(shard)", began: shard * 60)) }
        _ = try await place.session().run()
        let hosts = try place.rows(
            """
            SELECT trial.candidate, trial.round, stint.host, stint.shard, min(scheduled) AS first, count(*) AS trials
            FROM trial JOIN stint ON stint.run = trial.run AND stint.number = trial.stint
            GROUP BY trial.candidate, trial.round
            """)
        #expect(hosts.count == 6)
        for row in hosts {
            let cell = PlanCell(candidate: row["candidate"], round: row["round"])
            let shard = try #require(place.file.places.first { $0.cell == cell }?.shard)
            #expect(row["shard"] == shard && row["host"] == "host-\(shard)" && row["trials"] == 8)
        }
        // Shards began a minute apart, and each began with its first cell.
        let firsts = try place.rows("SELECT stint, min(scheduled) AS first FROM trial GROUP BY stint ORDER BY stint")
        #expect(firsts.map { $0["first"] as Double } == [100, 60_100, 120_100])
    }

    @Test func `shards are left as they are, without a file beside them`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard) }
        let before = try place.contents()
        #expect(before.count == 3)
        _ = try await place.session().run()
        #expect(try place.contents() == before)
        #expect(try place.files() == ["shards", "all.sqlite"])
        let mode = try FileManager.default.attributesOfItem(atPath: place.output)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `the order of the files changes nothing`() async throws {
        let place = try ShardPlace()
        var paths: [String] = []
        for shard in 0..<3 { paths.append(try await place.write(shard, .init(began: 60 - shard))) }
        paths.append(try await place.write(0, .init(host: "twin", began: 90), at: "\(place.path)/again.sqlite"))
        _ = try await place.session(paths).run()
        let second = "\(place.path)/second.sqlite"
        _ = try await place.session(paths.reversed() + [place.folder], output: second).run()
        for table in ["run", "candidate", "trial", "score", "failedAttempt", "engine", "stint", "planned", "point"] {
            let all = "SELECT rowid, * FROM \(table) ORDER BY rowid"
            #expect(try place.rows(all) == place.rows(all, of: second), "\(table)")
        }
    }

    @Test func `of doubles the one that ended first is taken, whole`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard) }
        try await place.write(
            1, .init(host: "cut off", began: 5, mark: "!"),
            at: "\(place.path)/shards/shard-00001-of-00003.partial-9.sqlite")
        // Beside a whole shard of the same folder nobody needs it; named, it is the later of two.
        let named = [place.folder, "\(place.folder)/shard-00001-of-00003.partial-9.sqlite"]
        let summary = try await place.session(named).run()
        #expect(summary.runs.map(\.doubles) == [2] && summary.runs.map(\.trials) == [48])
        #expect(try place.rows("SELECT 1 FROM trial WHERE response LIKE '%!'").isEmpty)
        #expect(
            try place.rows("SELECT host FROM stint").map { $0["host"] as String }
                == Array(repeating: "host-a", count: 3))
    }

    @Test func `what is missing is listed, and with --partial said in the run`() async throws {
        let place = try ShardPlace()
        try await place.write(0)
        try await place.write(1, .init(status: .interrupted, trials: 5), at: place.name(1, partial: "1"))
        let cells = place.file.places.filter { $0.shard > 0 }
        let failure = await #expect(throws: MergeFailure.self) { try await place.session().run() }
        guard case .gaps(let lines, let shards) = failure else { return #expect(Bool(false)) }
        #expect(shards == [1, 2])
        #expect(
            lines
                == cells.sorted { $0.shard < $1.shard }.map {
                    "shard \($0.shard)/3: \($0.cell): "
                        + ($0.shard == 1 ? "partial: 5 of 8 trials; it was interrupted" : "nothing is there")
                })
        #expect(try place.files() == ["shards"])
        var session = place.session()
        session.isPartial = true
        let summary = try await session.run()
        #expect(summary.missing.count == 4 && summary.runs.map(\.status) == ["incomplete"])
        #expect(summary.runs.map(\.trials) == [26])
        let problems = try place.rows("SELECT reason FROM problem").map { $0["reason"] as String }
        #expect(problems.count == 4)
        #expect(problems.contains { $0.hasSuffix("of shard 1/3 partial: 5 of 8 trials; it was interrupted") })
        #expect(problems.contains { $0.hasSuffix("of shard 2/3 nothing is there") })
        let store = try RunStore(path: place.output, creating: false) { _ in }
        let content = try await ReportAssembly.content(of: [try await store.run(nil)], in: store)
        #expect(content.warnings.filter { $0.contains("was not run to its end") }.count == 4)
    }

    @Test func `kinds of machine have fronts of their own, or one where they are pooled`() async throws {
        let place = try ShardPlace()
        try await place.write(0, .init(machine: ShardPlace.other))
        for shard in 1..<3 { try await place.write(shard) }
        let summary = try await place.session().run()
        #expect(summary.runs.map(\.machine) == [ShardPlace.machine.summary, ShardPlace.other.summary])
        #expect(summary.runs.map(\.cells) == [4, 2])
        let store = try RunStore(path: place.output, creating: false) { _ in }
        let records = try await store.runs()
        #expect(try await store.run(nil).id == summary.runs[0].run)
        let content = try await ReportAssembly.content(of: records, in: store)
        #expect(content.otherMachines.count == 1)
        #expect(try place.rows("SELECT DISTINCT run FROM point").count == 2)
        var session = place.session(output: "\(place.path)/pooled.sqlite")
        session.isPooled = true
        let pooled = try await session.run()
        #expect(pooled.runs.count == 1 && pooled.runs[0].trials == 48)
        let other = try RunStore(path: session.output, creating: false) { _ in }
        let run = try await other.run(nil)
        #expect(run.machine.pooled?.count == 2)
        let said = try await ReportAssembly.content(of: [run], in: other).warnings
        #expect(said.contains { $0.contains("because --pool was given") })
    }

    @Test func `other weights are refused with who had them`() async throws {
        let place = try ShardPlace(shards: 2)
        try await place.write(0, .init(node: "n1"))
        try await place.write(1, .init(node: "n2", sha: "bb"))
        let failure = await #expect(throws: MergeFailure.self) { try await place.session().run() }
        guard case .conflicts(let lines) = failure else { return #expect(Bool(false)) }
        #expect(lines.contains("x: the model file's SHA-256 was aa and is bb (shard 0 on n1; shard 1 on n2)"))
        #expect(try place.files() == ["shards"])
    }

    @Test func `shards of another plan are refused with what differs`() async throws {
        let place = try ShardPlace()
        for shard in 0..<2 { try await place.write(shard) }
        let other = PlanFile(
            MeasuredRuns.plan(candidates: ["x", "y", "z"], samples: 8, rounds: 2, temperature: 0.7), by: .round,
            shards: 3, graders: place.file.graders, poiseVersion: poiseVersion, plannedAt: "")
        try await place.write(2, at: place.name(2), of: other)
        let failure = await #expect(throws: MergeFailure.self) { try await place.session().run() }
        guard case .otherPlans(let lines) = failure else { return #expect(Bool(false)) }
        let name = other.digest.prefix(12)
        #expect(lines[0] == "plan \(place.file.digest.prefix(12)): \(place.name(0)), \(place.name(1))")
        #expect(lines[1] == "plan \(name): \(place.name(2))")
        #expect(lines.contains("\(name): candidate x: sampling.temperature was not set and is 0.7"))
    }

    @Test func `what is no shard is named`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard) }
        func failure(_ path: String) async -> MergeFailure? {
            await #expect(throws: MergeFailure.self) { try await place.session([path, place.folder]).run() }
        }
        let text = "\(place.path)/text.sqlite"
        try Data(repeating: 65, count: 9000).write(to: URL(fileURLWithPath: text))
        #expect(await failure(text) == .noShard(path: text, reason: "it is no database"))
        let alone = "\(place.path)/alone.sqlite"
        try await place.writeWhole(to: alone)
        #expect(await failure(alone) == .noShard(path: alone, reason: "its run was not made from a plan"))
        let old = "\(place.path)/old.sqlite"
        try FileManager.default.copyItem(atPath: place.name(0), toPath: old)
        try await DatabaseQueue(path: old).write { db in
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '8:%'")
        }
        #expect(await failure(old) == .older(path: old, schema: "7: load shortfalls"))
        try await DatabaseQueue(path: old).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('8: plans, shards'), ('99: later')")
        }
        #expect(await failure(old) == .newer(path: old, schema: "99: later"))
        #expect(await failure("\(place.path)/nowhere") == .missing(path: "\(place.path)/nowhere"))
        let empty = "\(place.path)/empty"
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        #expect(await failure(empty) == .noShards(path: empty))
        _ = try await place.session().run()
        let again = await #expect(throws: MergeFailure.self) {
            try await place.session([place.output, place.folder], output: "\(place.path)/new.sqlite").run()
        }
        #expect(again == .noShard(path: place.output, reason: "it is what a merge made"))
    }

    @Test func `a damaged shard is named, and nothing is left`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard) }
        var data = try Data(contentsOf: URL(fileURLWithPath: place.name(1)))
        // Every page but those of the schema.
        let first = 4096 * 4
        data.replaceSubrange(first..., with: Data(repeating: 0xAB, count: data.count - first))
        try data.write(to: URL(fileURLWithPath: place.name(1)))
        let failure = await #expect(throws: MergeFailure.self) { try await place.session().run() }
        #expect(failure?.place == place.name(1))
        #expect(try place.files() == ["shards"])
    }

    @Test func `an output that is there stays, unless it is this very merge or is to be replaced`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard) }
        let first = try await place.session().run()
        let before = try Data(contentsOf: URL(fileURLWithPath: place.output))
        #expect(try await place.session().run() == first)
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.output)) == before)
        // One shard was run again elsewhere.
        try await place.write(2, .init(host: "new", began: 30), at: "\(place.path)/new.sqlite")
        try FileManager.default.removeItem(atPath: place.name(2))
        try FileManager.default.moveItem(atPath: "\(place.path)/new.sqlite", toPath: place.name(2))
        let failure = await #expect(throws: MergeFailure.self) { try await place.session().run() }
        #expect(failure == .exists(path: place.output))
        var session = place.session()
        session.replaces = true
        // What was there may have had a log that nobody has read yet.
        try Data(repeating: 1, count: 100).write(to: URL(fileURLWithPath: place.output + "-wal"))
        _ = try await session.run()
        // Before it is read, which makes files beside it.
        #expect(try place.files() == ["shards", "all.sqlite"])
        #expect(try place.rows("SELECT host FROM stint ORDER BY shard").last?["host"] == "new")
        let shard = await #expect(throws: MergeFailure.self) {
            try await place.session(output: place.name(0)).run()
        }
        #expect(shard == .isShard(path: place.name(0)))
    }

    @Test func `loads of one candidate and round may come from several shards`() async throws {
        let place = try ShardPlace(shards: 4, rounds: 1, loads: [1, 4], by: .load)
        for shard in 0..<4 { try await place.write(shard, .init(began: shard)) }
        let summary = try await place.session().run()
        #expect(summary.runs.map(\.cells) == [6] && summary.runs.map(\.trials) == [48])
        #expect(try place.rows("SELECT * FROM engine").count == 3)
        #expect(try place.rows("SELECT DISTINCT candidate, load FROM point").count == 6)
    }
}
