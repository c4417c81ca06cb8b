package import PoiseCore

/// One question with the recorded responses of several candidates, for the player.
package struct Scene: Hashable, Sendable {
    package var task: String
    package var sample: String
    package var kind: SceneKind
    package var load: Load
    /// What was asked, as people would read it.
    package var question: String
    /// The lead, its rival, then the others in the suite's order; candidates without a response are left out.
    package var takes: [Take]

    package init(
        task: String, sample: String, kind: SceneKind, load: Load, question: String, takes: [Take]
    ) {
        self.task = task
        self.sample = sample
        self.kind = kind
        self.load = load
        self.question = question
        self.takes = takes
    }

    /// One candidate's response with the arrival of each of its chunks.
    ///
    /// The text that streamed stands in `passages` in its order; `chunks` say how much of it had arrived when.
    package struct Take: Hashable, Sendable {
        package var candidate: String
        package var passages: [Passage]
        package var chunks: [Chunk]
        /// 0…1; nil where it has no score.
        package var score: Double?
        /// The chunk with which the right answer was complete; nil where it never was, or that is not known.
        package var completeAt: Int?
        /// Sent → the response was over, ms. Of a chain with what lies between its requests.
        package var latency: Double
        /// The output tokens behind those of the first chunk, of which the speed is taken; nil where it has none.
        package var decodedTokens: Int?
        /// Characters of the response that are left out, since it is too long for a page.
        package var leftOut: Int

        package init(
            candidate: String, passages: [Passage], chunks: [Chunk], score: Double?, completeAt: Int? = nil,
            latency: Double, decodedTokens: Int? = nil, leftOut: Int = 0
        ) {
            self.candidate = candidate
            self.passages = passages
            self.chunks = chunks
            self.score = score
            self.completeAt = completeAt
            self.latency = latency
            self.decodedTokens = decodedTokens
            self.leftOut = leftOut
        }

        /// The rule of flips: half of the points or more.
        package var isRight: Bool? { score.map { $0 >= 0.5 } }
    }

    /// A token-bearing chunk.
    package struct Chunk: Hashable, Sendable {
        /// Sent → it arrived, whole microseconds.
        package var microseconds: Int64
        package var isThinking: Bool
        /// Unicode scalars of the stream's text.
        package var characters: Int

        package init(microseconds: Int64, isThinking: Bool = false, characters: Int) {
            self.microseconds = microseconds
            self.isThinking = isThinking
            self.characters = characters
        }

        package var milliseconds: Double { Double(microseconds) / 1000 }
    }

    /// A piece of a response that is shown in one way.
    package struct Passage: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            case thinking, prose, code, toolCall
            /// The next question of a chain, or what a tool answered; no model wrote it.
            case asked
        }

        package var kind: Kind
        /// Where it begins in the stream, in Unicode scalars. The marks around a block of code lie between passages.
        package var start: Int
        package var text: String

        package init(kind: Kind, start: Int, text: String) {
            self.kind = kind
            self.start = start
            self.text = text
        }
    }
}

extension Scene {
    /// About how much of the page's data it takes, bytes.
    var size: Int { takes.reduce(200) { $0 + $1.size } }

    /// Without the last takes, where all of them would make the page heavy; the first two always stay.
    package func limited(to bytes: Int) -> Scene {
        var scene = self
        var rest = size
        while rest > bytes, scene.takes.count > 2 { rest -= scene.takes.removeLast().size }
        return scene
    }
}

extension Scene.Take {
    fileprivate var size: Int {
        120 + chunks.count * (chunks.contains { $0.characters != 1 } ? 8 : 5)
            + passages.reduce(0) { $0 + 40 + $1.text.utf8.count }
    }
}
