package import PoiseCore

/// What was blacked out, in words.
package enum RedactionWords {
    /// `12 e-mail addresses and 1 key were blacked out; the database keeps them.` Nil where nothing was looked for.
    package static func sentence(_ counts: RedactionCounts?) -> String? {
        guard let counts else { return nil }
        guard counts.total > 0 else {
            return "Nothing that looks personal or secret was found in what stands here, so nothing was blacked out."
        }
        let kinds = RedactedKind.allCases.filter { counts[$0] > 0 }.map { kind in
            Numbers.counted(counts[kind], noun(kind), plural: plural(kind))
        }
        return "\(Numbers.list(kinds)) \(counts.total == 1 ? "was" : "were") blacked out; the database keeps "
            + (counts.total == 1 ? "it." : "them.")
    }

    private static func noun(_ kind: RedactedKind) -> String {
        switch kind {
        case .key: "key or token"
        case .email: "e-mail address"
        case .iban: "IBAN"
        case .card: "card number"
        case .ipAddress: "IP address"
        case .phone: "telephone number"
        case .pattern: "match of an own pattern"
        }
    }

    private static func plural(_ kind: RedactedKind) -> String {
        switch kind {
        case .key: "keys or tokens"
        case .email: "e-mail addresses"
        case .ipAddress: "IP addresses"
        case .pattern: "matches of own patterns"
        case .iban, .card, .phone: noun(kind) + "s"
        }
    }
}
