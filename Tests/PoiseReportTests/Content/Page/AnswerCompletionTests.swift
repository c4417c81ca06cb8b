import Testing

@testable import PoiseReport

struct AnswerCompletionTests {
    private func chunk(_ answer: String, _ chunks: [String]) -> Int? {
        AnswerCompletion.chunk(
            of: answer, in: chunks.joined(), characters: chunks.map { $0.unicodeScalars.count })
    }

    @Test func `the answer is complete with the chunk of its last character`() {
        #expect(chunk("432", ["It is 4", "3", "2", ", ", "surely."]) == 2)
        #expect(chunk("432", ["432"]) == 0)
    }

    @Test func `the last place counts where it stands several times`() {
        #expect(chunk("432", ["400+32=432", ". ", "Answer: ", "432", "."]) == 3)
    }

    @Test func `white space around what was read does not matter`() {
        #expect(chunk(" 432\n", ["4", "32", "."]) == 1)
    }

    @Test(arguments: ["1204", "", "  ", "much longer than all of the text"])
    func `what does not stand there word for word is complete at the end`(answer: String) {
        #expect(chunk(answer, ["1,", "204", " EUR", ""]) == 2)
    }

    @Test func `scalars count, not what they look like together`() {
        #expect(chunk("é", ["e", "\u{301}", "!"]) == 2)
        #expect(chunk("e\u{301}", ["e", "\u{301}", "!"]) == 1)
        #expect(chunk("👩‍🚀", ["a 👩", "\u{200D}", "🚀", " b"]) == 2)
    }

    @Test func `without chunks there is no moment`() {
        #expect(AnswerCompletion.chunk(of: "4", in: "4", characters: []) == nil)
    }
}
