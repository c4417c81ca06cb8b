import Testing

@testable import PoiseGrading

@Suite struct TextNormalizationTests {
    private let all = TextNormalization(ignoresCase: true, ignoresPunctuation: true, ignoresArticles: true)

    @Test(arguments: [
        ("The Moon.", "moon"), ("A", "a"), ("an apple a day", "apple day"), ("C#", "c#"), ("C++", "c++"), ("-5", "-5"),
        ("-.5", "-.5"), (".5", ".5"), ("50%", "50%"), ("%50", "50"), ("#1", "1"), ("don’t", "don't"), ("«Oui»", "oui"),
        ("3.14.", "3.14"), ("well–known", "well-known"), ("ΟΔΟΣ", "οδοσ"), ("ﬁn", "fin"), ("...", ""), ("¿Qué?", "qué"),
        ("東京。", "東京"), ("_snake_case_", "snake_case"), ("`code`", "code"), ("- item", "item"),
    ])
    func `what is left of a text when all is ignored`(_ text: String, _ normalized: String) {
        #expect(all.apply(to: text) == normalized)
    }

    @Test func `nothing but writing is unified when nothing is ignored`() {
        #expect(TextNormalization().apply(to: " The  “Moon”.\n") == "The \"Moon\".")
    }

    @Test func `a normalized text is not changed by normalizing it again`() {
        for text in hostileTexts(count: 500) {
            let once = TextNormalization(ignoresCase: true).apply(to: text)
            #expect(TextNormalization(ignoresCase: true).apply(to: once) == once)
        }
    }
}
