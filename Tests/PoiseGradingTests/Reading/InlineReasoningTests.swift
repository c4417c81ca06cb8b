import Testing

@testable import PoiseGrading

@Suite struct InlineReasoningTests {
    @Test(arguments: [
        ("42", "42"), ("", ""), ("<think>a</think>42", "42"), ("\n<think>\na\n</think>\n42", "\n42"),
        ("<think></think> <think>b</think>42", "42"), ("a</think>42", "42"), ("<think>a</think>", ""),
        ("Write <think> and </think>.", "Write <think> and </think>."), ("42 <think>open", "42 <think>open"),
        ("<think>a</think>Use </think> last.", "Use </think> last."),
    ])
    func `what stands after the thinking is the answer`(_ response: String, _ answer: String) {
        #expect(InlineReasoning(response).answer == answer)
        #expect(!InlineReasoning(response).isUnclosed)
    }

    @Test(arguments: ["<think>", "<think>42", "<think>a</think><think>42"])
    func `thinking that never ends leaves no answer`(_ response: String) {
        #expect(InlineReasoning(response).answer.isEmpty)
        #expect(InlineReasoning(response).isUnclosed)
    }
}
