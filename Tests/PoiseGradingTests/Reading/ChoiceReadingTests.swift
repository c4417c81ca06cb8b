import Testing

@testable import PoiseGrading

@Suite struct ChoiceReadingTests {
    @Test(arguments: [
        ("B", "B"), ("b", "B"), ("(c)", "C"), ("[D]", "D"), ("B.", "B"), ("**B**", "B"), ("**B.**", "B"), ("`B`", "B"),
        ("“B”", "B"), ("Answer: B", "B"), ("answer: b", "B"), ("Answer:\nB", "B"), ("**Answer**: B", "B"),
        ("Answer: (B) Oslo", "B"), ("The correct answer is (C).", "C"), ("The answer is: **D**", "D"),
        ("The answer should be C", "C"), ("I choose B", "B"), ("I would go with C.", "C"), ("It's D.", "D"),
        ("Final answer: \\boxed{C}", "C"), ("$\\boxed{\\textbf{(B)}}$", "B"), ("The correct option is B", "B"),
        ("Option B", "B"), ("Thinking of A and of C.\n\nB", "B"), ("Rome is A. I say B", "B"),
        ("The answer is A.\nOn second thought, the answer is B.", "B"), ("Ｂ", "B"),
        ("Answer: B\nExplanation: A is wrong and C too.", "B"), ("The answer is B, not A.", "B"), ("A is correct", "A"),
        ("A because it is warm", "A"), ("B) Oslo is the capital", "B"), ("B: Oslo", "B"), ("- B", "B"),
        ("The answer is B. A good choice!", "B"), ("The best choice is **C) Paris**", "C"), ("选B", "B"),
        ("答案是 C。", "C"), ("Answer: A.", "A"), ("Both A and B are wrong. So: C", "C"),
        ("A) wrong\nB) right\n\nAnswer: B", "B"), ("Answer: C\n\nA) no\nB) no\nC) yes\nD) no", "C"),
    ])
    func `the letter that was stated last`(_ answer: String, _ letter: Character) {
        #expect(ChoiceReading(answer, choices: 4) == .letter(letter))
    }

    @Test(arguments: [
        "", "A good answer", "a dog", "It is a dog.", "E", "The answer is Z", "I think so", "don't", "AB", "ABCD", "B2",
        "not B", "The answer is not B.", "vitamin-B-rich", "A.B.C.", "Bob", "grade",
    ])
    func `an answer that states no choice`(_ answer: String) {
        #expect(ChoiceReading(answer, choices: 4) == .none)
    }

    @Test(arguments: [
        "A or B", "(A) or (B)", "The answer is A or B", "Answer: A, B", "A and B", "A/B", "**A** and **B**",
    ])
    func `two letters at once are several`(_ answer: String) {
        #expect(ChoiceReading(answer, choices: 4) == .several("A or B"))
    }

    @Test func `the pronoun is no letter, where there are nine choices`() {
        #expect(ChoiceReading("I think it is C", choices: 9) == .letter("C"))
        #expect(ChoiceReading("I think so", choices: 9) == .none)
        #expect(ChoiceReading("The answer is I.", choices: 9) == .letter("I"))
    }
}
