import Foundation
import PoiseCore
import PoiseReport

/// Prints comparisons and ladders on standard output.
struct ComparisonOutput: Sendable {
    let format: ComparisonFormat
    let color: ColorChoice
    /// Flips that are listed of each candidate, JSON apart; nil for all.
    let flips: Int?

    func print(_ comparison: Comparison) {
        switch format {
        case .json: Console.result(ComparisonJSON.text(comparison), as: .json)
        case .markdown: Console.result(ComparisonMarkdown.text(comparison, flips: flips))
        case .table:
            let terminal = Terminal.behind(.standardOutput, color: color)
            Console.result(
                ComparisonTable.text(comparison, flips: flips, width: terminal.width, color: terminal.hasColor))
        }
    }

    func print(_ ladders: [Ladder]) {
        switch format {
        case .json: Console.result(LadderJSON.text(ladders), as: .json)
        case .markdown: Console.result(LadderMarkdown.text(ladders))
        case .table:
            let terminal = Terminal.behind(.standardOutput, color: color)
            Console.result(LadderTable.text(ladders, width: terminal.width, color: terminal.hasColor))
        }
    }
}
