/// What looks personal or secret in a text.
package enum RedactedKind: Int, Hashable, Comparable, CaseIterable, Sendable {
    /// API keys, access tokens, private keys, passwords beside their name.
    case key
    case email
    case iban
    case card
    case ipAddress
    case phone
    /// A pattern of the user's own.
    case pattern

    /// What stands in its place.
    package var replacement: String {
        switch self {
        case .key: "[key]"
        case .email: "[e-mail]"
        case .iban: "[IBAN]"
        case .card: "[card number]"
        case .ipAddress: "[IP address]"
        case .phone: "[phone number]"
        case .pattern: "[redacted]"
        }
    }

    package static func < (left: RedactedKind, right: RedactedKind) -> Bool { left.rawValue < right.rawValue }
}

/// How many places of each kind were blacked out.
package struct RedactionCounts: Hashable, Sendable {
    private var counts: [RedactedKind: Int] = [:]

    package init() {}

    package subscript(kind: RedactedKind) -> Int {
        get { counts[kind] ?? 0 }
        set { counts[kind] = newValue == 0 ? nil : newValue }
    }

    package var total: Int { counts.values.reduce(0, +) }

    package static func += (left: inout RedactionCounts, right: RedactionCounts) {
        left.counts.merge(right.counts, uniquingKeysWith: +)
    }
}
