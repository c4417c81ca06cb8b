extension MeasuredCandidate {
    /// The trials of several looks at one candidate as if they were of one run; each look asked other samples.
    ///
    /// - Parameter other: a later look at the same candidate and load.
    package func joined(with other: MeasuredCandidate) -> MeasuredCandidate {
        var joined = self
        joined.observations += other.observations
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
