import PoiseCore

/// Circumstances that differ between candidates and should not, as sentences.
struct DifferenceWords {
    let words: ComparisonWords

    /// Each difference once, with the candidates that it concerns, the gravest first.
    var sentences: [String] {
        var grouped: [(difference: CircumstanceDifference, sides: [ComparedSide])] = []
        for row in words.comparison.rows {
            for difference in row.differences {
                if let place = grouped.firstIndex(where: { $0.difference == difference }) {
                    grouped[place].sides.append(row.candidate)
                } else {
                    grouped.append((difference, [row.candidate]))
                }
            }
        }
        let order = CircumstanceDifference.Subject.allCases
        return grouped.enumerated().sorted { left, right in
            let places = [left, right].map { order.firstIndex(of: $0.element.difference.subject) ?? 0 }
            return (places[0], left.offset) < (places[1], right.offset)
        }.map { sentence($0.element.difference, $0.element.sides) }
    }

    private func sentence(_ difference: CircumstanceDifference, _ sides: [ComparedSide]) -> String {
        let base = words.label(words.comparison.base)
        let others =
            sides.count > 3 ? "\(Numbers.count(sides.count)) candidates" : Numbers.list(sides.map(words.label))
        let values =
            difference.base == nil && difference.candidate == nil
            ? ""
            : " (\(base): \(difference.base ?? "not known"); \(others): \(difference.candidate ?? "not known"))"
        let shown = difference.tasks.prefix(6)
        let tasks = Numbers.list(
            shown
                + (difference.tasks.count > shown.count
                    ? ["\(Numbers.count(difference.tasks.count - shown.count)) more"] : []))
        func differs(_ what: String, _ consequence: String) -> String {
            "\(base) and \(others) differ in \(what)\(values): \(consequence)."
        }
        let sharing = "a difference may come from that"
        switch difference.subject {
        case .status: return "Not every run came to its end\(values): samples may be missing on one side."
        case .simulated: return "Simulated responses say nothing about a model\(values)."
        case .machine: return differs("the machine", "speeds are not compared")
        case .nodes:
            return differs(
                "the machines that measured them",
                "how much machines differ is in a speed’s interval only over three rounds or more, each on another"
            )
        case .service: return differs("the service that answers", "its speed includes the way to it")
        case .prompts: return differs("the prompts of \(tasks)", sharing)
        case .graders:
            return differs(
                "the versions of the graders of \(tasks)",
                "these tasks count for no accuracy and no flips; `poise grade RUN --suite FILE` grades both alike")
        case .mixedGraders:
            return
                "The scores of \(tasks) mix several versions of a grader\(values): `poise grade RUN` grades them alike."
        case .chatTemplate: return differs("the chat template", sharing)
        case .sampling: return differs("the sampling settings", sharing)
        case .engine: return differs("the engine", sharing)
        case .engineBuild: return differs("the engine's build", sharing)
        case .engineArguments: return differs("the engine's arguments", sharing)
        case .settings: return differs("how the run asks", "speeds and the number of samples may come from that")
        case .rounds: return differs("the number of rounds", "one side's numbers are steadier than the other's")
        case .epochs: return differs("the number of epochs", "one side's numbers are steadier than the other's")
        case .warmup: return differs("the number of warm-up requests", "the first times may come from that")
        case .poiseVersion: return differs("the version of Poise", "numbers may be made otherwise")
        }
    }
}
