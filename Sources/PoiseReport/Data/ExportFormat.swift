package import PoiseCore

/// The shape of an export, one piece of text for each trial: nothing of the trials before is needed.
package struct ExportFormat: Sendable {
    package enum Syntax: String, Hashable, Sendable, CaseIterable {
        /// A document for each line.
        case jsonl
        /// One document, a list.
        case json
        case csv
    }

    /// What a record holds.
    package enum Content: Hashable, Sendable {
        case own(withTimeline: Bool)
        /// In another tool's words.
        case foreign(ForeignTool)
    }

    private let syntax: Syntax
    private let content: Content

    package init(_ syntax: Syntax, _ content: Content) {
        self.syntax = syntax
        self.content = content
    }

    /// What comes before the first trial.
    package var opening: String {
        switch syntax {
        case .jsonl: ""
        case .json: "["
        // The names are the same for every trial, so those of any will do.
        case .csv: CSVText.line(flattened(Self.anyTrial, ForeignTrial()).map(\.name))
        }
    }

    /// - Parameters:
    ///   - own: the trial under the other tool's definitions, where they are asked for.
    ///   - isFirst: whether no trial came before.
    package func text(of trial: StoredTrial, as own: ForeignTrial, isFirst: Bool) -> String {
        switch syntax {
        case .jsonl: OrderedJSON.object(record(trial, own)).text + "\n"
        case .json: (isFirst ? "\n" : ",\n") + OrderedJSON.object(record(trial, own)).text
        case .csv: CSVText.line(flattened(trial, own).map { CSVText.field($0.value) })
        }
    }

    /// What comes after the last trial.
    package var ending: String { syntax == .json ? "\n]\n" : "" }

    private func record(_ trial: StoredTrial, _ own: ForeignTrial) -> [(name: String, value: OrderedJSON)] {
        switch content {
        case .own(let withTimeline): TrialExport.record(trial, withTimeline: withTimeline)
        case .foreign(let tool): ForeignExport.record(trial, own, tool: tool)
        }
    }

    /// The columns of a table: AIPerf's nested metrics by their own names, each value in AIPerf's unit.
    private func flattened(_ trial: StoredTrial, _ own: ForeignTrial) -> [(name: String, value: OrderedJSON)] {
        guard case .foreign(.aiperf) = content else { return record(trial, own) }
        return ForeignExport.aiperfColumns(trial, own)
    }

    private static let anyTrial = StoredTrial(
        run: "", key: TrialKey(candidate: "", task: "", sample: "", epoch: 0, load: 1, round: 0), model: "",
        response: nil, timeToDone: 0)
}
