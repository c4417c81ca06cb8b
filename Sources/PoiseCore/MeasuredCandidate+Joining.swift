extension MeasuredCandidate {
    /// The same trials as those of a look of a sequence: rounds of two looks are two stretches of time.
    ///
    /// Rounds of different looks hold different samples. That confuses no estimate of how much the machine drifts: what
    /// rounds differ by because of their samples is what a bootstrap over samples shows of each of them, and it is taken off
    /// (`RoundDrift`). What differs between looks, as an engine that was started anew, counts as drift, which it is.
    ///
    /// - Parameter index: from 0.
    package func asLook(_ index: Int) -> MeasuredCandidate {
        var look = self
        for place in look.observations.indices { look.observations[place].round += index * circumstances.rounds }
        return look
    }

    /// The trials of several looks at one candidate as if they were of one run; each look asked other samples, in rounds of
    /// its own (`asLook`), and its times go on where those of the looks before it end.
    ///
    /// - Parameter other: a later look at the same candidate and load.
    package func joined(with other: MeasuredCandidate) -> MeasuredCandidate {
        var joined = self
        let end = observations.compactMap { $0.ended ?? $0.scheduled }.max() ?? 0
        joined.observations += other.observations.map { trial in
            var later = trial
            later.scheduled = trial.scheduled.map { $0 + end }
            later.ended = trial.ended.map { $0 + end }
            return later
        }
        for (task, samples) in other.samples {
            joined.samples[task, default: [:]].merge(samples) { first, _ in first }
        }
        for (task, graders) in other.circumstances.graders {
            let known = joined.circumstances.graders[task, default: []]
            joined.circumstances.graders[task] = known + graders.filter { !known.contains($0) }
        }
        joined.circumstances.prompts.merge(other.circumstances.prompts) { first, _ in first }
        if other.circumstances.status != .done { joined.circumstances.status = other.circumstances.status }
        joined.peakMemory = [peakMemory, other.peakMemory].compactMap(\.self).max()
        return joined
    }
}
