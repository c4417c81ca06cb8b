import PoiseCore
import PoiseStatistics
import Testing

@Suite struct TaskBreakdownTests {
    private func accuracies(_ observations: [Observation]) -> [TaskAccuracy] {
        TaskBreakdown.accuracies(of: observations, candidates: ["a", "b"], tasks: ["sort", "add"])
    }

    @Test func `one entry for each candidate, task and load that was observed, in the order given`() {
        let entries = accuracies([
            observation("b", sample: 1, task: "add"), observation("a", sample: 1, load: 4, task: "add"),
            observation("a", sample: 1, task: "add"), observation("a", sample: 1, task: "sort"),
            observation("stranger", sample: 1, task: "add"), observation("a", sample: 1, task: "other"),
        ])
        #expect(
            entries.map { "\($0.candidate) \($0.task) \($0.load)" } == ["a sort 1", "a add 1", "a add 4", "b add 1"])
    }

    @Test func `each sample counts once, however many trials it has`() {
        let entries = accuracies(
            (1...3).map { observation("a", sample: 1, score: $0 == 1 ? 1 : 0, round: $0) } + [
                observation("a", sample: 2, score: 1), observation("a", sample: 2, score: nil, round: 2),
                observation("a", sample: 3, score: 0),
            ])
        #expect(entries == [TaskAccuracy(candidate: "a", task: "add", load: 1, correct: 4.0 / 3, n: 3)])
    }

    @Test func `a sample without any score is unscored and not wrong`() {
        let entries = accuracies([
            observation("a", sample: 1, score: 1), observation("a", sample: 2, score: nil),
            observation("a", sample: 3, score: 7),
        ])
        #expect(entries == [TaskAccuracy(candidate: "a", task: "add", load: 1, correct: 1, n: 1, unscored: 2)])
        #expect(accuracies([observation("a", sample: 1, score: nil)]).first?.accuracy == nil)
    }

    @Test func `samples of the same name in two tasks are two samples`() {
        let entries = accuracies([
            observation("a", sample: 1, score: 1, task: "sort"), observation("a", sample: 1, score: 0, task: "add"),
        ])
        #expect(entries.map(\.correct) == [1, 0])
    }

    @Test func `over all tasks it is the accuracy of the front`() throws {
        let observations = noisyObservations(seed: 3)
        let point = try #require(
            FrontAnalysis(resamples: 0, seed: 1).points(from: observations, candidates: [candidate("a")]).first)
        let entry = try #require(
            TaskBreakdown.accuracies(of: observations.shuffled(), candidates: ["a"], tasks: ["add"]).first)
        #expect(entry.n == point.n && entry.unscored == point.unscored)
        #expect(abs(try #require(entry.accuracy) - (try #require(point.accuracy))) < 1e-15)
    }
}
