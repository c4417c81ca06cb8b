import PoiseCore

/// Reads the rules of a gate; one that cannot be read is an error, never a rule less.
struct GateReader {
    /// The tasks that rules may name; nil where they are wrong themselves.
    let tasks: [String]?
    /// The loads that rules may name; nil where they are wrong themselves.
    let loads: [Load]?

    /// The rules in their order; those that are wrong are left out, with the problem logged.
    func rules(in value: YAMLValue) -> [GateRule] {
        guard let items = value.items, !items.isEmpty else {
            let found = value.items == nil ? value.found : "an empty list"
            value.refuse("expected a list of rules, found \(found)", expected: Self.example)
            return []
        }
        var rules: [GateRule] = []
        for item in items {
            guard let rule = rule(in: item) else { continue }
            if rules.contains(rule) {
                item.refuse("this rule stands here twice", expected: "Write it once.")
            } else {
                rules.append(rule)
            }
        }
        return rules
    }

    private static let example = "Write - accuracy: {non_inferior_by: 0.03}, one rule a line."

    private func rule(in value: YAMLValue) -> GateRule? {
        guard let pairs = value.pairs else {
            value.refuse("expected a rule, found \(value.found)", expected: Self.example)
            return nil
        }
        guard let pair = pairs.first, pairs.count == 1 else {
            value.refuse(
                pairs.isEmpty ? "a rule without a number" : "a rule about \(pairs.count) numbers",
                expected: "Each rule limits one: give each a line of its own, that begins with “- ”.")
            return nil
        }
        guard let quantity = GateQuantity(rawValue: pair.name) else {
            let known = GateQuantity.allCases.map(\.rawValue)
            pair.key.refuse(
                "a rule about “\(pair.name)”, which is no number that Poise knows",
                expected: suggestion(for: pair.name, among: known, called: "numbers"))
            return nil
        }
        let noun = "the rule about \(quantity.rawValue)"
        let before = value.source.log.count
        guard
            let mapping = Mapping(
                pair.value, noun, keys: GateKeys.keys(of: quantity), refused: Self.refused(of: quantity))
        else { return nil }
        // A limit that is only mistyped is told once.
        guard value.source.log.count == before else { return nil }
        return rule(about: quantity, in: mapping, noun: noun)
    }

    private func rule(about quantity: GateQuantity, in mapping: Mapping, noun: String) -> GateRule? {
        let limits = GateKeys.limits(of: quantity).filter { mapping.value(of: $0) != nil }
        guard let name = limits.first, limits.count == 1 else {
            let names = GateKeys.limits(of: quantity).joined(separator: ", ")
            mapping.value.refuse(
                limits.isEmpty
                    ? "\(noun) has no limit" : "\(noun) has \(limits.count) limits: \(limits.joined(separator: ", "))",
                expected: limits.isEmpty ? "Write one of \(names)." : "Make a rule of each.")
            return nil
        }
        let side: GateRule.Side = name == "at_most" ? .atMost : .atLeast
        let limit =
            switch name {
            case "at_least": mapping.read(GateKeys.atLeast(quantity))
            case "at_most": mapping.read(GateKeys.atMost(quantity))
            default: mapping.read(GateKeys.nonInferiorBy).map(GateRule.Limit.nonInferior)
            }
        let task = quantity.isOfPoint ? nil : mapping.read(GateKeys.task)
        let load = mapping.read(GateKeys.load)
        let quantile = quantity.hasQuantiles ? mapping.read(GateKeys.quantile) : nil
        if let task { check(task) }
        if let load { check(load, in: mapping) }
        guard let limit else { return nil }
        // The median is the point's own number where trials have values.
        let share = quantile.flatMap { name in GateKeys.quantiles.first { $0.name == name }?.share }
        return GateRule(
            quantity, side, limit, task: task?.text, load: load, quantile: share == 0.5 ? nil : share)
    }

    private func check(_ task: LocatedText) {
        guard let tasks, !tasks.contains(task.text) else { return }
        task.value.refuse(
            "the task “\(task.text)” is none of the suite's",
            expected: suggestion(for: task.text, among: tasks, called: "tasks"))
    }

    private func check(_ load: Load, in mapping: Mapping) {
        guard let loads, !loads.contains(load) else { return }
        mapping.value(of: GateKeys.load.name)?.refuse(
            "the load \(load) is none of the suite's",
            expected: "Known loads: \(loads.map(\.description).joined(separator: ", ")).")
    }

    /// Keys that other numbers have.
    private static func refused(of quantity: GateQuantity) -> [String: Mapping.Refusal] {
        var refused: [String: Mapping.Refusal] = [:]
        if !quantity.isAccuracy {
            refused[GateKeys.nonInferiorBy.name] = .init(
                what: "“non_inferior_by” is a margin of accuracy, not of \(quantity.rawValue)",
                expected: "Write at_least or at_most: \(GateKeys.example(of: quantity)).")
        }
        if quantity.isOfPoint {
            refused[GateKeys.task.name] = .init(
                what: "\(quantity.rawValue) is a number of all tasks together", expected: "Leave “task” out.")
        }
        if !quantity.hasQuantiles {
            refused[GateKeys.quantile.name] = .init(
                what: "\(quantity.rawValue) is one number and has no quantiles", expected: "Leave “quantile” out.")
        }
        return refused
    }
}
