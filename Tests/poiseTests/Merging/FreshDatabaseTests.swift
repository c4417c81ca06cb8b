import Foundation
import GRDB
import PoiseCore
import PoiseStore
import Testing

@testable import poise

@Suite struct FreshDatabaseTests {
    private func merge(in place: ShardPlace) async throws -> Merge {
        let shards = try await RunStore.shards(at: ShardFiles.found(at: [place.folder]))
        return try Merge(shards, isPartial: false, isPooled: false, command: "poise merge")
    }

    @Test func `a shard that changed since it was looked at is refused, and nothing is left`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard) }
        let merge = try await merge(in: place)
        try await DatabaseQueue(path: place.name(1)).write { try $0.execute(sql: "DELETE FROM trial WHERE id = 1") }
        let file = try FreshDatabase(for: place.output)
        #expect(throws: MergeFailure.changed(path: place.name(1))) { try file.write(merge) }
        #expect(try place.files().count == 2)
        file.discard()
        #expect(try place.files() == ["shards"])
    }

    @Test func `who interrupts it finds neither the output nor a part of it`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard) }
        let merge = try await merge(in: place)
        let file = try FreshDatabase(for: place.output)
        let writing = Task {
            try file.write(merge) { done, _ in
                // As Ctrl-C does, in the middle of it.
                if done == 1 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await writing.value }
        file.discard()
        #expect(try place.files() == ["shards"])
    }

    @Test func `an output where nothing can be written is told, with nothing read for it`() async throws {
        let place = try ShardPlace()
        try Data().write(to: URL(fileURLWithPath: "\(place.path)/file"))
        let failure = #expect(throws: MergeFailure.self) { try FreshDatabase(for: "\(place.path)/file/all.sqlite") }
        #expect(failure?.place == "\(place.path)/file/all.sqlite")
    }

    @Test func `an output that is a link is followed`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard) }
        _ = try await place.session().run()
        let link = "\(place.path)/link.sqlite"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: place.output)
        try Data().write(to: URL(fileURLWithPath: place.output))
        var session = place.session(output: link)
        session.replaces = true
        _ = try await session.run()
        #expect(try place.files() == ["shards", "link.sqlite", "all.sqlite"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == place.output)
        #expect(try place.rows("SELECT * FROM run").count == 1)
    }

    @Test func `a shard that went on says so in the merged run, on its clock`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard, .init(began: shard * 60)) }
        let store = try RunStore(path: place.name(1), creating: false) { _ in }
        let run = try await store.run(nil)
        let part = RunStore.Resumption(
            resumedAt: "2026-11-22T00:00:00.000Z", pause: 30, finished: 4, retried: 1, poiseVersion: poiseVersion,
            command: "poise run")
        for clock in [2, 5] { try await store.resume(run.id, as: part, clock: .seconds(clock)) }
        try await store.warn("the build was b0 and is b1", of: "x", in: run.id)
        try await store.end(run: run.id, status: .done, at: "2026-11-22T01:00:00.000Z", problems: [])
        _ = try await place.session().run()
        let rows = try place.rows("SELECT number, pause, clock FROM resumption ORDER BY number")
        #expect(rows.map { $0["number"] as Int } == [1, 2])
        #expect(rows.map { $0["clock"] as Double } == [62_000, 65_000])
        let merged = try await RunStore(path: place.output, creating: false) { _ in }.run(nil)
        #expect(merged.resumed == 2 && merged.paused == 60 && merged.status == .done)
        #expect(
            try place.rows("SELECT candidate, warning FROM partWarning").map { $0["warning"] as String }
                == ["the build was b0 and is b1"])
    }

    @Test func `chains, judgements and early ends come along with their trials`() async throws {
        let place = try ShardPlace()
        for shard in 0..<3 { try await place.write(shard, .init(began: shard * 60)) }
        let cell = try #require(place.file.places.first { $0.shard == 2 }?.cell)
        let other = try #require(place.file.places.first { $0.shard == 1 }?.cell)
        try await DatabaseQueue(path: place.name(2)).write { db in
            let run = try String.fetchOne(db, sql: "SELECT id FROM run")
            try db.execute(
                sql: """
                    INSERT INTO exchange (trial, number, turn, attempts, started, timeToDone, isStreamed, request, response,
                        report, timeline) VALUES (3, 1, 1, 1, 500, 100, 1, '{}', 'a', '{}', x'00');
                    INSERT INTO judgement (trial, position, criterion, judge, repetition, attempt, request, grade)
                        VALUES (3, 0, 'c', 'j', 1, 1, '{}', 'yes');
                    INSERT INTO grader (version, name, definition, poiseVersion) VALUES ('v', 'g', '{}', '1');
                    """)
            for place in [cell, other] {
                try db.execute(
                    sql: """
                        INSERT INTO levelStop (run, candidate, load, round, reason, asked, planned)
                        VALUES (?, ?, 1, ?, 'time', 8, 8)
                        """, arguments: [run, place.candidate, place.round])
            }
            try db.execute(sql: "INSERT INTO judge (run, id, definition) VALUES (?, 'j', '{}')", arguments: [run])
        }
        _ = try await place.session().run()
        let same = """
            SELECT trial.sample, trial.candidate, trial.round, exchange.started FROM exchange
            JOIN judgement ON judgement.trial = exchange.trial JOIN trial ON trial.id = exchange.trial
            """
        let row = try #require(try place.rows(same).first)
        let first = try #require(place.rows("SELECT * FROM trial WHERE id = 3", of: place.name(2)).first)
        for column in ["sample", "candidate", "round"] {
            let (here, there): (DatabaseValue, DatabaseValue) = (row[column], first[column])
            #expect(here == there)
        }
        // Its shard began two minutes after the run.
        #expect(row["started"] == 120_500.0)
        #expect(try place.rows("SELECT * FROM grader WHERE version = 'v'").count == 1)
        #expect(try place.rows("SELECT * FROM judge").count == 1)
        // What a shard says of a cell that is not its own is not taken.
        let stops = try place.rows("SELECT candidate, round FROM levelStop")
        #expect(stops.map { PlanCell(candidate: $0["candidate"], round: $0["round"]) } == [cell])
    }
}
