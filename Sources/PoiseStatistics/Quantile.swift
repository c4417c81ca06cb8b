/// The quantile of values in ascending order, nil where there is none.
///
/// Definition 7 of Hyndman and Fan 1996, "Sample quantiles in statistical packages": linear between the values at rank
/// (n − 1)p, counted from 0; the default of R and NumPy.
package func quantile(_ probability: Double, ofSorted values: [Double]) -> Double? {
    guard let last = values.last, probability >= 0, probability <= 1 else { return nil }
    let rank = Double(values.count - 1) * probability
    let below = Int(rank)
    guard below + 1 < values.count else { return last }
    return values[below] + (values[below + 1] - values[below]) * (rank - Double(below))
}

/// The median of values in any order, nil where there is none.
package func median(of values: [Double]) -> Double? {
    quantile(0.5, ofSorted: values.sorted())
}

/// The median of values that each count as often as their cell's weight, nil where all weights are 0.
///
/// The same number as the plain median of the values written out as often as they count.
/// - Parameters:
///   - values: in ascending order.
///   - cells: for each value, the index of its weight; several values share a cell.
///   - weights: whole numbers of at least 0.
package func weightedMedian(ofSorted values: [Double], cells: [Int32], weights: [Int32]) -> Double? {
    var total: Int64 = 0
    for cell in cells { total += Int64(weights[Int(cell)]) }
    guard total > 0 else { return nil }
    let lowRank = (total - 1) / 2
    let highRank = total / 2
    var index = 0
    var counted = Int64(weights[Int(cells[0])])
    while counted <= lowRank {
        index += 1
        counted += Int64(weights[Int(cells[index])])
    }
    let low = values[index]
    guard counted <= highRank else { return low }
    // An even total whose middle falls between two values: the upper one is the next that counts at all.
    repeat { index += 1 } while weights[Int(cells[index])] == 0
    return low + (values[index] - low) / 2
}
