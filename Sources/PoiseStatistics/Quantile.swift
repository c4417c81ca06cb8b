/// The quantile of values in ascending order, nil where there is none.
///
/// Definition 7 of Hyndman and Fan 1996, "Sample quantiles in statistical packages": linear between the values at rank
/// (n − 1)p, counted from 0; the default of R and NumPy.
package func quantile(_ probability: Double, ofSorted values: [Double]) -> Double? {
    guard let last = values.last, probability >= 0, probability <= 1 else { return nil }
    let rank = Double(values.count - 1) * probability
    let below = Int(rank)
    guard below + 1 < values.count else { return last }
    // Of two that are infinite there is no difference, and of one no part.
    guard rank > Double(below), values[below] < values[below + 1] else { return values[below] }
    return values[below] + (values[below + 1] - values[below]) * (rank - Double(below))
}

/// The median of values in any order, nil where there is none.
package func median(of values: [Double]) -> Double? {
    quantile(0.5, ofSorted: values.sorted())
}
