import PoiseCore

/// What the page decides, as members of its data: the choice at each load, the gate and the ladders.
///
/// Compact: numbers have six digits that matter, and what is undefined is left out.
enum DecisionJSON {
    static func members(_ detail: PageDetail?) -> [(name: String, value: OrderedJSON)] {
        guard let detail else { return [] }
        return [
            (
                "choice",
                .array(
                    detail.choices.map { choice in
                        compact(.object([("load", .load(choice.load))] + ChoiceJSON.members(of: choice)))
                    })
            ),
            ("gate", detail.gate.map { compact(GateJSON.document($0)) } ?? .null),
            ("gateObstacle", .optional(detail.gateObstacle)),
            ("ladders", .array(detail.ladders.map { compact(LadderJSON.ladder($0, isCompact: true)) })),
        ]
    }

    /// By the member that they stand in: what the page says nowhere, or in words beside its tables.
    private static let unsaid: [String: Set<String>] = [
        "": ["countsAs", "suite", "looks", "statement"],
        "results": [
            "quantity", "task", "quantile", "limit", "confidence", "method", "margin", "toSpare", "passPValue",
            "failPValue", "adjustedFailPValue", "tested", "reasons",
        ],
        "change": ["tokenTotals", "repeats", "differences"],
    ]

    private static func compact(_ value: OrderedJSON, in member: String = "") -> OrderedJSON {
        switch value {
        case .number(let number): .number(rounded(number))
        case .array(let values): .array(values.map { compact($0, in: member) })
        case .object(let members):
            .object(
                members.compactMap { name, value in
                    let isUnsaid = unsaid[member]?.contains(name) ?? false
                    return isUnsaid || isEmpty(value) ? nil : (name, compact(value, in: name))
                })
        default: value
        }
    }

    private static func isEmpty(_ value: OrderedJSON) -> Bool {
        switch value {
        case .null, .bool(false): true
        case .array(let values): values.isEmpty
        default: false
        }
    }

    /// Six digits that matter are more than any interval of a run deserves.
    private static func rounded(_ value: Double) -> Double {
        guard value.isFinite, value != 0 else { return value }
        var scale = 1.0
        while value.magnitude * scale < 1e5, scale < 1e15 { scale *= 10 }
        return (value * scale).rounded() / scale
    }
}
