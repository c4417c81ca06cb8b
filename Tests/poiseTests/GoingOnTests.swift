import PoiseCore
import Testing

@testable import poise

@Suite struct GoingOnTests {
    @Test func `the command is what has to be typed, and no more`() {
        #expect(GoingOn.command(run: "r", database: "Results/poise.sqlite") == "poise run --resume r")
        #expect(
            GoingOn.command(run: "r", database: "out/a.sqlite", retrying: true, isUnsafe: true)
                == "poise run --resume r --retry-errors --unsafe-no-sandbox --db out/a.sqlite")
    }

    @Test func `a path that means something to a shell is quoted`() {
        #expect(GoingOn.quoted("a b/it's $HOME.sqlite") == #"'a b/it'\''s $HOME.sqlite'"#)
        #expect(GoingOn.quoted("") == "''")
        #expect(GoingOn.quoted("/tmp/a-b_c.sqlite") == "/tmp/a-b_c.sqlite")
    }

    @Test func `what failed is offered where something did`() {
        var work = FinishedWork()
        var level = FinishedLevel()
        level.finished = [FinishedLevel.Item(task: "t", sample: "1", epoch: 1)]
        work.levels[LevelKey(candidate: "a", load: 1, round: 1)] = level
        let text = { GoingOn.advice(run: "r", database: "d", isUnsafe: false, finished: work, planned: 5) }
        #expect(text() == "to go on: poise run --resume r --db d   (1 of 5 trials are kept)")
        level.failed = [FinishedLevel.Item(task: "t", sample: "2", epoch: 1)]
        work.levels[LevelKey(candidate: "a", load: 1, round: 1)] = level
        #expect(text().hasSuffix("with --retry-errors what failed is asked again too: 1 trial"))
    }

    @Test func `a suite and a run are told apart, whichever comes first`() throws {
        var options = try ResumeOptions.parse(["--resume"])
        for (words, suite, run) in [
            ([], nil, nil), (["s.yaml"], "s.yaml", nil), (["2026"], nil, "2026"),
            (["s.yaml", "2026"], "s.yaml", "2026"),
            (["2026", "s.yaml"], "s.yaml", "2026"),
        ] as [([String], String?, String?)] {
            let parts = try options.parts(of: words)
            #expect(parts.suite == suite && parts.run == run)
        }
        #expect(throws: (any Error).self) { try options.parts(of: ["a", "b"]) }
        #expect(throws: (any Error).self) { try options.parts(of: ["a.yaml", "b.yaml"]) }
        options = try ResumeOptions.parse(["--resume", "--fork"])
        #expect(throws: (any Error).self) { try options.parts(of: ["2026"]) }
        options = try ResumeOptions.parse([])
        #expect(try options.parts(of: ["s.yml"]).suite == "s.yml")
        #expect(throws: (any Error).self) { try options.parts(of: []) }
        #expect(throws: (any Error).self) { try options.parts(of: ["s.yaml", "2026"]) }
        options = try ResumeOptions.parse(["--retry-errors"])
        #expect(throws: (any Error).self) { try options.parts(of: ["s.yaml"]) }
    }
}
