import PoiseCore
import PoiseReport

/// What a reader must know of a run that several machines of one kind made together.
enum NodeWarnings {
    /// From so many rounds on, a speed's interval holds how much rounds differ, and so machines where each is on another.
    private static let enoughRounds = 3

    static func about(_ run: MeasuredRun) -> [String] {
        pooled(run.record.machine) + spread(run)
    }

    /// Speeds of several kinds, where the user wanted them together.
    static func pooled(_ machine: MachineFacts) -> [String] {
        guard let kinds = machine.pooled else { return [] }
        return [
            "Speeds of \(kinds.count) kinds of machine stand side by side, because --pool was given; a difference between"
                + " candidates may be the machines’: \(kinds.map(\.summary).joined(separator: "; "))."
        ]
    }

    private static func spread(_ run: MeasuredRun) -> [String] {
        guard run.nodes.count > 1 else { return [] }
        let known = unspread(run.nodes, rounds: run.plan.rounds, among: run.plan.candidates.map(\.id))
        guard !known.isEmpty else { return [] }
        let who =
            known.count == run.plan.candidates.count
            ? "no candidate has" : "\(known.count) of \(run.plan.candidates.count) candidates have not"
        return [
            "Measured on \(run.nodes.count) machines. How much machines of one kind differ is in a speed’s interval only"
                + " where a candidate has \(enoughRounds) rounds or more, not all on one machine, and \(who): part of a"
                + " difference in speed may be the machines’."
        ]
    }

    /// Candidates whose intervals cannot hold how much machines differ. Pure.
    static func unspread(_ nodes: [NodeSummary], rounds: Int, among candidates: [String]) -> [String] {
        candidates.filter { candidate in
            rounds < enoughRounds || nodes.filter { $0.candidates.contains(candidate) }.count < 2
        }
    }
}
