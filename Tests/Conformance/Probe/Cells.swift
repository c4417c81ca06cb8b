/// All that is simulated.
enum Cells {
    static let sizes = [30, 100, 1000]

    /// The longest first, so that no core waits for the other at the end.
    static var all: [Cell] {
        speedRatios + frontProbabilities + differences + accuracies + gateFailures + gatePowers
    }

    /// Fewer data sets where each has more samples.
    static func dataSets(_ n: Int) -> Int { n >= 1000 ? 1500 : 3000 }
}
