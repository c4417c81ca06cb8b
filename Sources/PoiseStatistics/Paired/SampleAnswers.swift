import PoiseCore

/// What one candidate said to one sample over its epochs and rounds.
struct SampleAnswers: Sendable {
    /// The answer that most trials gave, the earliest of those that are equally many; nil where none gave one.
    let answer: String?
    /// Whether its trials do not all have one answer; nil where fewer than two have one.
    let answersDiffer: Bool?
    /// Whether some of its trials are right and others wrong; nil where fewer than two have a score.
    let correctnessDiffers: Bool?

    /// - Parameter trials: of one sample, in any order.
    init(_ trials: [Observation]) {
        let ordered = trials.sorted { ($0.round, $0.epoch) < ($1.round, $1.epoch) }
        let answers = ordered.compactMap(\.answer)
        let counts = Dictionary(answers.map { ($0, 1) }, uniquingKeysWith: +)
        let most = counts.values.max() ?? 0
        answer = answers.first { counts[$0] == most }
        answersDiffer = answers.count > 1 ? counts.count > 1 : nil
        let verdicts = ordered.compactMap(\.score).map(Self.isRight)
        correctnessDiffers = verdicts.count > 1 ? Set(verdicts).count > 1 : nil
    }

    /// Where a score between 0 and 1 counts as right.
    static func isRight(_ score: Double) -> Bool { score >= 0.5 }
}

extension AnswerRepeats {
    /// Over samples with several trials that have an answer or a score.
    init(of samples: some Sequence<SampleAnswers>) {
        let repeated = samples.filter { $0.answersDiffer != nil || $0.correctnessDiffers != nil }
        self.init(
            samples: repeated.count, answersDiffer: repeated.count { $0.answersDiffer == true },
            correctnessDiffers: repeated.count { $0.correctnessDiffers == true })
    }
}

extension MeasuredCandidate {
    /// What it said, by sample.
    func answers(tasks: Set<String>?) -> [PairedSamples.Name: SampleAnswers] {
        let counted = observations.filter { tasks?.contains($0.task) ?? true }
        return Dictionary(grouping: counted) { PairedSamples.Name(task: $0.task, sample: $0.sample) }
            .mapValues(SampleAnswers.init)
    }
}
