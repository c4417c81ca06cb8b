import PoiseCore

/// Findings as JSON: one line for each check.
package enum FindingsJSON {
    package static func text(_ groups: [FindingGroup]) -> String {
        let all = groups.flatMap(\.findings)
        let counts = Finding.Status.allCases.map { status in
            (status.rawValue, OrderedJSON.count(all.count { $0.status == status }))
        }
        return OrderedJSON.object([
            ("isSound", .bool(!all.contains { $0.status == .failed })),
            ("counts", .object(counts)),
            ("groups", .array(groups.map(group))),
        ]).lines(depth: 5) + "\n"
    }

    private static func group(_ group: FindingGroup) -> OrderedJSON {
        .object([("title", .string(group.title)), ("findings", .array(group.findings.map(finding)))])
    }

    private static func finding(_ finding: Finding) -> OrderedJSON {
        .object([
            ("check", .string(finding.check)), ("status", .string(finding.status.rawValue)),
            ("found", .string(finding.found)), ("remedy", .optional(finding.remedy)),
            ("figures", .sorted(finding.figures, OrderedJSON.number)),
        ])
    }
}
