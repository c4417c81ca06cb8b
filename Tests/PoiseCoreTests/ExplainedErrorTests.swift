import Foundation
import PoiseCore
import Testing

@Suite struct ExplainedErrorTests {
    private struct Failure: ExplainedError {
        let what: String
        var place: String?
        var remedy: String?
    }

    @Test func `the description says what failed, where and what to do`() {
        let failure: any Error = Failure(what: "the key is unknown", place: "suite.yaml:3", remedy: "Write tasks.")
        #expect(failure.localizedDescription == "suite.yaml:3: the key is unknown\n  Write tasks.")
        #expect((failure as? any LocalizedError)?.failureReason == "the key is unknown")
        #expect((failure as? any LocalizedError)?.recoverySuggestion == "Write tasks.")
    }

    @Test func `what is not known is left out`() {
        #expect(Failure(what: "it broke").errorDescription == "it broke")
        #expect(Failure(what: "it broke", remedy: "Mend it.").errorDescription == "it broke\n  Mend it.")
        #expect(Failure(what: "it broke", place: "here").errorDescription == "here: it broke")
    }
}
