import PoiseCore
import PoiseReport

/// The answers of candidates, by which those of a baseline file are read, which keeps digests of them.
struct KnownAnswers {
    private struct Asked: Hashable {
        let task: String
        let sample: String
        let digest: String
    }

    private let texts: [Asked: String]

    init(of candidates: some Sequence<MeasuredCandidate>) {
        texts = Dictionary(
            candidates.flatMap(\.observations).compactMap { trial in
                trial.answer.map { (Asked(task: trial.task, sample: trial.sample, digest: AnswerDigest.of($0)), $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The base with every answer that a candidate gave to the same sample too, so that equal ones are equal.
    func read(into base: MeasuredCandidate) -> MeasuredCandidate {
        var base = base
        for index in base.observations.indices {
            let trial = base.observations[index]
            guard let digest = trial.answer,
                let text = texts[Asked(task: trial.task, sample: trial.sample, digest: digest)]
            else { continue }
            base.observations[index].answer = text
        }
        return base
    }

    /// A digest says nothing to people: what the base answered there is not known.
    static func dropDigests(from comparison: inout Comparison) {
        for row in comparison.rows.indices {
            for flip in comparison.rows[row].flips.list.indices {
                guard let answer = comparison.rows[row].flips.list[flip].base, AnswerDigest.of(answer) == answer
                else { continue }
                comparison.rows[row].flips.list[flip].base = nil
            }
        }
    }
}
