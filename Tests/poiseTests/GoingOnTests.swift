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
        for (words, suite, run) in [
            ([], nil, nil), (["s.yaml"], "s.yaml", nil), (["2026"], nil, "2026"),
            (["s.yaml", "2026"], "s.yaml", "2026"),
            (["2026", "s.yaml"], "s.yaml", "2026"),
        ] as [([String], String?, String?)] {
            let parts = try ResumeOptions.parts(of: words, isResumed: true)
            #expect(parts.suite == suite && parts.run == run)
        }
        let suite = try ResumeOptions.parts(of: ["s.yml"], isResumed: false).suite
        #expect(suite == "s.yml")
    }

    @Test(arguments: [
        (["a", "b"], true, false, false), (["a.yaml", "b.yaml"], true, false, false), (["2026"], true, false, true),
        ([], false, false, false), (["s.yaml", "2026"], false, false, false), (["s.yaml"], false, true, false),
        (["s.yaml"], false, false, true),
    ])
    func `what cannot be meant is wrong usage`(words: [String], isResumed: Bool, retries: Bool, forks: Bool) {
        #expect(throws: (any Error).self) {
            _ = try ResumeOptions.parts(of: words, isResumed: isResumed, retriesFailed: retries, forks: forks)
        }
    }
}
