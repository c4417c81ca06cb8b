import PoiseCore

extension PairedSamples {
    /// The samples of the pair that are answered otherwise on the two sides.
    func flips(base: [Name: SampleAnswers], candidate: [Name: SampleAnswers]) -> Flips {
        var (kept, missed, same, answered) = (0, 0, 0, 0)
        var list: [Flip] = []
        for pair in scored {
            let (one, other) = (base[pair.name]?.answer, candidate[pair.name]?.answer)
            var isSame = true
            if let one, let other {
                answered += 1
                isSame = one == other
                if isSame { same += 1 }
            }
            let kind: Flip.Kind? =
                switch (SampleAnswers.isRight(pair.base), SampleAnswers.isRight(pair.candidate)) {
                case (true, false): .lost
                case (false, true): .gained
                case (true, true), (false, false): isSame ? nil : .changed
                }
            switch (SampleAnswers.isRight(pair.base), SampleAnswers.isRight(pair.candidate)) {
            case (true, true): kept += 1
            case (false, false): missed += 1
            case (true, false), (false, true): break
            }
            if let kind {
                list.append(
                    Flip(
                        kind: kind, task: pair.name.task, sample: pair.name.sample, base: one, candidate: other,
                        baseScore: pair.base, candidateScore: pair.candidate))
            }
        }
        let byKind = Dictionary(grouping: list, by: \.kind)
        return Flips(
            n: scored.count, kept: kept, missed: missed, gained: byKind[.gained]?.count ?? 0,
            lost: byKind[.lost]?.count ?? 0,
            agreement: Interval.wilson(successes: same, of: answered).map {
                ShareEstimate(count: same, n: answered, low: $0.low, high: $0.high)
            },
            list: Flip.Kind.allCases.flatMap { byKind[$0] ?? [] })
    }
}
