/// What one check of the machine, the installation, the database or an endpoint found.
package struct Finding: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case ok
        /// A run works, and its figures may suffer.
        case warning
        /// A run cannot work.
        case failed
        /// Nothing was found out, and nothing is wrong for that.
        case skipped
    }

    /// What was checked, in a word or two.
    package let check: String
    package let status: Status
    /// What was found, with its figures, as a clause without a full stop.
    package let found: String
    /// What to do; nil where there is nothing to do.
    package let remedy: String?
    /// The figures alone, by names in camelCase: times in milliseconds, sizes in bytes, shares 0…1.
    package let figures: [String: Double]

    package init(
        _ check: String, _ status: Status, _ found: String, remedy: String? = nil, figures: [String: Double] = [:]
    ) {
        self.check = check
        self.status = status
        self.found = found
        self.remedy = remedy
        self.figures = figures
    }

    /// Whether a reader has to do something about it.
    package var isTrouble: Bool { status == .warning || status == .failed }
}

/// The findings about one subject, in a fixed order.
package struct FindingGroup: Hashable, Sendable {
    package let title: String
    package let findings: [Finding]
    /// Whether it is one of many of its kind, of which only what is not well is worth a line each.
    package let isOneOfMany: Bool

    package init(title: String, findings: [Finding], isOneOfMany: Bool = false) {
        self.title = title
        self.findings = findings
        self.isOneOfMany = isOneOfMany
    }
}
