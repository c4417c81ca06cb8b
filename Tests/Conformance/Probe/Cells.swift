/// All that is simulated.
enum Cells {
    static let sizes = [30, 100, 1000]

    /// The longest first, so that no core waits for the other at the end.
    enum Kind: String, CaseIterable {
        case speedRatios, frontProbabilities, differences, accuracies, gateFailures, gatePowers

        var cells: [Cell] {
            switch self {
            case .speedRatios: Cells.speedRatios
            case .frontProbabilities: Cells.frontProbabilities
            case .differences: Cells.differences
            case .accuracies: Cells.accuracies
            case .gateFailures: Cells.gateFailures
            case .gatePowers: Cells.gatePowers
            }
        }
    }

    /// With the seed of each, which is the same whether all are simulated or one kind alone.
    static func seeded(_ kinds: [Kind]) -> [(cell: Cell, seed: UInt64)] {
        kinds.flatMap { kind in
            let stream = UInt64(Kind.allCases.firstIndex(of: kind) ?? 0) * 1000
            return kind.cells.enumerated().map { ($1, stream + UInt64($0 + 1)) }
        }
    }

    /// Fewer data sets where each has more samples.
    static func dataSets(_ n: Int) -> Int { n >= 1000 ? 1500 : 3000 }
}
