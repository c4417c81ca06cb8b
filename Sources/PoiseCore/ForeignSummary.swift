/// A candidate at a load under another tool's definitions.
package struct ForeignSummary: Hashable, Sendable {
    package let tool: ForeignTool
    package let candidate: String
    package let load: Load
    /// In the order in which the tool prints them; the same for all points of a tool.
    package let metrics: [ForeignMetric]
    /// Where these numbers differ from what the tool itself would print, as sentences.
    package let notes: [String]

    package init(tool: ForeignTool, candidate: String, load: Load, metrics: [ForeignMetric], notes: [String]) {
        self.tool = tool
        self.candidate = candidate
        self.load = load
        self.metrics = metrics
        self.notes = notes
    }

    package subscript(name: String) -> Double? {
        metrics.first { $0.name == name }?.value
    }
}

/// One number as another tool names it.
package struct ForeignMetric: Hashable, Sendable {
    /// The name in the file that the tool writes; a dot where that file nests.
    package let name: String
    /// What stands over the column, with the unit.
    package let head: String
    /// In the tool's own unit; nil where it is undefined, also where the tool would print 0.
    package let value: Double?
    /// How long the column stays in a table that is short of room: the lower, the longer; nil where it is left out.
    package let priority: Int?

    package init(_ name: String, _ head: String, _ value: Double?, priority: Int? = nil) {
        self.name = name
        self.head = head
        self.value = value
        self.priority = priority
    }
}
