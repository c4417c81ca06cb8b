import PoiseCore
import Testing

@testable import PoiseReport

struct ReportContentTests {
    @Test func `it is simulated as soon as one engine says so`() {
        #expect(!Demo.content().isSimulated)
        #expect(Demo.content(isSimulated: true).isSimulated)
    }

    @Test func `the accuracy of a task without scores is undefined`() {
        #expect(TaskAccuracy(candidate: "a", task: "t", load: 1, correct: 0, n: 0).accuracy == nil)
        #expect(TaskAccuracy(candidate: "a", task: "t", load: 1, correct: 0, n: 4).accuracy == 0)
    }
}
