import PoiseCore

/// What all ladders of a page come to: the section's heading, by rule, and how it is read.
struct LadderFinding {
    let ladders: [Ladder]

    init(_ ladders: [Ladder]) {
        self.ladders = ladders
    }

    /// `q8_0 is sound for all 3 models; quality breaks at q4_0 for tiny-xs and at tq2_0 for tiny-m`
    var heading: String {
        // A name keeps its letters as they are also where it begins the heading.
        if let soundness { return [soundness, breaking].compactMap(\.self).joined(separator: "; ") }
        if let breaking { return Wording.sentence(breaking) }
        let isHeld = ladders.contains { $0.rungs.contains(where: \.isHeld) }
        guard isHeld else { return "Quantization ladder: nothing could be held against its reference" }
        return hasMargin
            ? "No quantization is decided: neither sound nor surely worse"
            : "No quantization is surely worse than its reference"
    }

    var introduction: String {
        let reference = "Each rung against the reference of its own model, paired by sample."
        let flips =
            "Flips are samples that changed sides: lost, hollow, are right in the reference alone; gained, full, in the "
            + "rung alone."
        guard let margin else {
            return
                "\(reference) Quality breaks where a rung is surely worse (Holm’s correction over the rungs of a model). "
                + "“No sure loss” does not say that there is none: how small a loss would have been seen stands below. "
                + flips
        }
        return
            "\(reference) A rung is sound where its whole 95% interval lies above −\(margin) points, the loss that the "
            + "suite’s gate accepts, and breaks quality where it surely loses more (Holm’s correction over the rungs of a "
            + "model); between the two the data do not decide it. \(flips)"
    }

    private var hasMargin: Bool { ladders.contains { $0.margin != nil } }

    private var margin: String? { ladders.lazy.compactMap(\.margin).first.map(LadderWords.points) }

    // MARK: - Clauses

    /// The quantizations that are sound wherever they stand, where they stand in every ladder; else by model.
    private var soundness: String? {
        let sound = ladders.map { ladder in
            ladder.rungs.filter { LadderStanding($0, of: ladder) == .sound }.map(LadderWords(ladder: ladder).name)
        }
        let everywhere = (sound.first ?? []).filter { name in sound.allSatisfy { $0.contains(name) } }
        if !everywhere.isEmpty {
            let verb = everywhere.count == 1 ? "is" : "are"
            let who =
                ladders.count == 1
                ? "" : ladders.count == 2 ? " for both models" : " for all \(Numbers.count(ladders.count)) models"
            return "\(few(everywhere)) \(verb) sound\(who)"
        }
        let some = zip(ladders, sound).filter { !$1.isEmpty }
        guard !some.isEmpty else { return nil }
        let parts = some.prefix(3).map { "\(model($0)) is sound at \(few($1))" }
        return parts.joined(separator: ", ") + (some.count > 3 ? " and \(Numbers.count(some.count - 3)) more are" : "")
    }

    /// Where each model's quality breaks.
    private var breaking: String? {
        let broken = ladders.compactMap { ladder -> (model: String, rung: String)? in
            guard let rung = ladder.rungs.first(where: { $0.candidate == ladder.breaksAt }) else { return nil }
            return (model(ladder), TerminalText.printable(LadderWords(ladder: ladder).name(rung)))
        }
        guard let first = broken.first else { return nil }
        if ladders.count == 1 { return "quality breaks at \(first.rung)" }
        if broken.count == ladders.count, Set(broken.map(\.rung)).count == 1 {
            return
                "quality breaks at \(first.rung) for \(broken.count == 2 ? "both" : "all \(Numbers.count(broken.count))") models"
        }
        let parts = broken.prefix(3).map { "at \($0.rung) for \($0.model)" }
        let more = broken.count > 3 ? ["for \(Numbers.count(broken.count - 3)) more"] : []
        return "quality breaks \(Numbers.list(parts + more))"
    }

    private func model(_ ladder: Ladder) -> String { TerminalText.printable(ladder.model) }

    private func few(_ names: [String]) -> String { Numbers.list(ChoiceWords.few(names.map(TerminalText.printable))) }
}
