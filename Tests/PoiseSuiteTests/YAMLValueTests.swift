import PoiseCore
import Testing

@testable import PoiseSuite

struct YAMLValueTests {
    /// The value of the only key of a text.
    private func value(_ text: String) throws -> YAMLValue {
        let root = YAMLSource(path: "a.yaml", log: ProblemLog()).root(of: "key: \(text)\n")
        return try #require(root?.pairs?.first?.value)
    }

    @Test(arguments: ["no", "on", "NO", "1.10", "012", "1_000", "0x10", "1:30", "2026-11-01", "true", "1e3", ".5", "="])
    func `where a text is wanted the letters stay as written`(text: String) throws {
        #expect(try value(text).text == text)
        #expect(try value("'\(text)'").text == text)
    }

    @Test(arguments: ["", "~", "null", "Null", "NULL"])
    func `nothing is no text`(text: String) throws {
        #expect(try value(text).isNull)
        #expect(try value(text).text == nil)
        #expect(try value(text).found == "nothing")
    }

    @Test func `quoted words for nothing are texts`() throws {
        #expect(try value("'null'").text == "null")
        #expect(try value("''").text == "")
        #expect(try value("''").found == "the text \"\"")
    }

    @Test(arguments: [("true", true), ("True", true), ("FALSE", false)])
    func `true and false are booleans`(text: String, expected: Bool) throws {
        #expect(try value(text).bool == expected)
    }

    @Test(arguments: ["no", "yes", "on", "off", "y", "N", "'true'", "1", "tRUE"])
    func `what only some readers take for a boolean is none`(text: String) throws {
        #expect(try value(text).bool == nil)
    }

    @Test(arguments: [("yes", "true"), ("Off", "false"), ("n", "false"), ("ON", "true")])
    func `a word that some take for a boolean comes with the right one`(text: String, word: String) throws {
        #expect(try value(text).ambiguity == "Write \(word); only some readers of YAML take \(text) for it.")
    }

    @Test(arguments: [("0", 0), ("7", 7), ("-3", -3), ("+5", 5), ("1000", 1000)])
    func `decimal digits are a whole number`(text: String, expected: Int) throws {
        #expect(try value(text).whole == expected)
    }

    @Test(arguments: [
        "012", "1_000", "0x10", "0o7", "1:30", "2.0", "1e3", "'2'", "two", "", "99999999999999999999", "٣",
    ])
    func `what readers of YAML disagree on is no whole number`(text: String) throws {
        #expect(try value(text).whole == nil)
    }

    @Test(arguments: [("0.5", 0.5), (".5", 0.5), ("5.", 5), ("-1.10", -1.1), ("1e3", 1000), ("2E-2", 0.02), ("3", 3)])
    func `fractions and exponents are numbers`(text: String, expected: Double) throws {
        #expect(try value(text).decimal == expected)
    }

    @Test(arguments: [".inf", "-.Inf", ".nan", "1e999", "012.5", "1_0.5", "1.2.3", "e3", ".", "+", "'0.5'"])
    func `what is not finite or not plain is no number`(text: String) throws {
        #expect(try value(text).decimal == nil)
    }

    @Test(arguments: [
        ("[a]", "a list"), ("{a: 1}", "a mapping"), ("two", "the text \"two\""), ("2", "the number 2"),
        ("false", "false"), ("'2'", "the text \"2\""),
    ])
    func `what stands there is said in words`(text: String, words: String) throws {
        #expect(try value(text).found == words)
    }

    @Test func `a long text is cut in messages`() throws {
        let found = try value(String(repeating: "a", count: 100)).found
        #expect(found == "the text \"\(String(repeating: "a", count: 40))…\"")
    }
}
