import PoiseCore
import Testing

@Suite struct TemplateTests {
    private let sample = Sample(
        id: "s1", input: .text("What is {target}?"), target: ["42", "forty-two"], choices: ["Bern", "Rome"],
        metadata: ["place": .string("Ulm"), "facts": .array([.string("a"), .number(2)]), "under_score": .bool(true)]
    )

    @Test func `placeholders are filled from the sample`() {
        #expect(
            Template("{input}\n{choices}\n{metadata.place}: {target}").filled(from: sample)
                == "What is {target}?\nA) Bern\nB) Rome\nUlm: 42")
    }

    @Test func `what stands in the sample is not expanded again`() {
        #expect(Template("{input}").filled(from: sample) == "What is {target}?")
        #expect(Template("{a}{b}").filled(with: ["a": "{b}", "b": "x"]) == "{b}x")
    }

    @Test func `metadata that is no string is written as JSON`() {
        #expect(Template("{metadata.facts}|{metadata.under_score}").filled(from: sample) == #"["a",2]|true"#)
    }

    @Test func `a placeholder that the sample cannot fill becomes nothing`() {
        let bare = Sample(id: "s2", input: .messages([Message(role: "user", content: "hi")]), target: [])
        #expect(Template("<{input}{target}{choices}{metadata.place}{unknown}>").filled(from: bare) == "<>")
    }

    @Test func `a placeholder without a value stays as it stands`() {
        #expect(Template("tiny-{size}-{quantization}").filled(with: ["size": "xs"]) == "tiny-xs-{quantization}")
    }

    @Test(arguments: [
        #"{"a": 1}"#, "{}", "{ input }", "{1}", "{in put}", "}{", "{", "}", "{a", "{-}", "", "f(x) = {x | x > 0}",
    ])
    func `other braces are text`(source: String) {
        #expect(Template(source).placeholders == [])
        #expect(Template(source).filled(from: sample) == source)
        #expect(Template(source).filled(with: [:]) == source)
    }

    @Test func `a placeholder within braces is found`() {
        #expect(Template("{{size}}").filled(with: ["size": "m"]) == "{m}")
        #expect(Template(#"{"q": "{input}"}"#).placeholders == ["input"])
        #expect(Template("{a {b}").filled(with: ["b": "x"]) == "{a x")
    }

    @Test func `placeholders come in order and again where they stand again`() {
        #expect(Template("{b}{a} {metadata.x_1} {b}").placeholders == ["b", "a", "metadata.x_1", "b"])
    }

    @Test func `parts written out again are the source`() {
        var generator = SeededGenerator(seed: 8)
        let pieces = ["{", "}", "a", "{a}", " ", "é", "1", ".", "\n", "👩‍👩‍👧"]
        for _ in 0..<2000 {
            let source = (0..<generator.next(below: 12)).map { _ in pieces[generator.next(below: pieces.count)] }
                .joined()
            let written = Template(source).parts.map { part in
                switch part {
                case .text(let text): text
                case .placeholder(let name): "{\(name)}"
                }
            }.joined()
            #expect(written == source)
        }
    }
}
