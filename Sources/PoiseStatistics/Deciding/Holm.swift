/// Several p-values at once, adjusted so that the chance of any false claim among them stays what one alone has.
package enum Holm {
    /// Each p-value as it counts among the others, in their order; one that is no number (a test that says nothing) counts
    /// as one of them and stays as it is.
    ///
    /// Holm 1979, "A simple sequentially rejective multiple test procedure": the k-th smallest of m times m − k + 1, no
    /// smaller than the one before it, at most 1.
    package static func adjusted(_ pValues: [Double]) -> [Double] {
        var adjusted = pValues
        var largest = 0.0
        let ascending = pValues.indices.filter { !pValues[$0].isNaN }.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        for (rank, index) in ascending.enumerated() {
            largest = max(largest, min(1, pValues[index] * Double(pValues.count - rank)))
            adjusted[index] = largest
        }
        return adjusted
    }
}
