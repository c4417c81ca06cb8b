import Glibc
import PoiseCore
import Testing

@testable import PoiseSimulator

struct PollerTests {
    @Test func `a wait ends at its instant and not before`() throws {
        var poller = try Poller()
        defer { poller.close() }
        var ready: [Poller.Ready] = []
        for span in [300_000, 2_000_000, 10_000_000] {
            let instant = Instant.now().nanoseconds + Int64(span)
            poller.wait(until: instant, into: &ready)
            #expect(ready.isEmpty)
            #expect(Instant.now().nanoseconds >= instant)
        }
    }

    @Test func `a wait ends early when something can be read`() throws {
        var poller = try Poller()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer {
            poller.close()
            for end in ends { close(end) }
        }
        poller.add(ends[0], as: 42)
        var ready: [Poller.Ready] = []
        poller.wait(until: 0, into: &ready)
        #expect(ready.isEmpty)
        write(ends[1], "x", 1)
        poller.wait(until: Instant.now().nanoseconds + 60_000_000_000, into: &ready)
        #expect(ready.map(\.token) == [42])
        #expect(ready.first?.isReadable == true)
    }
}
