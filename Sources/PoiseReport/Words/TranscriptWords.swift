import PoiseCore

/// What the section of samples says of itself.
enum TranscriptWords {
    static func heading(_ transcripts: Transcripts) -> String {
        let coverage = transcripts.coverage
        guard transcripts.pair != nil else {
            return "\(Numbers.count(coverage.right)) of \(Numbers.counted(coverage.scored, "answer")) right"
        }
        if coverage.compared == 0 { return "Sample by sample" }
        if coverage.lost == 0, coverage.gained == 0 { return "No answer lost, none gained" }
        return "\(Numbers.counted(coverage.lost, "answer")) lost, \(Numbers.count(coverage.gained)) gained"
    }

    static func finding(_ transcripts: Transcripts) -> String {
        let coverage = transcripts.coverage
        let these = "These are the responses behind the numbers"
        guard let pair = transcripts.pair, coverage.compared > 0 else { return these + "." }
        let changed = coverage.lost + coverage.gained
        let moved = Double(coverage.gained - coverage.lost) / Double(coverage.compared) * 100
        return "From \(pair.base) to \(pair.candidate), \(Numbers.count(changed)) of "
            + "\(Numbers.counted(coverage.compared, "sample")) changed sides, which moves the share of samples that are right by "
            + "\(Numbers.fixed(moved, 1)) points. \(these)."
    }

    /// What stands here and what does not.
    static func coverage(_ transcripts: Transcripts) -> String {
        let coverage = transcripts.coverage
        let shown = transcripts.samples.count
        guard coverage.total > 0 else { return "No sample’s text may stand here." }
        var text: String
        if shown == coverage.total {
            text = shown == 1 ? "The only sample stands here." : "All \(Numbers.count(shown)) samples stand here."
        } else {
            text =
                "\(Numbers.count(shown)) of \(Numbers.counted(coverage.total, "sample")) \(shown == 1 ? "stands" : "stand") "
                + "here\(shown == 0 ? "" : ": \(chosen(transcripts))"). poise export has all."
        }
        text += " Of each candidate it is the first response"
        if let load = transcripts.load { text += ", \(Wording.load(load))" }
        text += "; a sample counts as right where the mean score over its repeats is at least one half."
        if coverage.privateSamples > 0 {
            let tasks = coverage.privateTasks
            text +=
                " The \(Numbers.counted(coverage.privateSamples, "sample")) of \(Numbers.list(tasks)) "
                + "\(coverage.privateSamples == 1 ? "is" : "are") private: \(coverage.privateSamples == 1 ? "its" : "their") "
                + "numbers count, and the texts stay in the database."
        }
        return text
    }

    /// `all 37 that a or b got wrong …, 12 of 90 that only others got wrong, and …, drawn by seed 7`
    private static func chosen(_ transcripts: Transcripts) -> String {
        let coverage = transcripts.coverage
        let pair = transcripts.pair.map { "\($0.base) or \($0.candidate)" } ?? transcripts.candidates.first ?? ""
        let isAlone = transcripts.candidates.count < 3
        var parts: [String] = []
        func part(_ shown: Int, _ all: Int, _ what: String) {
            guard all > 0, shown > 0 else { return }
            parts.append(
                (shown == all ? "all \(Numbers.count(all)) " : "\(Numbers.count(shown)) of \(Numbers.count(all)) ")
                    + what)
        }
        part(
            coverage.notableShown, coverage.notable, "that \(pair) got wrong, or that somewhere failed or have no score"
        )
        part(coverage.wrongShown, coverage.wrong, isAlone ? "others that went wrong" : "that only others got wrong")
        let plain = transcripts.samples.count - coverage.notableShown - coverage.wrongShown
        let allPlain = coverage.total - coverage.notable - coverage.wrong
        part(plain, allPlain, "that all got right")
        let isDrawn =
            coverage.notableShown < coverage.notable || coverage.wrongShown < coverage.wrong
            || (!coverage.isFailuresOnly && plain < allPlain)
        let omitted = coverage.isFailuresOnly ? "; those that all got right are left out on request" : ""
        return Numbers.list(parts) + (isDrawn ? ", drawn at random by seed \(coverage.seed)" : "") + omitted
    }
}
