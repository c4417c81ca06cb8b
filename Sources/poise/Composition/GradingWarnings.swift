import PoiseCore
import PoiseReport
import PoiseStore

/// What a reader must know of how a run was graded: scores of two versions, and scores that are missing.
enum GradingWarnings {
    static func about(_ versions: [RunStore.VersionCount], run: String) -> [String] {
        mixtures(versions, run: run) + missing(versions, run: run)
    }

    private struct Place: Hashable {
        let task: String
        let position: Int
        let grader: String
    }

    private static func mixtures(_ versions: [RunStore.VersionCount], run: String) -> [String] {
        var known: [Place: Set<String?>] = [:]
        var order: [Place] = []
        for count in versions where count.scores > count.unscored {
            let place = Place(task: count.task, position: count.position, grader: count.grader)
            if known[place] == nil { order.append(place) }
            known[place, default: []].insert(count.version)
        }
        return order.filter { known[$0, default: []].count > 1 }.map { place in
            "The scores of \(place.task) by \(place.grader) come from \(known[place, default: []].count) versions of it, or"
                + " from several panels of judges: they are not one measure. poise grade \(run) --task \(place.task) grades"
                + " the task anew, with --rubric where that is one beside it."
        }
    }

    /// One sentence for each grader that owes scores, with one of the reasons.
    private static func missing(_ versions: [RunStore.VersionCount], run: String) -> [String] {
        var owed: [String: (unscored: Int, scores: Int, reason: String)] = [:]
        var order: [String] = []
        for count in versions {
            if owed[count.grader] == nil { order.append(count.grader) }
            let known = owed[count.grader] ?? (0, 0, "")
            owed[count.grader] = (
                known.unscored + count.unscored, known.scores + count.scores,
                known.reason.isEmpty ? count.reason ?? "" : known.reason
            )
        }
        return order.compactMap { grader in
            guard let owed = owed[grader], owed.unscored > 0 else { return nil }
            return "\(Numbers.count(owed.unscored)) of \(Numbers.counted(owed.scores, "response")) have no score by"
                + " \(grader)\(owed.reason.isEmpty ? "" : " (\(owed.reason))"). They are left out, never counted as wrong; poise grade \(run) --unscored"
                + " makes what can be made."
        }
    }
}
