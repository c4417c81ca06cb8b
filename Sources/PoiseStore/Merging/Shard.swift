package import PoiseCore

/// A share of a plan as a file holds it: which cells, how far each got, and where.
package struct Shard: Hashable, Sendable {
    /// What a file holds of one cell.
    package struct Work: Hashable, Sendable {
        /// Rows of trials, warm-ups and what was cut off among them.
        package var rows = 0
        /// Trials that were asked to their end, warm-ups left out.
        package var trials = 0
        /// Of `trials`, those that a grader of their task gave no score yet.
        package var ungraded = 0
        /// By number, those that its trials were measured in.
        package var stints: Set<Int> = []
        /// Whether every level of it came to its end: all of its trials are there, or what ended it early is known.
        package var isComplete = false
        /// Whether a level of it ended since the server could not keep up.
        package var isOverloaded = false

        package init() {}
    }

    /// One candidate in one round.
    package struct Pass: Hashable, Sendable {
        package let candidate: String
        package let round: Int

        package init(candidate: String, round: Int) {
            self.candidate = candidate
            self.round = round
        }
    }

    package struct Problem: Hashable, Sendable {
        /// `RunStore.wholeRun` for the run itself.
        package let candidate: String
        package let reason: String

        package init(candidate: String, reason: String) {
            self.candidate = candidate
            self.reason = reason
        }
    }

    package let path: String
    /// From 0.
    package let number: Int
    package let record: RunRecord
    /// Its share of the plan, in the plan's order.
    package let cells: [PlanCell]
    package let stints: [RunStore.Stint]
    package var work: [PlanCell: Work]
    package var engines: [Pass: EngineFacts]
    package var problems: [Problem]
    /// What later parts of it found changed.
    package var warnings: [Problem]
    /// The suite that it was graded anew with; nil where its scores are by the plan's own graders.
    package var grading: RunStore.Grading?

    package init(
        path: String, number: Int, record: RunRecord, cells: [PlanCell], stints: [RunStore.Stint],
        work: [PlanCell: Work], engines: [Pass: EngineFacts] = [:], problems: [Problem] = [], warnings: [Problem] = [],
        grading: RunStore.Grading? = nil
    ) {
        self.path = path
        self.number = number
        self.record = record
        self.cells = cells
        self.stints = stints
        self.work = work
        self.engines = engines
        self.problems = problems
        self.warnings = warnings
        self.grading = grading
    }

    /// Whether nothing of its share is missing.
    package var isWhole: Bool { cells.allSatisfy { self[$0].isComplete } }

    package subscript(cell: PlanCell) -> Work { work[cell] ?? Work() }

    /// Where a cell was measured: by kind, one machine of each.
    func machines(of cell: PlanCell) -> [MachineFacts] {
        let own = stints.filter { self[cell].stints.contains($0.number) }.map(\.machine)
        var kinds: Set<String> = []
        // Trials of no stint were measured where the run says.
        return (own.isEmpty ? [record.machine] : own).filter { kinds.insert($0.identity).inserted }
    }

    /// Who measured a cell, as the user calls the machines; `shard 3 on n1`.
    func place(of cell: PlanCell) -> String {
        var nodes: [String] = []
        for stint in stints where self[cell].stints.contains(stint.number) {
            let name = stint.node ?? String(stint.host.prefix(8))
            if !nodes.contains(name) { nodes.append(name) }
        }
        return "shard \(number)" + (nodes.isEmpty ? "" : " on \(nodes.joined(separator: ", "))")
    }

    /// An order that does not depend on how files were named on the command line: by share, what is done before what is
    /// not, what ended first before the rest.
    static func precedes(_ one: Shard, _ other: Shard) -> Bool {
        func key(_ shard: Shard) -> (Int, Int, String, String) {
            let rank =
                switch shard.record.status {
                case .done: 0
                case .incomplete: 1
                case .interrupted: 2
                case .running: 3
                }
            return (shard.number, rank, shard.record.endedAt ?? "~", shard.record.startedAt)
        }
        let (mine, its) = (key(one), key(other))
        return mine == its ? (one.record.id, one.path) < (other.record.id, other.path) : mine < its
    }
}

/// Shards of one plan, in an order of their own.
package struct ShardSet: Sendable {
    package let plan: Plan
    /// What all of them say of the plan; its shard is nil.
    package let planned: RunStore.Planned
    package let shards: [Shard]

    package init(plan: Plan, planned: RunStore.Planned, shards: [Shard]) {
        self.plan = plan.whole
        self.planned = planned
        self.shards = shards.sorted(by: Shard.precedes)
    }

    /// Every cell of the plan, in its order.
    package var cells: [PlanCell] { planned.places.map(\.cell) }

    /// Trials that a cell has where nothing ends it early.
    package func plannedTrials(of cell: PlanCell) -> Int {
        plan.trialsPerPass * (cell.load == nil ? plan.loads.count : 1)
    }
}
