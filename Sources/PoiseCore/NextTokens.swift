import Foundation

/// The tokens that a model finds likeliest to come next, after one beginning of a text.
package struct NextTokens: Hashable, Sendable {
    package struct Token: Hashable, Sendable {
        /// Its place in the vocabulary.
        package let id: Int32
        /// The natural logarithm of its probability; servers compute it in single precision.
        package let logProbability: Float

        package init(id: Int32, logProbability: Float) {
            self.id = id
            self.logProbability = logProbability
        }

        package var probability: Double { exp(Double(logProbability)) }
    }

    /// The likeliest first; of equally likely ones that of the lower place, so that the first is always the same.
    package let tokens: [Token]

    package init(_ tokens: [Token]) {
        self.tokens = tokens.sorted { left, right in
            (right.logProbability, left.id) < (left.logProbability, right.id)
        }
    }

    /// The likeliest token; nil where none is known.
    package var top: Int32? { tokens.first?.id }
}

/// A response with the prompt that it answers, in the tokens of one vocabulary.
package struct FollowedText: Hashable, Sendable {
    package let prompt: [Int32]
    package let response: [Int32]
    /// Whether the model ended it by itself: what it expected at the end is then part of what it said.
    package let isEnded: Bool

    package init(prompt: [Int32], response: [Int32], isEnded: Bool) {
        self.prompt = prompt
        self.response = response
        self.isEnded = isEnded
    }

    /// Beginnings of the text, after each of which a token of the model's own came.
    package var positions: Int { response.count + (isEnded ? 1 : 0) }
}
