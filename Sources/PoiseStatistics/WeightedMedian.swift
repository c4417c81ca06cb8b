/// The median of values that each count as often as the cell they belong to was drawn.
///
/// The same number as the plain median of the values written out as often as they count. Resamples scatter closely
/// around the values as they are, so each one starts at their middle: one sum of products says how much lies below it,
/// and a few steps lead from there to the middle of the resample.
struct WeightedMedian: Sendable {
    /// Ascending.
    private let values: [Double]
    /// For each value the cell that says how often it counts; several values share a cell.
    private let cells: [Int32]
    private let start: Int
    /// For each cell, its values before `start`.
    private let below: CountVector
    /// For each cell, its values in all; nil where each has as many, so that every resample has as many.
    private let all: CountVector?
    /// Values of each cell, where all have as many.
    private let each: Double

    /// - Parameters:
    ///   - values: in ascending order, each with its cell.
    ///   - cellCount: cells that there are, at least one.
    init(ofSorted values: [Double], cells: [Int32], cellCount: Int) {
        precondition(
            cellCount > 0 && values.count == cells.count && cells.allSatisfy { (0..<cellCount).contains(Int($0)) })
        self.values = values
        self.cells = cells
        start = values.count / 2
        var all = CountVector(count: cellCount)
        var below = CountVector(count: cellCount)
        for (index, cell) in cells.enumerated() {
            all[Int(cell)] += 1
            if index < start { below[Int(cell)] += 1 }
        }
        each = all[0]
        self.all = (0..<cellCount).allSatisfy { all[$0] == all[0] } ? nil : all
        self.below = below
    }

    /// Nil where all that was drawn has no value.
    /// - Parameters:
    ///   - weights: how often each cell was drawn.
    ///   - drawn: their sum.
    func value(weights: CountVector, drawn: Double) -> Double? {
        let total = all.map { $0.dot(weights) } ?? each * drawn
        guard total > 0 else { return nil }
        let lowRank = ((total - 1) / 2).rounded(.down)
        let highRank = (total / 2).rounded(.down)
        let before = below.dot(weights)
        return values.withUnsafeBufferPointer { values in
            cells.withUnsafeBufferPointer { cells in
                weights.values.withUnsafeBufferPointer { weights in
                    var index = start
                    // What counts up to and with the value at `index`.
                    var counted = before + weights[Int(cells[index])]
                    while counted <= lowRank {
                        index += 1
                        counted += weights[Int(cells[index])]
                    }
                    while counted - weights[Int(cells[index])] > lowRank {
                        counted -= weights[Int(cells[index])]
                        index -= 1
                    }
                    let low = values[index]
                    guard counted <= highRank else { return low }
                    // An even total whose middle falls between two values: the upper one is the next that counts.
                    repeat { index += 1 } while weights[Int(cells[index])] == 0
                    return low + (values[index] - low) / 2
                }
            }
        }
    }
}
