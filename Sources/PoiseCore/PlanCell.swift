/// A part of a plan that is measured in one go on one machine: one candidate in one round, at one load or at all of them.
package struct PlanCell: Hashable, Codable, Sendable, CustomStringConvertible {
    package let candidate: String
    /// From 1.
    package let round: Int
    /// nil for all loads of the plan, one after the other.
    package let load: Load?

    package init(candidate: String, round: Int, load: Load? = nil) {
        self.candidate = candidate
        self.round = round
        self.load = load
    }

    /// `tiny-m@q4_0, round 2`
    package var description: String {
        "\(candidate), round \(round)" + (load.map { ", load \($0)" } ?? "")
    }
}

extension Plan {
    /// How finely a plan is cut.
    package enum Grain: String, Hashable, Codable, Sendable, CaseIterable {
        /// A candidate in a round, at all loads: its engine is started once for them.
        case round
        /// Each load apart.
        case load
    }

    /// The plan cut into cells, in the order in which one machine would run them: round by round, so that a machine that
    /// drifts does not favour a candidate.
    package func cells(by grain: Grain) -> [PlanCell] {
        (1...max(1, rounds)).flatMap { round in
            candidates.flatMap { candidate in
                switch grain {
                case .round: [PlanCell(candidate: candidate.id, round: round)]
                case .load: loads.map { PlanCell(candidate: candidate.id, round: round, load: $0) }
                }
            }
        }
    }

    /// The same plan, of which only these cells are run.
    package func only(_ cells: [PlanCell]) -> Plan {
        var plan = self
        plan.cells = cells
        return plan
    }

    /// The same plan, wherever its suite lies: a suite that was named by a relative path is found from any folder.
    package func located(at path: String) -> Plan {
        var plan = self
        plan.source = Source(path: path, text: source.text, digests: source.digests)
        return plan
    }

    /// All that decides what is asked and how it is graded: not where the suite lies, nor its comments.
    package var essence: Plan {
        var plan = whole
        plan.source = Source(path: "", text: "", digests: [:])
        return plan
    }

    /// The plan that a share was taken from.
    package var whole: Plan {
        var plan = self
        plan.cells = nil
        return plan
    }

    /// What is measured of a candidate in a round, in the plan's order; empty where none of it is in these cells.
    package func loads(of candidate: String, round: Int) -> [Load] {
        guard let cells else { return loads }
        let own = cells.filter { $0.candidate == candidate && $0.round == round }
        return loads.filter { load in own.contains { $0.load == nil || $0.load == load } }
    }

    /// Candidate × load × round, as many as are run.
    package var levelCount: Int {
        guard let cells else { return candidates.count * loads.count * rounds }
        return cells.reduce(0) { $0 + ($1.load == nil ? loads.count : 1) }
    }
}
