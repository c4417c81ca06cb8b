import PoiseCore

/// What the responses were like beside right and fast: how long, how they ended, what failed, what they cost.
struct ResponseTable {
    struct Row {
        let name: String
        let colour: String
        let glyph: String
        /// Its place in the suite.
        let order: String
        let length: String
        let lengthSort: String
        let longest: String
        let longestSort: String
        let characters: String
        let charactersSort: String
        let cost: String
        let costToCorrect: String
        let counts: Counts
    }

    /// Over all loads of the machine.
    struct Counts {
        let responses: String
        let failed: String
        let failedSort: String
        /// One for each way in which responses ended.
        let endings: [String]
        /// In other ways, or in ways that the server does not say.
        let others: String
        let tokensPerChunk: String
        let coalesced: String
        let cached: String
    }

    let rows: [Row]
    let hasRows: Bool
    let hasLengths: Bool
    let hasCosts: Bool
    let currency: String
    let hasCounts: Bool
    /// In the server's words, the most frequent first.
    let endings: [String]
    let hasOthers: Bool
    /// Whether the kinds of failures need room for words.
    let hasFailures: Bool
    let caption: String

    /// Ways to end that have a column.
    private static let mostEndings = 4

    /// - Parameter isFirst: whether it is the first load of its machine, where what is known of all loads stands.
    init(_ content: ReportContent, _ view: FrontView, isFirst: Bool) {
        let lengths = (content.detail?.lengths ?? []).filter { $0.load == view.load }
        let byCandidate = Dictionary(lengths.map { ($0.candidate, $0) }) { first, _ in first }
        let costs = content.detail?.choices.first { $0.load == view.load }?.costs ?? []
        let priced = Dictionary(costs.map { ($0.candidate, $0) }) { first, _ in first }
        let currencies = Set(costs.map(\.price.currency))
        let endings = Self.endings(content)
        let length = NumberColumn.plain(lengths.map(\.median) + lengths.map(\.p90), unit: "tokens")
        let speed = NumberColumn.plain(lengths.map(\.charactersPerSecond), unit: "char/s")
        let perThousand = NumberColumn.money(costs.map(\.perThousand), currency: "")
        let toCorrect = NumberColumn.money(costs.map { $0.toCorrect?.value }, currency: "")
        rows = view.candidates.map { candidate in
            let own = byCandidate[candidate.id]
            let cost = priced[candidate.id]
            return Row(
                name: candidate.id, colour: MarkShape.colour(family: candidate.family),
                glyph: Glyph.mark(family: candidate.family, fill: 1), order: "\(candidate.order)",
                length: Self.whole(own?.median, length), lengthSort: CandidateTable.SortKeys.key(own?.median),
                longest: Self.whole(own?.p90, length), longestSort: CandidateTable.SortKeys.key(own?.p90),
                characters: speed.text(own?.charactersPerSecond),
                charactersSort: CandidateTable.SortKeys.key(own?.charactersPerSecond),
                cost: perThousand.text(cost?.perThousand), costToCorrect: toCorrect.text(cost?.toCorrect?.value),
                counts: Self.counts(content.responses[candidate.id], endings))
        }
        hasLengths = !lengths.isEmpty
        hasCosts = !costs.isEmpty && currencies.count == 1
        currency = currencies.first ?? ""
        hasCounts = isFirst && !content.responses.isEmpty
        self.endings = endings.map(Self.head)
        hasOthers = content.responses.values.contains { facts in
            facts.responses > endings.reduce(0) { $0 + (facts.finishReasons[$1] ?? 0) }
        }
        hasFailures = content.responses.values.contains { $0.failed > 0 }
        hasRows = !rows.isEmpty && (hasLengths || hasCosts || hasCounts)
        caption = Self.caption(
            content, hasLengths: hasLengths, hasCosts: hasCosts, hasCounts: hasCounts, n: lengths.map(\.n))
    }

    /// `0`, or `3: 2 timedOut, 1 refused`.
    static func failures(_ facts: ResponseFacts) -> String {
        guard facts.failed > 0 else { return "0" }
        let kinds = facts.failures.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { "\(Numbers.count($0.value)) \($0.key)" }
        return "\(Numbers.count(facts.failed)): \(kinds.joined(separator: ", "))"
    }

    private static func counts(_ facts: ResponseFacts?, _ endings: [String]) -> Counts {
        guard let facts else {
            return Counts(
                responses: Numbers.undefined, failed: Numbers.undefined, failedSort: "",
                endings: endings.map { _ in Numbers.undefined }, others: Numbers.undefined,
                tokensPerChunk: Numbers.undefined,
                coalesced: Numbers.undefined, cached: Numbers.undefined)
        }
        return Counts(
            responses: Numbers.count(facts.responses), failed: failures(facts), failedSort: "\(facts.failed)",
            endings: endings.map { Numbers.count(facts.finishReasons[$0] ?? 0) },
            others: Numbers.count(facts.responses - endings.reduce(0) { $0 + (facts.finishReasons[$1] ?? 0) }),
            tokensPerChunk: facts.tokensPerChunk.map { Numbers.fixed($0, 2) } ?? Numbers.undefined,
            coalesced: Numbers.smallShare(facts.coalescedShare), cached: Numbers.smallShare(facts.cachedShare))
    }

    /// Over all candidates.
    private static func endings(_ content: ReportContent) -> [String] {
        let all = content.responses.values.reduce(ResponseFacts(), +)
        return all.endings(atMost: mostEndings).named.map(\.reason)
    }

    /// A server's word as a head: one that is no word is cut.
    private static func head(_ ending: String) -> String {
        ending.count > 24 ? "\(ending.prefix(23))…" : ending
    }

    /// Lengths are whole but where a median falls between two.
    private static func whole(_ tokens: Double?, _ column: NumberColumn) -> String {
        tokens.map { Numbers.fixed($0, $0 == $0.rounded() ? 0 : min(1, column.decimals)) } ?? Numbers.undefined
    }

    private static func caption(
        _ content: ReportContent, hasLengths: Bool, hasCosts: Bool, hasCounts: Bool, n: [Int]
    ) -> String {
        let isAll = content.measuredLoads.count > 1
        let sentences = [
            hasLengths
                ? "Lengths are output tokens as the server counts them, \(Wording.n(counts: n)); characters a second are "
                    + "of the answer, from its first chunk to its last, and compare across tokenizers." : nil,
            hasCounts
                ? "Responses, failures and endings are counted\(isAll ? " over all loads" : ""), in the server’s own words; "
                    + "a failed trial has no score, and counts as not answered, never as wrong." : nil,
            hasCosts
                ? "Costs are the means of what the prices of the suite make of the tokens or the time." : nil,
        ]
        return sentences.compactMap(\.self).joined(separator: " ")
    }
}
