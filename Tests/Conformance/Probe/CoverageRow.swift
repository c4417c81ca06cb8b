/// One cell of the table: how often something held.
struct CoverageRow: Encodable {
    /// What was simulated, and under which circumstances.
    let what: String
    let n: Int
    let setting: String
    /// Of the rates 0.5–0.65, 0.65–0.8, 0.8–0.9 and 0.9–0.98, or of the whole: the mean over rates drawn in each.
    let shares: [Double]
    /// Of single rates on a grid; nil where there is no grid.
    let least: Double?
    let most: Double?
    let dataSets: Int
    /// What is held to: shares within; nil where they are told and not held.
    let low: Double?
    let high: Double?
    /// Samples on which two candidates are likely to differ, in each band; nil where there are not two.
    var flips: [Double]?
    /// The smallest effect that was printed, where power is measured.
    let effect: Double?
}

/// A cell that is still to be simulated.
struct Cell: Sendable {
    let simulate: @Sendable (inout Draws) -> CoverageRow

    func row(seed: UInt64) -> CoverageRow {
        var draws = Draws(seed: seed)
        return simulate(&draws)
    }
}

/// Rates of right answers: drawn within bands, and on a grid.
///
/// An interval from counts cannot hold its promise at each single rate: of 30 samples at a rate of 0.98, all are right more
/// often than half the time, and the interval is then one and the same. Averaged over rates that lie close together it can.
enum Rates {
    static let bands = [0.5..<0.65, 0.65..<0.8, 0.8..<0.9, 0.9..<0.98]
    static let grid = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98]

    /// - Parameters:
    ///   - dataSets: for each band and, all together, for the grid.
    ///   - holds: simulates one data set at a rate.
    static func row(
        _ what: String, n: Int, _ setting: String, dataSets: Int, low: Double?, high: Double?, draws: inout Draws,
        holds: (Double, inout Draws) -> Bool
    ) -> CoverageRow {
        func share(_ sets: Int, _ rate: (inout Draws) -> Double) -> Double {
            let held = (0..<sets).count { _ in
                let rate = rate(&draws)
                return holds(rate, &draws)
            }
            return Double(held) / Double(sets)
        }
        let shares = bands.map { band in
            share(dataSets) { band.lowerBound + (band.upperBound - band.lowerBound) * $0.unit() }
        }
        let single = grid.map { rate in share(max(200, dataSets / grid.count)) { _ in rate } }
        return CoverageRow(
            what: what, n: n, setting: setting, shares: shares, least: single.min(), most: single.max(),
            dataSets: dataSets, low: low, high: high, effect: nil)
    }
}
