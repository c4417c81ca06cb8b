import PoiseCore
import Testing

@testable import PoiseStatistics

struct LadderAnalysisTests {
    private typealias Make = ComparedCandidates

    private func file(_ bytes: Int64) -> ModelFileFacts {
        ModelFileFacts(
            path: "", name: nil, architecture: "llama", parameters: 1000, fileType: "", bytes: bytes, sha256: "",
            contextLength: nil, templateSHA256: nil)
    }

    /// 100 samples, of which the reference has 90 right and the rung loses so many and gains so many.
    private func rung(_ quantization: String, lost: Int, gained: Int = 0) -> MeasuredCandidate {
        let scores = Make.scores(kept: 90 - lost, gained: gained, lost: lost, missed: 10 - gained)
        return Make.make(quantization, Make.trials(sorted(scores).candidate), peakMemory: 5000)
    }

    /// Right ones of the base first, so that the same sample means the same in every rung.
    private func sorted(_ scores: (base: [Double?], candidate: [Double?])) -> (base: [Double?], candidate: [Double?]) {
        let pairs = zip(scores.base, scores.candidate).sorted { ($0.0 ?? 0) > ($1.0 ?? 0) }
        return (pairs.map(\.0), pairs.map(\.1))
    }

    private var rungs: [MeasuredCandidate] {
        [rung("q4_0", lost: 4, gained: 2), rung("f16", lost: 0), rung("tq2_0", lost: 60), rung("q8_0", lost: 1)]
    }

    private let files: [(String, Int64)] = [("m@f16", 2000), ("m@q8_0", 1063), ("m@q4_0", 576), ("m@tq2_0", 278)]

    private func analysis(_ rungs: [MeasuredCandidate]? = nil) -> LadderAnalysis {
        LadderAnalysis(
            rungs ?? self.rungs,
            files: Dictionary(files.map { ($0.0, file($0.1)) }, uniquingKeysWith: { first, _ in first }),
            resamples: 200, seed: 3)
    }

    @Test func `rungs go down by the size of their files, and quality breaks at the first that is surely worse`() throws
    {
        let ladder = try #require(analysis().ladder(reference: "m@f16"))
        #expect(ladder.rungs.map(\.candidate) == ["m@f16", "m@q8_0", "m@q4_0", "m@tq2_0"])
        #expect(ladder.rungs.map(\.bitsPerWeight) == [16, 8.504, 4.608, 2.224])
        #expect(ladder.rungs.map(\.isSurelyWorse) == [false, false, false, true])
        #expect(ladder.breaksAt == "m@tq2_0")
        let last = try #require(ladder.rungs.last)
        #expect(last.accuracy == 0.3 && last.n == 100 && last.peakMemory == 5000)
        #expect(abs((last.change?.accuracy?.difference ?? 0) + 0.6) < 1e-12)
        #expect(last.change?.flips.lost == 60 && ladder.rungs[0].change == nil && ladder.rungs[0].adjustedP == nil)
        #expect(ladder.rungs[2].change?.flips.agreement?.count == 94)
    }

    @Test func `a margin moves the break to where the loss is surely larger than it`() throws {
        #expect(analysis().ladder(reference: "m@f16", margin: 0.4)?.breaksAt == "m@tq2_0")
        let wide = try #require(analysis().ladder(reference: "m@f16", margin: 0.55))
        #expect(wide.breaksAt == nil && wide.margin == 0.55)
        // A rung that surely loses less than the margin has nothing against it.
        #expect(wide.rungs[1].adjustedP == 1)
        // A gain is no break, however sure.
        let gains = analysis([rung("f16", lost: 60), rung("q8_0", lost: 0)])
        let up = try #require(gains.ladder(reference: "m@f16"))
        #expect(up.breaksAt == nil && up.rungs[1].adjustedP.map { $0 < 0.001 } == true)
    }

