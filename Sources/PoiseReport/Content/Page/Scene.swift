package import PoiseCore

/// One question with the recorded responses of several candidates, for the player.
package struct Scene: Hashable, Sendable {
    package var task: String
    package var sample: String
    package var load: Load
    /// What was asked, as people would read it.
    package var question: String
    package var takes: [Take]

    package init(task: String, sample: String, load: Load, question: String, takes: [Take]) {
        self.task = task
        self.sample = sample
        self.load = load
        self.question = question
        self.takes = takes
    }

    /// One candidate's response with the arrival of each of its chunks.
    package struct Take: Hashable, Sendable {
        package var candidate: String
        package var reasoning: String
        package var answer: String
        package var chunks: [Chunk]
        /// 0…1; nil where it has no score.
        package var score: Double?
        /// The chunk with which the right answer was complete; nil where it never was, or that is not known.
        package var completeAt: Int?
        /// Sent → the response was over, ms.
        package var latency: Double

        package init(
            candidate: String, reasoning: String, answer: String, chunks: [Chunk], score: Double?, completeAt: Int?,
            latency: Double
        ) {
            self.candidate = candidate
            self.reasoning = reasoning
            self.answer = answer
            self.chunks = chunks
            self.score = score
            self.completeAt = completeAt
            self.latency = latency
        }
    }

    /// A token-bearing chunk.
    package struct Chunk: Hashable, Sendable {
        /// Sent → it arrived, whole microseconds.
        package var microseconds: Int64
        package var isThinking: Bool
        /// Unicode scalars of the text.
        package var characters: Int

        package init(microseconds: Int64, isThinking: Bool, characters: Int) {
            self.microseconds = microseconds
            self.isThinking = isThinking
            self.characters = characters
        }
    }
}
