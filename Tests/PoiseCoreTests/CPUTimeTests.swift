import Testing

@testable import PoiseCore

@Suite struct CPUTimeTests {
    @Test func `the CPU time of this process grows with its work`() {
        let before = CPUTime.now()
        var sum = 0.0
        // At least once: the other tests' threads may use the time.
        repeat {
            for index in 0..<10_000 { sum += Double(index).squareRoot() }
        } while (CPUTime.now() - before).total < .milliseconds(5)
        let used = CPUTime.now() - before
        #expect(sum > 0)
        #expect(used.total >= .milliseconds(5))
        #expect((0...1).contains(used.kernelShare))
    }

    @Test func `the kernel's share is of what both used`() {
        #expect(CPUTime(user: .milliseconds(30), kernel: .milliseconds(10)).kernelShare == 0.25)
        #expect(CPUTime(user: .zero, kernel: .zero).kernelShare == 0)
    }
}