    @Test func `where nothing breaks, the smallest loss that would have been seen is said`() throws {
        let ladder = try #require(
            analysis(rungs.filter { $0.candidate != "m@tq2_0" }).ladder(reference: "m@f16"))
        #expect(ladder.breaksAt == nil)
        let loss = try #require(ladder.smallestLoss)
        #expect(loss > 0.03 && loss < 0.25)
        // To see it beyond a margin takes that much more.
        let beyond = try #require(
            analysis(rungs.filter { $0.candidate != "m@tq2_0" }).ladder(reference: "m@f16", margin: 0.1)?.smallestLoss)
        #expect(beyond > 0.1 && beyond > loss)
    }

    @Test func `the baseline is the reference where it is of the model, else the most precise`() throws {
        #expect(analysis().reference(baseline: "m@q8_0") == "m@q8_0")
        #expect(analysis().reference(baseline: "other@f16") == "m@f16")
        #expect(analysis().reference(baseline: nil) == "m@f16")
        let ladder = try #require(analysis().ladder(reference: "m@q8_0"))
        #expect(ladder.rungs.map(\.candidate).first == "m@f16" && ladder.rungs[0].change != nil)
        #expect(ladder.rungs[1].change == nil && ladder.breaksAt == "m@tq2_0")
        #expect(analysis().ladder(reference: "m@q3") == nil)
    }

    @Test func `without files the bits in the names decide, and names without bits come last`() {
        func entries(_ quantizations: String...) -> [LadderAnalysis.Entry] {
            quantizations.map { LadderAnalysis.Entry(candidate: "m@\($0)", quantization: $0, measured: nil) }
        }
        #expect(
            LadderAnalysis.ordered(entries("q4_k_m", "awq", "bf16", "int8"), files: [:]).compactMap(\.quantization)
                == ["bf16", "int8", "q4_k_m", "awq"])
        // One file that is not known makes the others' sizes useless.
        #expect(
            LadderAnalysis.ordered(entries("q4_0", "bf16"), files: ["m@q4_0": file(1)])
                .compactMap(\.quantization) == ["bf16", "q4_0"])
    }

    @Test(arguments: [
        ("f16", 16.0), ("bf16", 16), ("q4_k_m", 4), ("iq2_xxs", 2), ("tq2_0", 2), ("awq-int4", 4), ("w4a16", 4),
        ("FP8", 8), ("mxfp4", 4), ("8bit", 8),
    ])
    func `bits are the first number of a name`(_ name: String, bits: Double) {
        #expect(QuantizationName.bits(name) == bits)
    }

    @Test(arguments: ["awq", "", "q0", "v2026", "٤bit"])
    func `a name without bits has none`(_ name: String) {
        #expect(QuantizationName.bits(name) == nil)
    }

    @Test func `a divergence stands on the rung that it is of`() throws {
        let divergence = Divergence(
            candidate: "m@q4_0", reference: "m@f16", load: 1, samples: 10, tokens: 100, meanKL: 0.02, meanKLLow: 0.01,
            meanKLHigh: 0.03, sameTop: 0.97, sameTopLow: 0.95, sameTopHigh: 0.99, top: 20)
        var other = divergence
        (other.candidate, other.reference) = ("m@q8_0", "m@q4_0")
        let ladder = try #require(analysis().ladder(reference: "m@f16", divergences: [other, divergence]))
        #expect(ladder.rungs.map(\.divergence) == [nil, nil, divergence, nil])
    }

    @Test func `a rung without scores or trials stays in the ladder, and nothing is claimed of it`() throws {
        let silent = Make.make("q5_0", Make.trials(Array(repeating: nil, count: 100)))
        let analysis = LadderAnalysis(
            [rung("f16", lost: 0), rung("q8_0", lost: 1), silent],
            unmeasured: [("m@q6_k", "q6_k"), ("m@f32", "f32")], files: [:], resamples: 200, seed: 3)
        // What was not measured is no reference, also where it is the baseline.
        #expect(analysis.reference(baseline: "m@f32") == "m@f16" && analysis.ladder(reference: "m@f32") == nil)
        let ladder = try #require(analysis.ladder(reference: "m@f16"))
        #expect(ladder.rungs.map(\.quantization) == ["f32", "f16", "q8_0", "q6_k", "q5_0"])
        #expect(ladder.rungs.map(\.isHeld) == [false, false, true, false, false])
        #expect(ladder.unheld.map(\.candidate) == ["m@f32", "m@q6_k", "m@q5_0"])
        #expect(ladder.rungs[0].change == nil && ladder.rungs[3].n == 0 && ladder.rungs[3].accuracy == nil)
        // Of those that were held: one test, as if the others were not there.
        let alone = LadderAnalysis(
            [rung("f16", lost: 0), rung("q8_0", lost: 1)], files: [:], resamples: 200, seed: 3)
        #expect(ladder.smallestLoss != nil)
        #expect(ladder.smallestLoss == alone.ladder(reference: "m@f16")?.smallestLoss)
        #expect(
            analysis.ladder(reference: "m@f16", margin: 0.1)?.smallestLoss
                == alone.ladder(reference: "m@f16", margin: 0.1)?.smallestLoss)
    }

    @Test func `with a margin, tasks that other versions graded count for no p-value and no smallest loss`() throws {
        func both(_ quantization: String, _ graded: [Double?], _ others: [Double?], version: String)
            -> MeasuredCandidate
        {
            Make.make(
                quantization, Make.trials(graded) + Make.trials(others, task: "u"),
                circumstances: Make.circumstances { $0.graders["u"] = ["exact \(version)"] })
        }
        let scores = sorted(Make.scores(kept: 85, gained: 2, lost: 5, missed: 8))
        let (right, wrong) = ([Double?](repeating: 1, count: 200), [Double?](repeating: 0, count: 200))
        let regraded = LadderAnalysis(
            [both("f16", scores.base, right, version: "1"), both("q4_0", scores.candidate, wrong, version: "2")],
            files: [:], resamples: 200, seed: 3)
        let alone = LadderAnalysis(
            [Make.make("f16", Make.trials(scores.base)), Make.make("q4_0", Make.trials(scores.candidate))],
            files: [:], resamples: 200, seed: 3)
        for margin in [nil, 0.02] {
            let one = try #require(regraded.ladder(reference: "m@f16", margin: margin))
            let other = try #require(alone.ladder(reference: "m@f16", margin: margin))
            #expect(one.breaksAt == nil && one.rungs[1].adjustedP == other.rungs[1].adjustedP)
            #expect(one.smallestLoss == other.smallestLoss && one.smallestLoss != nil)
        }
    }

    @Test func `the tasks that were chosen stand in the ladder`() {
        #expect(analysis().ladder(reference: "m@f16")?.tasks == nil)
        #expect(analysis().ladder(reference: "m@f16", tasks: ["t"])?.tasks == ["t"])
    }
}
