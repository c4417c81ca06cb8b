package import PoiseCore

/// An answer with the outcome that a check must give it, and why.
package struct CheckExample: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable {
        /// A score of 1.
        case right
        /// A score between 0 and 1.
        case partly
        /// A score of 0.
        case wrong
        /// No score, for the sample does not allow one.
        case unscored
    }

    package let answer: String
    package let sample: Sample
    package let options: [String: JSONValue]
    package let outcome: Outcome
    /// What the check reads out of the answer; nil where the example does not say.
    package let reads: String?
    package let why: String

    package init(
        _ outcome: Outcome, _ answer: String, sample: Sample, options: [String: JSONValue] = [:], reads: String? = nil,
        why: String
    ) {
        self.answer = answer
        self.sample = sample
        self.options = options
        self.outcome = outcome
        self.reads = reads
        self.why = why
    }

    /// An example whose sample is no more than its targets, choices and metadata.
    package init(
        _ outcome: Outcome, _ answer: String, target: String..., choices: [String] = [],
        metadata: [String: JSONValue] = [:], options: [String: JSONValue] = [:], reads: String? = nil, why: String
    ) {
        let sample = Sample(
            id: "example", input: .text("…"), target: target, choices: choices, metadata: metadata)
        self.init(outcome, answer, sample: sample, options: options, reads: reads, why: why)
    }
}
