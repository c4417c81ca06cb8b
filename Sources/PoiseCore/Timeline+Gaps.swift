extension Timeline {
    /// `itl`: the gaps between token-bearing chunks, milliseconds; 0 where both came in one network read.
    package var gaps: [Double] {
        let times = chunks.filter(\.bearsTokens).map(\.microseconds)
        return zip(times, times.dropFirst()).map {
            Double(max(0, $1.subtractingReportingOverflow($0).partialValue)) / 1000
        }
    }
}
