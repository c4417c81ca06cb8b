import PoiseRunner
import Testing

@Suite struct OpenFileLimitTests {
    @Test func `connections leave files for the rest of the process, and end at ten thousand`() {
        #expect(OpenFileLimit.requestsInFlight(openFiles: 1024) == 960)
        #expect(OpenFileLimit.requestsInFlight(openFiles: .max) == 10_000)
        #expect(OpenFileLimit.requestsInFlight(openFiles: 3) == 1)
    }

    @Test func `this process may have some in flight`() {
        #expect((1...10_000).contains(OpenFileLimit.requestsInFlight))
    }
}
