import ArgumentParser
import PoiseCore
import PoiseReport

/// What a gate judges, all of which is there: the same checks for a stored run and for a suite that is yet to be run.
struct GateSelection {
    /// In the order in which they are judged.
    let candidates: [String]

    /// - Parameters:
    ///   - owner: what must have all that is named, as a sentence begins: `Run 3f9a` or a suite's path.
    ///   - baseline: the baseline's id where it is one of these candidates.
    ///   - names: the candidates that are wanted; all but the baseline where none is named.
    /// - Throws: `ValidationError` where something that is named is not there.
    init(
        of plan: Plan, owner: String, rules: [GateRule], hasBaseline: Bool, baseline: String?, names: [String],
        load: Load?
    ) throws {
        let ids = plan.candidates.map(\.id)
        for (index, name) in names.enumerated() {
            guard ids.contains(name) else {
                throw ValidationError("\(owner) has no candidate \(name); " + GateBaseline.hint(name, among: ids))
            }
            if name == baseline { throw ValidationError("\(name) is the baseline: it cannot be held against itself.") }
            if names[..<index].contains(name) { throw ValidationError("\(name) is named twice.") }
        }
        if let load, !plan.loads.contains(load) {
            throw ValidationError(
                "\(owner) has no load \(load); it has " + plan.loads.map(\.description).joined(separator: ", ") + ".")
        }
        if !hasBaseline, let rule = rules.first(where: \.needsBaseline) {
            throw ValidationError(
                "The rule about \(rule.quantity.rawValue) compares with a baseline, and none is named: add"
                    + " baseline to the suite, or --baseline.")
        }
        candidates = names.isEmpty ? ids.filter { $0 != baseline } : names
        guard !candidates.isEmpty else {
            throw ValidationError("\(owner) has no candidate but the baseline: there is nothing to judge.")
        }
        let loads = load.map { [$0] } ?? plan.loads
        guard rules.contains(where: { $0.load.map(loads.contains) ?? true }) else {
            let named = Set(rules.compactMap(\.load)).sorted().map(\.description)
            throw ValidationError(
                "No rule is left: all are of load \(Numbers.list(named)), and what counts is load"
                    + " \(Numbers.list(loads.map(\.description))).")
        }
    }
}
