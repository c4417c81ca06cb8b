import PoiseCore
import Testing

@testable import PoiseReport

struct SceneWordsTests {
    @Test func `the rate at the end is the trial's decode speed`() {
        var take = Scenes.take()
        #expect(SceneWords.rate(take) == 100)
        // Twelve tokens came with the two chunks behind the first.
        take.decodedTokens = 12
        #expect(SceneWords.rate(take) == 600)
        take.decodedTokens = nil
        #expect(SceneWords.rate(take) == nil)
        #expect(SceneWords.rate(Scenes.take("a", ["4"])) == nil)
    }

    @Test func `of a chain the rate is that of its last turn`() {
        var take = Scenes.take("a", ["a", "b", "c", "d"], completeAt: nil)
        take.passages = [
            Scene.Passage(kind: .prose, start: 0, text: "ab"), Scene.Passage(kind: .asked, start: 2, text: "And?"),
            Scene.Passage(kind: .prose, start: 2, text: "cd"),
        ]
        take.chunks[3].microseconds = take.chunks[2].microseconds + 5000
        take.decodedTokens = 2
        #expect(SceneWords.turnStarts(take) == [0, 2])
        #expect(SceneWords.rate(take) == 200)
    }

    @Test func `the verdict says when the right answer was there, if that is known`() {
        #expect(SceneWords.verdict(Scenes.take(), clock: 72) == "right at 70.0 ms")
        #expect(SceneWords.verdict(Scenes.take(), clock: 7200) == "right at 0.1 s")
        #expect(SceneWords.verdict(Scenes.take(completeAt: nil), clock: 72) == "right")
        #expect(SceneWords.verdict(Scenes.take(score: 0.4, completeAt: nil), clock: 72) == "wrong")
        #expect(SceneWords.verdict(Scenes.take(score: nil, completeAt: nil), clock: 72) == "not scored")
    }

    @Test func `what is left out is said`() {
        var take = Scenes.take()
        #expect(SceneWords.cut(take).isEmpty)
        take.leftOut = 1
        #expect(SceneWords.cut(take) == "The first 8 characters. One more is in the database only.")
        take.leftOut = 1200
        #expect(SceneWords.cut(take) == "The first 8 characters. 1,200 more are in the database only.")
    }
}
