extension PairedCounts {
    /// The exact two-sided p-value of the hypothesis that as many samples are gained as lost.
    ///
    /// McNemar 1947, "Note on the sampling error of the difference between correlated proportions or percentages"; exact:
    /// gained is binomial of the changed ones with a chance of ½, twice the smaller tail, at most 1. 1 where nothing changed.
    package var mcNemar: Double {
        let (changed, fewer) = (gained + lost, min(gained, lost))
        guard changed > 2 * fewer else { return 1 }
        return min(1, 2 * Binomial.evenTail(atMost: fewer, of: changed))
    }
}
