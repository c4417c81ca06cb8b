import PoiseCore

/// What a ladder says, as sentences.
struct LadderWords {
    let ladder: Ladder

    var heading: String {
        let tasks = ladder.tasks.map { "; \($0.count == 1 ? "task" : "tasks") \(Numbers.list($0)) alone" } ?? ""
        return "\(ladder.model) against \(ladder.reference); \(Wording.load(ladder.load))\(tasks); run \(ladder.run)."
    }

    /// Where quality breaks, or what it would have taken to see it break; and of which rungs nothing is claimed.
    var verdict: String {
        ([finding] + unheld).joined(separator: " ")
    }

    private var finding: String {
        if let rung = ladder.rungs.first(where: { $0.candidate == ladder.breaksAt }),
            let change = rung.change?.accuracy
        {
            let beyond = ladder.margin.map { ", surely more than \(Self.points($0)) points" } ?? ""
            return "\(ladder.model): quality breaks at \(name(rung)): "
                + "\(ComparisonWords.pointsWithInterval(change)), n = \(Numbers.count(change.n))\(beyond)."
        }
        let below = rungsBelow
        guard !below.isEmpty else {
            return "\(ladder.model): \(name(ladder.reference)) is the lowest rung; nothing stands below it."
        }
        let held = below.filter(\.isHeld)
        guard !held.isEmpty else {
            return "\(ladder.model): no rung below \(name(ladder.reference)) can be held against it in accuracy."
        }
        let who =
            held.count == below.count
            ? "no rung is"
            : held.count == 1 ? "\(name(held[0])) is not" : "none of \(Numbers.list(held.map(name))) is"
        let beyond = ladder.margin.map { " by more than \(Self.points($0)) points" } ?? ""
        let seen =
            ladder.smallestLoss.map {
                "; the smallest loss that \(held.count == 1 ? "it" : held.count == below.count ? "every rung" : "each") "
                    + "would have shown in 80% of such runs is \(Self.points($0)) points"
            } ?? "; too little was measured to say how small a loss would have been seen"
        return "\(ladder.model): \(who) surely worse than \(name(ladder.reference))\(beyond)\(seen)."
    }

    /// Rungs that cannot be held against the reference, with the reason, one sentence each reason.
    private var unheld: [String] {
        var byReason: [(reason: String, names: [String])] = []
        for rung in ladder.unheld {
            let reason = whyNotHeld(rung)
            if let place = byReason.firstIndex(where: { $0.reason == reason }) {
                byReason[place].names.append(name(rung))
            } else {
                byReason.append((reason, [name(rung)]))
            }
        }
        return byReason.map { reason, names in
            "\(Numbers.list(names)) cannot be held against \(name(ladder.reference)) in accuracy: \(reason)."
        }
    }

    func whyNotHeld(_ rung: LadderRung) -> String {
        guard let change = rung.change else { return "nothing was measured" }
        guard change.accuracy == nil, let words = comparisonWords else {
            return "one scored sample in common does not say how much a difference varies"
        }
        return words.whyNoAccuracy(change.counted)
    }

    private var rungsBelow: [LadderRung] {
        guard let place = ladder.rungs.firstIndex(where: { $0.candidate == ladder.reference }) else { return [] }
        return Array(ladder.rungs[(place + 1)...])
    }

    /// Circumstances that differ, and samples that are left out.
    var notes: [String] {
        guard let words = comparisonWords else { return [] }
        return DifferenceWords(words: words).sentences.map { "Note: \($0)" }
            + words.comparison.rows.compactMap(words.leftOut)
    }

    /// The same rungs as a comparison; nil where the reference is none of them.
    private var comparisonWords: ComparisonWords? {
        ladder.rungs.first { $0.candidate == ladder.reference }.map { reference in
            ComparisonWords(
                comparison: Comparison(
                    base: ComparedSide(
                        candidate: reference.candidate, model: ladder.model, quantization: reference.quantization,
                        run: ladder.run),
                    load: ladder.load, tasks: ladder.tasks, seed: ladder.seed, resamples: 0,
                    baseRepeats: AnswerRepeats(samples: 0, answersDiffer: 0, correctnessDiffers: 0),
                    rows: ladder.rungs.compactMap(\.change)))
        }
    }

    /// What the columns with these heads are.
    func legend(of heads: [String]) -> String {
        let meanings = [
            ("bits", "bits: of the file a weight"), ("points", "points: against the reference"),
            (
                "p",
                ladder.margin == nil
                    ? "p: of no difference, by Holm's correction over the rungs"
                    : "p: of a loss within the margin, by Holm's correction over the rungs"
            ), ("lost", "lost: right in the reference alone"),
            ("gained", "gained: in the rung alone"), ("same %", "same: answers that did not change"),
            ("×", "×: decode speed / the reference's"),
            ("KL", "KL: mean divergence from the reference, nats a token"),
            ("top %", "top: tokens that both find the likeliest"), ("95%", "intervals are 95%"),
        ]
        return meanings.filter { heads.contains($0.0) }.map(\.1).joined(separator: "; ")
    }

