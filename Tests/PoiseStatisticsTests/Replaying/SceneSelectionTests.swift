import PoiseCore
import Testing

@testable import PoiseStatistics

struct SceneSelectionTests {
    private typealias Traits = SceneSelection.TaskTraits

    /// Samples `1`, `2`, … of a task, with the lead's latencies; the rival takes 10 ms.
    private func sketches(
        _ task: String, latencies: [Double], lead: [Double?], rival: [Double?]?, characters: Int = 10,
        reasoning: Int = 0, hasFence: Bool = false
    ) -> [TrialSketch] {
        latencies.indices.flatMap { index in
            let sketch = TrialSketch(
                candidate: "lead", task: task, sample: "\(index + 1)", score: lead[index], latency: latencies[index],
                answerCharacters: characters, reasoningCharacters: reasoning, hasFence: hasFence)
            guard let rival else { return [sketch] }
            var other = sketch
            (other.candidate, other.score, other.latency) = ("rival", rival[index], 10)
            return [sketch, other]
        }
    }

    private func traits(_ name: String, _ kind: SceneKind? = nil, samples: Int) -> Traits {
        Traits(name: name, kind: kind, samples: (1...samples).map(String.init))
    }

    private func select(
        _ sketches: [TrialSketch], _ tasks: [Traits], _ selection: SceneSelection = SceneSelection(),
        rival: String? = "rival"
    ) -> [String] {
        selection.scenes(from: sketches, tasks: tasks, lead: "lead", rival: rival).map {
            "\($0.task)-\($0.sample) \($0.kind.rawValue)"
        }
    }

    @Test func `where all agree, the sample of median time is shown`() {
        let all = sketches("a", latencies: [900, 100, 10, 110, 105], lead: [1, 1, 1, 1, 1], rival: [1, 1, 1, 1, 1])
        #expect(select(all, [traits("a", samples: 5)]) == ["a-5 short"])
    }

    @Test func `a sample that the lead has right and its rival wrong goes before a more typical one`() {
        let all = sketches("a", latencies: [100, 100, 190], lead: [1, 0, 1], rival: [1, 1, 0])
        #expect(select(all, [traits("a", samples: 3)]) == ["a-3 short"])
        // Parting the other way goes before agreement.
        let other = sketches("a", latencies: [100, 90, 100], lead: [1, 0, 1], rival: [1, 1, 1])
        #expect(select(other, [traits("a", samples: 3)]) == ["a-2 short"])
    }

    @Test func `one of each kind comes first, then the longest of other tasks`() {
        let tasks = [
            traits("one", samples: 1), traits("two", samples: 1), traits("story", samples: 1),
            traits("json", .data, samples: 1), traits("snake", samples: 1), traits("riddle", samples: 1),
            traits("talk", .conversation, samples: 1), traits("three", samples: 1),
        ]
        func one(_ task: String, _ characters: Int, reasoning: Int = 0, hasFence: Bool = false) -> [TrialSketch] {
            sketches(
                task, latencies: [50], lead: [1], rival: [1], characters: characters, reasoning: reasoning,
                hasFence: hasFence)
        }
        let all =
            one("one", 4) + one("two", 9) + one("story", 400) + one("json", 200) + one("snake", 300, hasFence: true)
            + one("riddle", 4, reasoning: 900) + one("talk", 90) + one("three", 8)
        #expect(
            select(all, tasks, SceneSelection(most: 8)) == [
                "riddle-1 thinking", "talk-1 conversation", "snake-1 code", "json-1 data", "story-1 prose",
                "two-1 short", "three-1 short", "one-1 short",
            ])
        #expect(select(all, tasks, SceneSelection(most: 2)) == ["riddle-1 thinking", "talk-1 conversation"])
    }

    @Test func `with failures only, a sample that everybody has right is not shown`() {
        let all = sketches("a", latencies: [100, 400], lead: [1, 0], rival: [1, 0])
        #expect(select(all, [traits("a", samples: 2)], SceneSelection(failuresOnly: true)) == ["a-2 short"])
        let right = sketches("a", latencies: [100], lead: [1], rival: [1])
        #expect(select(right, [traits("a", samples: 1)], SceneSelection(failuresOnly: true)) == [])
        // What nobody could score is no failure of a candidate.
        let unscored = sketches("a", latencies: [100], lead: [nil], rival: [nil])
        #expect(select(unscored, [traits("a", samples: 1)], SceneSelection(failuresOnly: true)) == [])
    }

    @Test func `a sample without a response of the lead, or of anybody else, is not shown`() {
        var all = sketches("a", latencies: [100], lead: [1], rival: [1])
        all[0].hasFailed = true
        #expect(select(all, [traits("a", samples: 1)]) == [])
        all[0].hasFailed = false
        all[1].hasFailed = true
        #expect(select(all, [traits("a", samples: 1)]) == [])
        let alone = sketches("a", latencies: [100], lead: [1], rival: nil)
        #expect(select(alone, [traits("a", samples: 1)], rival: nil) == ["a-1 short"])
    }

    @Test func `the order in which trials are read decides nothing`() {
        let all = (0..<6).flatMap { task in
            sketches("t\(task)", latencies: [100, 120, 130, 90], lead: [1, 0, 1, 1], rival: [0, 1, 0, 0])
        }
        let tasks = (0..<6).map { traits("t\($0)", samples: 4) }
        #expect(select(all, tasks) == select(all.reversed(), tasks))
    }
}
