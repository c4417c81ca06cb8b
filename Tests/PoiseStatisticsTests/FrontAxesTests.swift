import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct FrontAxesTests {
    private let four = ["a", "b", "c", "d"].map { candidate($0) }

    private func places(
        _ observations: [Observation], _ names: [String], _ axes: FrontAxes, resamples: Int = 400,
        memory: [String: Int64] = [:]
    ) -> [FrontPlace] {
        FrontAnalysis(resamples: resamples, seed: 2).places(
            from: TrialColumns(observations), candidates: names.map { candidate($0) }, axes: axes, memory: memory)
    }

    @Test func `accuracy and decode speed give the very points that a run ends with`() {
        let observations = noisyObservations(seed: 31, rounds: 3)
        let analysis = FrontAnalysis(resamples: 500, seed: 3)
        let places = analysis.places(from: TrialColumns(observations), candidates: four, axes: FrontAxes())
        #expect(places == analysis.points(from: observations, candidates: four).map { FrontPlace($0) })
        #expect(places.count == 8)
    }

    @Test func `the draws are those of their portions, however many cores there are`() {
        let observations = noisyObservations(seed: 32, rounds: 3)
        let axes = FrontAxes(x: .latency)
        let first = places(observations, ["a", "b", "c", "d"], axes, resamples: 1500)
        for _ in 0..<5 { #expect(places(observations, ["a", "b", "c", "d"], axes, resamples: 1500) == first) }
        // A last portion that is not full still counts: its draws are other ones.
        #expect(places(observations, ["a", "b", "c", "d"], axes, resamples: 1450) != first)
    }

    @Test func `of times the shorter one is better`() throws {
        let observations = (0..<20).flatMap { sample in
            [
                observation("soon", sample: sample, score: 0, ttft: 10 + Double(sample) / 10),
                observation("late", sample: sample, score: 1, ttft: 90 + Double(sample) / 10),
                observation("beaten", sample: sample, score: 0, ttft: 95),
            ]
        }
        let places = places(observations, ["soon", "late", "beaten"], FrontAxes(x: .ttft))
        #expect(places.map(\.onFront) == [true, true, false])
        #expect(places.map(\.frontProbability) == [1, 1, 0])
        let soon = try #require(places[0].x)
        #expect(soon.estimate == 10.95)
        #expect(try #require(soon.low) <= 10.95 && 10.95 <= #require(soon.high))
    }

    @Test func `what was never right takes for ever and is on no front`() throws {
        let observations = (0..<12).flatMap { sample in
            [
                observation("never", sample: sample, score: 0, latency: 1),
                observation("sometimes", sample: sample, score: sample % 2 == 0 ? 1 : 0, latency: 100),
            ]
        }
        let axes = FrontAxes(x: .timeToCorrect)
        let places = places(observations, ["never", "sometimes"], axes)
        #expect(places.map { $0.x?.estimate } == [.infinity, 200])
        #expect(places.map(\.onFront) == [false, true])
        #expect(places[0].frontProbability == 0)
        #expect(places[0].x?.low == .infinity)
        #expect(try #require(places[1].frontProbability) > 0.99)
        let alone = self.places(observations, ["never"], axes)
        #expect(alone.map(\.onFront) == [false] && alone.map(\.frontProbability) == [0])
    }

    @Test func `memory is a number without an interval`() throws {
        let observations = (0..<20).flatMap { sample in
            ["large", "small"].map { observation($0, sample: sample, score: sample % 3 == 0 ? 0 : 1) }
        }
        let places = places(
            observations, ["large", "small", "unknown"], FrontAxes(x: .memory), memory: ["large": 900, "small": 300])
        #expect(places.map { $0.x?.estimate } == [900, 300, nil])
        #expect(places.allSatisfy { $0.x?.low == nil })
        #expect(places.map(\.onFront) == [false, true, false])
        #expect(places.map(\.frontProbability) == [0, 1, nil])
    }

    /// Trials of 10 tokens one after the other, those of a round each so many milliseconds long.
    private func rounds(_ lengths: [Double], tasks: [String] = ["add"]) -> [Observation] {
        lengths.enumerated().flatMap { round, length in
            (0..<8).map { number in
                let start = Double(round) * 1e6 + Double(number) * length
                return Observation(
                    candidate: "a", task: tasks[number % tasks.count], sample: "s\(number)", load: 1, round: round + 1,
                    score: 1, ttft: 1, ttfo: 1, latency: length, decodeTPS: 50, decodedTokens: 9, decodeSpan: 180,
                    queueDelay: 0, scheduled: start, ended: start + length, outputTokens: 10)
            }
        }
    }

    @Test func `the interval of a throughput is over rounds, from three on`() throws {
        let axes = FrontAxes(x: .throughput)
        let two = try #require(places(rounds([10, 20]), ["a"], axes).first?.x)
        // 160 tokens in 80 + 160 ms.
        #expect(abs(two.estimate - 160 / 0.24) < 1e-9)
        #expect(two.low == nil && two.high == nil)
        let three = try #require(places(rounds([10, 20, 40]), ["a"], axes, resamples: 4000).first?.x)
        #expect(abs(three.estimate - 240 / 0.56) < 1e-9)
        // All draws of the slowest and of the fastest round have 1 in 27 each, more than the 2.5% that are cut off.
        #expect(abs(try #require(three.low) - 80 / 0.32) < 1e-9)
        #expect(abs(try #require(three.high) - 80 / 0.08) < 1e-9)
    }

    @Test func `a throughput is that of the whole level, whatever tasks count`() throws {
        let observations = rounds([10, 20], tasks: ["add", "sort"])
        let all = try #require(places(observations, ["a"], FrontAxes(x: .throughput)).first)
        let one = try #require(places(observations, ["a"], FrontAxes(x: .throughput, tasks: ["add"])).first)
        #expect(one.x == all.x)
        #expect(all.n == 8 && one.n == 4)
    }

    @Test func `a task's front is that of its trials alone`() {
        let observations = noisyObservations(seed: 33)
        let other = noisyObservations(seed: 34).map {
            observation(
                $0.candidate, sample: 1, score: $0.score, speed: $0.decodeTPS, load: $0.load, round: $0.round,
                task: "sort", latency: $0.latency)
        }
        let names = ["a", "b", "c", "d"]
        let alone = places(observations, names, FrontAxes(x: .latency))
        #expect(places(observations + other, names, FrontAxes(x: .latency, tasks: ["add"])) == alone)
        #expect(places(observations + other, names, FrontAxes(x: .latency)) != alone)
    }

    @Test func `columns of two runs are those of all trials together`() {
        let observations = noisyObservations(seed: 35)
        let middle = observations.count / 2
        var joined = TrialColumns(Array(observations[..<middle]))
        joined.append(TrialColumns(Array(observations[middle...])))
        #expect(joined.count == observations.count)
        let analysis = FrontAnalysis(resamples: 50, seed: 1)
        #expect(
            analysis.points(from: joined, candidates: four)
                == analysis.points(from: observations, candidates: four))
    }

    @Test func `a quantile beside an infinite value is that value or infinite, never no number`() {
        #expect(quantile(0.5, ofSorted: [1, .infinity, .infinity]) == .infinity)
        #expect(quantile(0.25, ofSorted: [1, 2, .infinity]) == 1.5)
        #expect(quantile(0.5, ofSorted: [1, 2, .infinity]) == 2)
        #expect(quantile(0.75, ofSorted: [1, 2, .infinity]) == .infinity)
    }

    @Test func `the area under a front and its knee, over the worst of times`() throws {
        func place(_ name: String, _ x: Double, _ y: Double, onFront: Bool) -> FrontPlace {
            FrontPlace(
                candidate: name, model: name, quantization: nil, load: 1, n: 10, unscored: 0,
                x: FrontPlace.Value(estimate: x), y: FrontPlace.Value(estimate: y), onFront: onFront,
                frontProbability: nil)
        }
        let places = [
            place("good", 90, 1, onFront: true), place("knee", 20, 0.9, onFront: true),
            place("fast", 10, 0.2, onFront: true), place("beaten", 100, 0.5, onFront: false),
        ]
        let figures = try #require(FrontFigures.figures(of: places, metric: .latency).first)
        #expect(figures.referenceX == 100 && figures.referenceY == 0)
        // 10 × 1 + 70 × 0.9 + 10 × 0.2
        #expect(abs(figures.hypervolume - 75) < 1e-9)
        #expect(figures.knee == "knee")
        #expect(FrontFigures.figures(of: [], metric: .latency).isEmpty)
    }
}
