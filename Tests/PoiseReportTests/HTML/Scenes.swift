import PoiseCore

@testable import PoiseReport

/// Recorded responses to show.
enum Scenes {
    /// A chunk for each piece, 10 ms apart, the first after 50 ms.
    static func take(
        _ candidate: String = "tiny-m@f16", _ pieces: [String] = ["It ", "is ", "4."], thinking: [String] = [],
        score: Double? = 1, completeAt: Int? = 2
    ) -> Scene.Take {
        let all = thinking + pieces
        let chunks = all.enumerated().map { index, piece in
            Scene.Chunk(
                microseconds: Int64(50_000 + index * 10_000), isThinking: index < thinking.count,
                characters: piece.unicodeScalars.count)
        }
        let before = thinking.joined()
        let passages =
            (before.isEmpty ? [] : [Scene.Passage(kind: .thinking, start: 0, text: before)])
            + [Scene.Passage(kind: .prose, start: before.unicodeScalars.count, text: pieces.joined())]
        return Scene.Take(
            candidate: candidate, passages: passages, chunks: chunks, score: score, completeAt: completeAt,
            latency: chunks.last?.milliseconds ?? 0, decodedTokens: chunks.count - 1)
    }

    static func scene(_ takes: [Scene.Take], task: String = "add", question: String = "2+2?") -> Scene {
        Scene(task: task, sample: "\(task)-1", kind: .short, load: 1, question: question, takes: takes)
    }

    static func content(_ scenes: [Scene]) -> ReportContent {
        var content = Demo.content()
        var detail = PageDetail()
        detail.scenes = scenes
        content.detail = detail
        return content
    }
}
