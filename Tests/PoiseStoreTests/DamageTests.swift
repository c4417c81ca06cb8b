import Foundation
import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct DamageTests {
    private let folder: TemporaryFolder
    private let run = Fixture.run()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func store(trials: Int = 1) async throws -> RunStore {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(run, plan: Fixture.plan)
        try await store.record((1...trials).map { Fixture.trial(Fixture.key(sample: "s\($0)")) }, in: run.id)
        return store
    }

    /// Puts a value of another kind where the table's declaration forbids it, as a flipped bit would.
    private func spoil(_ store: RunStore, _ sql: String, table: String = "trial") async throws {
        try await store.pool.database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON")
            try db.execute(
                sql: """
                    UPDATE sqlite_master
                    SET sql = replace(replace(replace(sql, 'IS NOT NULL', 'NOTNULL'), ') STRICT', ')'), 'NOT NULL', '')
                    WHERE name = ?
                    """, arguments: [table])
            try db.execute(sql: "PRAGMA writable_schema = RESET")
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.execute(sql: sql)
        }
    }

    @Test(arguments: [
        "candidate = NULL", "task = x'00ff'", "load = 'never'", "round = 'one'", "status = NULL", "epoch = NULL",
        "queueDelay = 'x'", "timeToDone = 1e300", "attempts = 9000000000000000000", "isWarmup = 'x'", "ttft = x'01'",
    ])
    func `a value that cannot be is an error, never the end of the process`(change: String) async throws {
        let store = try await store(trials: 2)
        try await spoil(store, "UPDATE trial SET \(change) WHERE id = 1")
        let readings: [@Sendable () async throws -> Void] = [
            { _ = try await store.observations(of: run.id) }, { _ = try await store.trialColumns(of: run.id) },
            { _ = try await store.responseFacts(of: run.id) }, { _ = try await store.responses(of: run.id) },
            { try await store.trials(of: run.id) { _ in } }, { _ = try await store.levels(of: run.id) },
            { _ = try await store.trialGroups(of: run.id) }, { _ = try await store.sampleTallies(of: run.id, at: 1) },
            { _ = try await store.answers(of: run.id) }, { _ = try await store.texts(of: [1, 2]) },
            { _ = try await store.versions(of: run.id) },
        ]
        var refused = 0
        for reading in readings {
            do { try await reading() } catch is any ExplainedError { refused += 1 }
        }
        // Some of them look elsewhere, or leave out a row that does not count; none of them throws what is not explained.
        #expect(refused < readings.count)
    }

    @Test func `a number that a server made up does not keep the rest from being read`() async throws {
        let store = try await store(trials: 2)
        try await store.pool.write { db in
            try db.execute(
                sql: "UPDATE trial SET outputTokens = 9223372036854775807, promptTokens = 9223372036854775807")
        }
        #expect(try await store.observations(of: run.id).map(\.outputTokens) == [nil, nil])
        #expect(try await store.responseFacts(of: run.id)["a"]?.responses == 2)
    }

    @Test func `a sound database has no problems, quick or not`() async throws {
        let store = try await store(trials: 5)
        #expect(try await store.integrityProblems(isQuick: true) == [])
        #expect(try await store.integrityProblems(isQuick: false) == [])
    }

    @Test func `problems are named with run and trial`() async throws {
        let store = try await store(trials: 3)
        try await store.pool.database.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA foreign_keys = OFF;
                    UPDATE trial SET timeline = x'0101' WHERE id = 2;
                    UPDATE trial SET report = '{' WHERE id = 3;
                    INSERT INTO score (trial, position, grader, value) VALUES (99, 0, 'exact', 1);
                    UPDATE run SET plan = '{}';
                    PRAGMA foreign_keys = ON;
                    """)
        }
        let problems = try await store.integrityProblems(isQuick: false)
        #expect(problems.count == 4)
        #expect(problems[0].contains(run.id))
        #expect(problems[1].contains("score") && problems[1].contains("trial"))
        #expect(problems[2].contains("trial 2 of run \(run.id)"))
        #expect(problems[3].contains("trial 3 of run \(run.id)"))
        #expect(try await store.integrityProblems(isQuick: true).count == 1)
    }

    /// The sources themselves are asked: GRDB's subscripts end the process where a value is of another kind.
    @Test func `columns are read by what throws, in every file`() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/PoiseStore")
        let files = try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
        #expect(files.count > 20)
        for file in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let found = text.components(separatedBy: "\n").filter { $0.contains(/\b(row|newest|ends)\??\[("|\d)/) }
            #expect(found.isEmpty, "\(file.lastPathComponent)")
        }
    }
}
