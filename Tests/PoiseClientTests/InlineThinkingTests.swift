import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct InlineThinkingTests {
    /// What a stream of pieces comes to: the texts, and for each piece the characters of thinking and of answer, with what
    /// turned out later worked in.
    private func read(_ pieces: [String]) -> (answer: String, reasoning: String, chunks: [[Int]]) {
        var thinking = InlineThinking()
        var chunks: [[Int]] = []
        for piece in pieces {
            let division = append(piece, to: &thinking)
            if division.turnsAnswer { chunks = chunks.map { [$0[0] + $0[1], 0] } }
            chunks.append([division.reasoning, division.answer])
        }
        return (thinking.answer.string, thinking.reasoning.string, chunks)
    }

    private func append(_ piece: String, to thinking: inout InlineThinking) -> InlineThinking.Division {
        withText(piece) { thinking.append(content: $0) }
    }

    private func withText<Value>(_ text: String, _ body: (JSONText) -> Value) -> Value {
        var writer = JSONWriter(capacity: 64)
        writer.value(text)
        return writer.bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            guard let text = try? scanner.text() else { preconditionFailure("what was written is JSON") }
            return body(text)
        }
    }

    /// The texts that graders used to part, with what came of them.
    static let cases: [(text: String, answer: String, reasoning: String)] = [
        ("42", "42", ""), ("", "", ""), ("<think>a</think>42", "42", "a"),
        ("\n<think>\na\n</think>\n42", "\n42", "\na\n"),
        ("<think></think> <think>b</think>42", "42", "b"), ("a</think>42", "42", "a"), ("<think>a</think>", "", "a"),
        ("Write <think> and </think>.", "Write <think> and </think>.", ""), ("42 <think>open", "42 <think>open", ""),
        ("<think>a</think>Use </think> last.", "Use </think> last.", "a"), ("<think>", "", ""), ("<think>42", "", "42"),
        ("<think>a</think><think>42", "", "a42"), ("<thinking>a</think>b</thinking>42", "42", "a</think>b"),
        ("<thinker>42", "<thinker>42", ""), (" <thi", " <thi", ""),
        ("<think>a < b </ think></think>1 < 2", "1 < 2", "a < b </ think>"),
        ("a</think><think>b</think>42", "42", "ab"), ("</think>42", "42", ""), ("ä</think>é😀", "é😀", "ä"),
        ("a</thinking>42", "a</thinking>42", ""),
    ]

    @Test(arguments: cases)
    func `thinking at the start is parted from the answer`(text: String, answer: String, reasoning: String) {
        let read = read([text])
        #expect(read.answer == answer)
        #expect(read.reasoning == reasoning)
    }

    @Test(arguments: cases)
    func `any split comes to the same, and each character is of the kind that it turned out to be`(
        text: String, answer: String, reasoning: String
    ) {
        let scalars = Array(text.unicodeScalars)
        func piece(_ range: Range<Int>) -> String {
            var piece = ""
            piece.unicodeScalars.append(contentsOf: scalars[range])
            return piece
        }
        let each = read(scalars.indices.map { piece($0..<($0 + 1)) })
        var splits = [each]
        for first in 0...scalars.count {
            for second in first...scalars.count {
                splits.append(read([piece(0..<first), piece(first..<second), piece(second..<scalars.count)]))
            }
        }
        for split in splits {
            #expect(split.answer == answer)
            #expect(split.reasoning == reasoning)
            #expect(split.chunks.reduce(0) { $0 + $1[0] } == scalars.count - answer.unicodeScalars.count)
            #expect(split.chunks.reduce(0) { $0 + $1[1] } == answer.unicodeScalars.count)
        }
    }

    @Test func `the piece that ends the thinking holds both kinds`() {
        #expect(read(["<think>", "hm", "</think>4", "2"]).chunks == [[7, 0], [2, 0], [8, 1], [0, 1]])
    }

    @Test(.timeLimit(.minutes(1)))
    func `blocks without an end in one piece are taken for an answer, soon`() {
        let read = read([String(repeating: "<think></think>", count: 400_000) + "x"])
        #expect(read.answer.hasSuffix("<think></think>x"))
    }

    @Test func `an answer becomes thinking once a closing tag says so`() {
        #expect(read(["hm", " 7", "</think>", "42"]).chunks == [[2, 0], [2, 0], [8, 0], [0, 2]])
    }

    @Test func `where the server parts thinking itself, tags are text`() {
        var thinking = InlineThinking()
        #expect(withText("hm") { thinking.append(reasoning: $0) } == 2)
        #expect(append("<think>x</think>y", to: &thinking) == InlineThinking.Division(answer: 17))
        #expect(thinking.answer.string == "<think>x</think>y")
        #expect(thinking.reasoning.string == "hm")
    }

    @Test func `endless whitespace and endless tags are read in time that grows no faster than they do`() {
        var thinking = InlineThinking()
        for _ in 0..<20_000 { _ = append(" \n", to: &thinking) }
        for _ in 0..<5_000 { _ = append("<think></think>", to: &thinking) }
        _ = append("42", to: &thinking)
        #expect(thinking.answer.string == "42")
    }
}
