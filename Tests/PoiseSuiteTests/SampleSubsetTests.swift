import PoiseCore
import Testing

@testable import PoiseSuite

struct SampleSubsetTests {
    private func task(_ name: String) -> EvaluationTask {
        EvaluationTask(
            name: name, graders: [], samples: (0..<100).map { Sample(id: "\($0)", input: .text("?"), target: []) })
    }

    private func ids(_ name: String, seed: UInt64) -> [Int] {
        SampleSubset.of(task(name), limit: 10, seed: seed).samples.compactMap { Int($0.id) }
    }

    @Test func `the same seed draws the same samples, in their order`() {
        #expect(ids("a", seed: 1) == ids("a", seed: 1))
        #expect(ids("a", seed: 1) == ids("a", seed: 1).sorted())
        #expect(Set(ids("a", seed: 1)).count == 10)
    }

    @Test func `other seeds and other tasks draw others`() {
        #expect(ids("a", seed: 1) != ids("a", seed: 2))
        #expect(ids("a", seed: 1) != ids("b", seed: 1))
    }

    @Test func `every sample has its chance`() {
        let drawn = Set((0..<200).flatMap { ids("a", seed: $0) })
        #expect(drawn.count == 100)
    }

    @Test func `a limit that takes nothing away changes nothing`() {
        #expect(SampleSubset.of(task("a"), limit: 100, seed: 1) == task("a"))
    }
}
