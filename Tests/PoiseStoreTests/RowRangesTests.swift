import Testing

@testable import PoiseStore

@Suite struct RowRangesTests {
    /// What is copied, where the numbers of `bad` cannot be read.
    private func copied(_ rows: Set<Int64>, bad: Set<Int64>, mostFailures: Int = 10_000) -> (Set<Int64>, RowRanges) {
        var ranges = RowRanges(mostFailures: mostFailures)
        var copied: Set<Int64> = []
        while let range = ranges.next() {
            if bad.contains(where: range.contains) {
                if ranges.failed() { ranges.leaveGap() }
            } else {
                copied.formUnion(rows.filter(range.contains))
                ranges.succeeded()
            }
        }
        return (copied, ranges)
    }

    @Test func `every row that can be read is copied once, whatever lies around it`() {
        let rows: Set<Int64> = [-5, -4, 0, 1, 2, 3, 700, 701, 1023, 1024, 1025, 40_000, 1 << 50, .max]
        let (all, whole) = copied(rows, bad: [])
        #expect(all == rows)
        #expect(whole.gaps == 0)
        let (some, ranges) = copied(rows, bad: [-4, 2, 3, 1024, 1 << 50])
        #expect(some == rows.subtracting([-4, 2, 3, 1024, 1 << 50]))
        #expect(ranges.gaps == 4)
    }

    @Test func `failures are bounded, and what comes first is still copied`() {
        let bad = Set<Int64>(2000...2100)
        let (some, ranges) = copied([1, 1999, 5000], bad: bad, mostFailures: 20)
        #expect(some.isSuperset(of: [1, 1999, 5000]))
        #expect(ranges.gaps >= 1)
    }
}
