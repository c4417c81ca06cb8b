import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct MergeSelectionTests {
    @Test func `whole shards give every cell once, in the plan's order, however they are named`() {
        let shards = [MergeFixture.shard(0), MergeFixture.shard(1)]
        for order in [shards, shards.reversed()] {
            let set = MergeFixture.set(order)
            let selection = MergeSelection(of: set)
            #expect(selection.takes.map(\.cell) == MergeFixture.file.places.map(\.cell))
            #expect(selection.takes.map { set.shards[$0.source].number } == MergeFixture.file.places.map(\.shard))
            #expect(selection.gaps.isEmpty && selection.doubles.isEmpty)
        }
    }

    @Test func `of two that ran one share the one that ended first is taken, whole`() throws {
        let first = MergeFixture.shard(0, path: "z", endedAt: "2026-11-21T08:00:00.000Z")
        let second = MergeFixture.shard(0, path: "a", endedAt: "2026-11-21T08:00:01.000Z")
        for order in [[first, second], [second, first]] {
            let set = MergeFixture.set(order + [MergeFixture.shard(1)])
            let selection = MergeSelection(of: set)
            let taken = selection.takes.filter { MergeFixture.cells(of: 0).contains($0.cell) }
            #expect(taken.map { set.shards[$0.source].path } == ["z", "z"])
            #expect(selection.doubles.map(\.cell) == MergeFixture.cells(of: 0))
            #expect(selection.doubles.allSatisfy { $0.dropped.map { set.shards[$0].path } == ["a"] })
        }
    }

    @Test func `what an attempt left is nothing beside the whole shard, even where it ended first`() {
        let partial = MergeFixture.shard(
            0, path: "partial", trials: [4, 1], status: .interrupted, endedAt: "2026-11-21T07:20:00.000Z")
        let set = MergeFixture.set([partial, MergeFixture.shard(0, path: "whole"), MergeFixture.shard(1)])
        let selection = MergeSelection(of: set)
        #expect(Set(selection.takes.map { set.shards[$0.source].path }) == ["whole", "shard-1.sqlite"])
        #expect(selection.doubles.isEmpty && selection.gaps.isEmpty)
    }

    @Test func `two attempts that each finished another cell make a whole`() {
        let one = MergeFixture.shard(0, path: "one", trials: [4, 1], status: .interrupted)
        let two = MergeFixture.shard(0, path: "two", trials: [0, 4], status: .interrupted)
        let set = MergeFixture.set([one, two, MergeFixture.shard(1)])
        let selection = MergeSelection(of: set)
        let taken = selection.takes.filter { MergeFixture.cells(of: 0).contains($0.cell) }
        #expect(taken.map { set.shards[$0.source].path } == ["one", "two"])
        #expect(selection.gaps.isEmpty)
    }

    @Test func `of attempts that finished nothing the one with the most trials is taken, never two`() throws {
        let one = MergeFixture.shard(0, path: "one", trials: [1, 3], status: .interrupted)
        let two = MergeFixture.shard(0, path: "two", trials: [2, 3], status: .running, endedAt: nil)
        let set = MergeFixture.set([two, one, MergeFixture.shard(1)])
        let selection = MergeSelection(of: set)
        let taken = selection.takes.filter { MergeFixture.cells(of: 0).contains($0.cell) }
        #expect(taken.map { set.shards[$0.source].path } == ["two", "one"])
        #expect(taken.allSatisfy { !$0.isComplete })
        #expect(selection.gaps.map(\.trials) == [2, 3])
        #expect(selection.gaps.map(\.planned) == [4, 4])
        #expect(
            selection.gaps.map { $0.state(in: set) } == [
                "partial: 2 of 4 trials; it ended without a word", "partial: 3 of 4 trials; it was interrupted",
            ])
    }

    @Test func `a shard that is not there is a gap of nothing`() {
        let set = MergeFixture.set([MergeFixture.shard(1)])
        let selection = MergeSelection(of: set)
        #expect(selection.gaps.map(\.cell) == MergeFixture.cells(of: 0))
        #expect(selection.gaps.allSatisfy { $0.state(in: set) == "nothing is there" && $0.shard == 0 })
        #expect(selection.takes.map(\.cell) == MergeFixture.cells(of: 1))
    }

    @Test func `answers without scores are not whole, and a problem says why a candidate stopped`() {
        var shard = MergeFixture.shard(0, trials: [4, 2], status: .incomplete)
        let cells = MergeFixture.cells(of: 0)
        shard.work[cells[0]] = MergeFixture.work(ungraded: 3)
        shard.problems = [.init(candidate: cells[1].candidate, reason: "it does not answer\nmore")]
        let set = MergeFixture.set([shard, MergeFixture.shard(1)])
        let gaps = MergeSelection(of: set).gaps
        #expect(
            gaps.map { $0.state(in: set) } == [
                "3 of 4 answers are not graded", "partial: 2 of 4 trials; it does not answer",
            ])
    }
}
