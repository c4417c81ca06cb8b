extension Plan {
    /// The whole plan as a run holds it that has these cells: with the candidates that have any, in the plan's order.
    ///
    /// - Parameters:
    ///   - held: the cells.
    ///   - all: every cell of the plan; where all are held, the plan says nothing of cells.
    ///   - others: candidates that are named beside, though nothing was measured of them.
    package func holding(_ held: [PlanCell], of all: [PlanCell], and others: Set<String> = []) -> Plan {
        var plan = whole
        if Set(held) == Set(all) { return plan }
        plan.cells = held
        let names = Set(held.map(\.candidate)).union(others)
        plan.candidates = candidates.filter { names.contains($0.id) }
        if let baseline, !names.contains(baseline) { plan.baseline = nil }
        return plan
    }
}
