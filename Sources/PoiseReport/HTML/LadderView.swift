import PoiseCore

/// The quantization ladders of the page: every rung against the reference of its own model.
struct LadderView {
    let isShown: Bool
    let heading: String
    let introduction: String
    let groups: [Group]
    /// The scale of the differences, as markup for the column's head.
    let axis: String
    let hasSpeed: Bool
    let hasSize: Bool
    let hasMemory: Bool
    let hasDivergence: Bool
    let sizeUnit: String
    let memoryUnit: String
    /// Columns of the table, for the line that spans them.
    let columns: Int
    /// What each ladder says, whole sentences.
    let findings: [String]
    let caption: String

    /// One model.
    struct Group {
        let colour: String
        let glyph: String
        let model: String
        /// Load, run or machine, where those differ from ladder to ladder; else empty.
        let place: String
        let columns: Int
        let rows: [Row]
    }

    /// One rung.
    struct Row {
        let name: String
        let isPick: Bool
        let isReference: Bool
        let hasChip: Bool
        let chip: VerdictChip
        /// Why nothing is said of it; else empty.
        let why: String
        let hasWhy: Bool
        let right: String
        let points: String
        let range: String
        let interval: String
        let lost: String
        let flips: String
        let gained: String
        let same: String
        let speed: String
        let speedRange: String
        let size: String
        let memory: String
        let divergence: String
    }

    /// A ladder with the part of the report that it is of.
    private struct Item {
        let ladder: Ladder
        let part: ReportContent
        let machine: String
        var words: LadderWords { LadderWords(ladder: ladder) }
    }

    init(_ content: ReportContent) {
        let parts = content.parts
        let items = parts.enumerated().flatMap { index, part in
            (part.detail?.ladders ?? []).map { Item(ladder: $0, part: part, machine: parts.machineName(index)) }
        }
        isShown = !items.isEmpty
        let ladders = items.map(\.ladder)
        let rungs = ladders.flatMap(\.rungs)
        let words = LadderFinding(ladders)
        heading = words.heading
        introduction = words.introduction
        let drawing = LadderDrawing(ladders)
        axis = drawing.axis
        let sizes = NumberColumn.bytes(rungs.map(\.fileBytes))
        let memory = NumberColumn.bytes(rungs.map(\.peakMemory))
        (sizeUnit, memoryUnit) = (sizes.unit, memory.unit)
        hasSize = rungs.contains { $0.fileBytes != nil }
        hasMemory = rungs.contains { $0.peakMemory != nil }
        hasSpeed = rungs.contains { Self.speed($0) != nil }
        hasDivergence = rungs.contains { $0.divergence != nil }
        let count = 10 + (hasSpeed ? 2 : 0) + (hasSize ? 1 : 0) + (hasMemory ? 1 : 0) + (hasDivergence ? 1 : 0)
        columns = count
        let isOnePlace = Set(ladders.map { "\($0.run) \($0.load)" }).count == 1 && parts.count == 1
        groups = items.map { item in
            let marks = CandidateMarks(item.part)
            let reference = item.ladder.reference
            let pick = item.part.detail?.choices.first { $0.load == item.ladder.load }?.decision?.pick
            return Group(
                colour: marks.colour(reference), glyph: marks.glyph(reference),
                model: TerminalText.printable(item.ladder.model), place: isOnePlace ? "" : Self.place(item),
                columns: count,
                rows: item.ladder.rungs.map { rung in
                    Self.row(
                        rung, item, drawing, isPick: rung.candidate == pick, sizes: sizes, memory: memory)
                })
        }
        findings = items.flatMap { item in
            [item.words.verdict] + item.words.notes
        }.map(TerminalText.printable).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        caption = Self.caption(ladders)
    }

    private static func place(_ item: Item) -> String {
        let run = item.part.runs.count > 1 ? "run \(item.ladder.run)" : nil
        return [Wording.load(item.ladder.load), item.machine.isEmpty ? nil : "on \(item.machine)", run]
            .compactMap(\.self).joined(separator: ", ")
    }

    private static func speed(_ rung: LadderRung) -> RatioEstimate? {
        rung.change?.measures.first { $0.metric == .decodeTPS }?.ratio
    }

    private static func row(
        _ rung: LadderRung, _ item: Item, _ drawing: LadderDrawing, isPick: Bool, sizes: NumberColumn,
        memory: NumberColumn
    ) -> Row {
        let isReference = rung.candidate == item.ladder.reference
        let change = rung.change?.accuracy
        // Of no sample with a score on both sides, 0 would look like none that flipped.
        let flips = rung.change.flatMap { $0.flips.n > 0 ? $0.flips : nil }
        let ratio = speed(rung)
        let standing = LadderStanding(rung, of: item.ladder)
        return Row(
            name: TerminalText.printable(item.words.name(rung)), isPick: isPick, isReference: isReference,
            hasChip: !isReference, chip: standing.chip,
            why: standing == .notHeld ? TerminalText.printable(item.words.whyNotHeld(rung)) : "",
            hasWhy: standing == .notHeld,
            right: rung.accuracy.map { Numbers.percent($0) + "%" } ?? Numbers.undefined,
            points: change.map { ComparisonWords.points($0.difference) } ?? (isReference ? "" : Numbers.undefined),
            range: quiet(change.map { Numbers.percentRange($0.low, $0.high) }), interval: drawing.interval(change),
            lost: flips.map { Numbers.count($0.lost) } ?? "", flips: flips.map(drawing.flips) ?? "",
            gained: flips.map { Numbers.count($0.gained) } ?? "",
            same: (rung.change?.flips.agreement?.value).map { Numbers.percent($0) + "%" } ?? "",
            speed: isReference ? "1.00×" : ratio.map { ComparisonWords.ratio($0.value) + "×" } ?? Numbers.undefined,
            speedRange: ratio.flatMap(ComparisonWords.interval) ?? "",
            size: sizes.text(rung.fileBytes.map(Double.init)), memory: memory.text(rung.peakMemory.map(Double.init)),
            divergence: rung.divergence.map { LadderWords.divergence($0.meanKL) }
                ?? (isReference ? "" : Numbers.undefined))
    }

    private static func quiet(_ range: String?) -> String {
        range.flatMap { $0 == Numbers.undefined ? nil : $0 } ?? ""
    }

    private static func caption(_ ladders: [Ladder]) -> String {
        guard let first = ladders.first else { return "" }
        let changes = ladders.flatMap(\.rungs).compactMap { $0.change?.accuracy }
        let isExact = first.margin == nil && changes.allSatisfy { $0.method == .mcNemar }
        let worth = changes.contains { $0.method == .mover } ? " over as many samples as the scores are worth" : ""
        let method =
            "Newcombe’s paired interval\(worth), 95%; what is surely worse is so by "
            + (isExact ? "the exact McNemar test" : "the same interval")
            + " with Holm’s correction over the rungs of a model."
        let margin = first.margin.map { " --margin \(LadderWords.points($0))" } ?? ""
        // Of a model that does not break it stands in its own finding.
        let losses = ladders.filter { $0.breaksAt != nil }.compactMap { ladder in
            ladder.smallestLoss.map { "\(LadderWords.points($0)) points for \(TerminalText.printable(ladder.model))" }
        }
        let smallest =
            losses.isEmpty
            ? "" : " The smallest loss that every rung would have shown in 80% of such runs: \(Numbers.list(losses))."
        return
            "\(Wording.sentence(Wording.load(first.load))), \(Wording.n(counts: changes.map(\.n))). \(method)\(smallest) The same "
            + "in the terminal: poise compare --ladder\(margin)."
    }
}
