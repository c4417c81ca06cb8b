import PoiseCore

/// What the page decides, as members of its data: the choice at each load, the gate and the ladders.
enum DecisionJSON {
    static func members(_ detail: PageDetail?) -> [(name: String, value: OrderedJSON)] {
        guard let detail else { return [] }
        return [
            (
                "choice",
                .array(
                    detail.choices.map { choice in
                        .object([("load", .load(choice.load))] + ChoiceJSON.members(of: choice))
                    })
            ),
            ("gate", detail.gate.map { GateJSON.document($0) } ?? .null),
            ("gateObstacle", .optional(detail.gateObstacle)),
            ("ladders", .array(detail.ladders.map { LadderJSON.ladder($0, isCompact: true) })),
        ]
    }
}
