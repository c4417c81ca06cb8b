import PoiseCore
import Testing

@testable import PoiseStatistics

struct SequentialGateTests {
    private static let fractions = [0.25, 0.5, 0.75, 1.0]
    private static let rule = GateRule(.accuracy, .atLeast, .nonInferior(by: 0.05))

    private func cases(_ right: Int, against base: Int, of count: Int) -> [Gate.Case] {
        [
            Gate.Case(
                name: "c", load: 1,
                candidate: GateTests.measured("c", scores: GateTests.scores(right: right, of: count)),
                base: GateTests.measured("b", scores: GateTests.scores(right: base, of: count)), hasBaseline: true)
        ]
    }

    @Test func `a clear case is decided at the first look, and stays so`() throws {
        var gate = try #require(
            SequentialGate(rules: [Self.rule], fractions: Self.fractions, seed: 1, resamples: 200))
        let looked = gate.look(at: cases(10, against: 90, of: 100))
        let first = try #require(looked)
        #expect(first.isLast)
        #expect(first.results.map(\.verdict) == [.fail])
        #expect(first.level < 0.001)
        // Later data cannot take it back.
        let again = gate.look(at: cases(180, against: 180, of: 200))
        let second = try #require(again)
        #expect(second.results.map(\.verdict) == [.fail])
    }

    @Test func `an open case goes on to the last look`() throws {
        var gate = try #require(
            SequentialGate(rules: [Self.rule], fractions: Self.fractions, seed: 1, resamples: 200))
        var looks: [SequentialGate.Look] = []
        for count in [10, 20, 30, 40] {
            let look = gate.look(at: cases(count - 2, against: count - 2, of: count))
            looks.append(try #require(look))
        }
        #expect(looks.map(\.isLast) == [false, false, false, true])
        #expect(looks.map(\.decided) == [0, 0, 0, 0])
        #expect(looks.last?.results.map(\.verdict) == [.inconclusive])
        #expect(zip(looks, looks.dropFirst()).allSatisfy { $0.level < $1.level && $0.spent < $1.spent })
        let after = gate.look(at: [])
        #expect(after.map(\.number) == nil)
    }

    @Test func `numbers that still grow are not final before the end`() throws {
        var gate = try #require(
            SequentialGate(
                rules: [GateRule(.n, .atLeast, .absolute(30))], fractions: [0.5, 1], seed: 1, resamples: 200))
        let looked = gate.look(at: cases(20, against: 20, of: 20))
        let first = try #require(looked)
        #expect(!first.isLast)
        let again = gate.look(at: cases(40, against: 40, of: 40))
        let second = try #require(again)
        #expect(second.results.map(\.verdict) == [.pass])
    }

    @Test func `fractions that do not rise to 1 make no gate`() {
        let repeated = SequentialGate(rules: [], fractions: [0.5, 0.5, 1], seed: 1) != nil
        let unfinished = SequentialGate(rules: [], fractions: [0.5], seed: 1) != nil
        #expect(!repeated && !unfinished)
    }

    /// On the bound itself, the worst place: the shares of false passes and false fails over all looks.
    @Test(arguments: AlphaSpending.allCases)
    func `over all looks a verdict is false no more often than over one`(spending: AlphaSpending) throws {
        let levels = try #require(spending.levels(at: Self.fractions))
        var generator = SeededGenerator(seed: 7, stream: spending == .pocock ? 1 : 2)
        let (runs, perLook) = (3000, 100)
        var (passes, fails) = (0, 0)
        for _ in 0..<runs {
            var (kept, gained, lost, missed) = (0, 0, 0, 0)
            for level in levels {
                for _ in 0..<perLook {
                    // Of a base of 80%: 4% gained and 9% lost make −5 points.
                    switch generator.nextUnit() {
                    case ..<0.04: gained += 1
                    case ..<0.13: lost += 1
                    case ..<0.84: kept += 1
                    default: missed += 1
                    }
                }
                let counts = PairedCounts(kept: kept, gained: gained, lost: lost, missed: missed)
                let interval = try #require(counts.newcombe(confidence: 1 - 2 * level))
                if interval.low > -0.05 {
                    passes += 1
                    break
                }
                if interval.high < -0.05 {
                    fails += 1
                    break
                }
            }
        }
        // Each side is held at 2.5%; three standard errors of 3,000 runs are 0.9 points.
        #expect(Double(fails) / Double(runs) < 0.034, "\(fails)")
        #expect(Double(passes) / Double(runs) < 0.034, "\(passes)")
        #expect(fails + passes > 60, "the test spends what it may: \(fails), \(passes)")
    }
}
