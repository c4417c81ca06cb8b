import PoiseCore
import Testing

@testable import PoiseGrading

@Suite struct TextSearchTests {
    private func finds(_ text: String, in answer: String, _ options: [String: JSONValue] = [:]) throws -> Bool {
        let options = try CheckOptions(options, of: ContainsAllCheck.specification)
        return TextSearch(options).found([text], in: answer) == [text]
    }

    @Test(arguments: [
        ("5", "5"), ("5", "(5)"), ("5", "5, 6"), ("5", "It is 5."), ("cat", "the cat's"), ("New York", "New  York"),
        ("C++", "in C++11 or C++"), ("é", "caf é"), ("東京", "我住在東京市"), (".", "a."), ("x-ray", "an x-ray"),
    ])
    func `a whole word is found`(_ text: String, _ answer: String) throws {
        #expect(try finds(text, in: answer))
    }

    @Test(arguments: [
        ("5", "25"), ("5", "5.2"), ("5", "1,5"), ("234", "1,234"), ("cat", "cats"), ("cat", "concat"), ("é", "café"),
        ("a_b", "a_bc"), ("дом", "домик"), ("longer than it", "longer"),
    ])
    func `a part of a word or a number is not, unless it may be`(_ text: String, _ answer: String) throws {
        #expect(try !finds(text, in: answer))
        #expect(try finds(text, in: answer, ["whole_words": .bool(false)]) == answer.contains(text))
    }
}
