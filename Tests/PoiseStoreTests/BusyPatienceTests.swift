import Testing

@testable import PoiseStore

@Suite struct BusyPatienceTests {
    /// Milliseconds waited in all, and when it was said.
    private func waited(_ patience: BusyPatience) -> (total: Int, told: [Int]) {
        var (total, told): (Int, [Int]) = (0, [])
        var tries = 0
        while case .pause(let milliseconds, let isLong) = patience.step(after: tries) {
            total += milliseconds
            if isLong { told.append(total) }
            tries += 1
        }
        return (total, told)
    }

    @Test func `a database is waited for half a minute, and that is said once, after three seconds`() {
        let (total, told) = waited(BusyPatience())
        #expect((29_900...30_000).contains(total))
        #expect(told.count == 1)
        #expect((3_000..<3_100).contains(told[0]))
    }

    @Test func `where nothing is waited for, nothing is said`() {
        #expect(waited(BusyPatience(notice: 3_000, limit: 0)).total == 0)
    }

    @Test func `the first pauses are short, so that a short write costs little`() {
        #expect(BusyPatience().step(after: 0) == .pause(milliseconds: 1, isLong: false))
    }
}