    /// Its quantization; where it has none, or another rung has the same, its candidate's id.
    func name(_ rung: LadderRung) -> String {
        guard let own = rung.quantization, ladder.rungs.count(where: { $0.quantization == own }) < 2 else {
            return rung.candidate
        }
        return own
    }

    private func name(_ candidate: String) -> String {
        ladder.rungs.first { $0.candidate == candidate }.map(name) ?? candidate
    }

    /// A share as points without a sign: `2`, `3.1`.
    static func points(_ share: Double) -> String { Numbers.trimmed((share * 1000).rounded() / 10) }

    /// The columns of the table, each with what it is worth where room is short.
    var columns: [(head: String, cells: [String], priority: Int, isQuiet: Bool)] {
        let rungs = ladder.rungs
        let sizes = NumberColumn.bytes(rungs.map(\.fileBytes))
        let memory = NumberColumn.bytes(rungs.map(\.peakMemory))
        func of<Value>(_ value: Value?, _ words: (Value) -> String) -> String {
            value.map(words) ?? Numbers.undefined
        }
        func column(
            _ head: String, _ priority: Int, quiet: Bool = false, _ cell: (LadderRung) -> String
        ) -> (head: String, cells: [String], priority: Int, isQuiet: Bool) {
            (head, rungs.map(cell), priority, quiet)
        }
        func speed(_ rung: LadderRung) -> RatioEstimate? {
            rung.change?.measures.first { $0.metric == .decodeTPS }?.ratio
        }
        // Of no sample with a score on both sides, 0 would look like none that flipped.
        func flips(_ rung: LadderRung) -> Flips? { rung.change.flatMap { $0.flips.n > 0 ? $0.flips : nil } }
        var columns = [
            column("\(sizes.unit)", 1) { of($0.fileBytes) { sizes.text(Double($0)) } },
            column("bits", 6) { of($0.bitsPerWeight) { Numbers.fixed($0, 1) } },
            column("memory \(memory.unit)", 7) { of($0.peakMemory) { memory.text(Double($0)) } },
            column("right %", 0) { Numbers.percent($0.accuracy) },
            column("95%", 9, quiet: true) { Numbers.percentRange($0.accuracyLow, $0.accuracyHigh) },
            column("points", 0) { of($0.change?.accuracy?.difference, ComparisonWords.points) },
            column("95%", 1, quiet: true) { rung in
                rung.candidate == ladder.reference
                    ? "reference"
                    : Numbers.percentRange(rung.change?.accuracy?.low, rung.change?.accuracy?.high)
            },
            column("p", 5) { ComparisonWords.p($0.adjustedP) },
            column("lost", 3) { of(flips($0)?.lost, Numbers.count) },
            column("gained", 4) { of(flips($0)?.gained, Numbers.count) },
            column("same %", 2) { Numbers.percent($0.change?.flips.agreement?.value) },
            column("95%", 10, quiet: true) {
                Numbers.percentRange($0.change?.flips.agreement?.low, $0.change?.flips.agreement?.high)
            },
            column("×", 1) { of(speed($0)?.value, ComparisonWords.ratio) },
            column("95%", 8, quiet: true) { of(speed($0).flatMap(ComparisonWords.interval)) { $0 } },
            column("KL", 2) { of($0.divergence?.meanKL, Self.divergence) },
            column("95%", 11, quiet: true) { rung in
                of(rung.divergence?.meanKLLow) { low in
                    Self.divergence(low) + "–" + of(rung.divergence?.meanKLHigh, Self.divergence)
                }
            },
            column("top %", 3) { Numbers.percent($0.divergence?.sameTop) },
        ]
        // Cells of the reference are empty where they would hold it against itself.
        columns = columns.map { column in
            var column = column
            for (index, rung) in rungs.enumerated() where rung.candidate == ladder.reference {
                if column.cells[index] == Numbers.undefined { column.cells[index] = "" }
            }
            return column
        }
        return columns.filter { column in column.cells.contains { !$0.isEmpty && $0 != Numbers.undefined } }
    }

    /// Three digits that matter of a small number: `0.00412`, `0.13`, `5.02`.
    static func divergence(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 0.0995 else { return Numbers.fixed(value, 2) }
        return Numbers.fixed(value, value.magnitude < 0.00995 ? 5 : 4)
    }
}
