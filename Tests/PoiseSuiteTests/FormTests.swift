import PoiseCore
import Testing

@testable import PoiseSuite

struct FormTests {
    private func read<Value>(_ form: Form<Value>, _ text: String) throws -> (value: Value?, problems: [String]) {
        let log = ProblemLog()
        let root = YAMLSource(path: "a.yaml", log: log).root(of: "key: \(text)\n")
        let value = try form.read(#require(root?.pairs?.first?.value))
        return (value, log.problems.map(\.what))
    }

    @Test func `a value of the right form is read without a word`() throws {
        #expect(try read(Form.text, "1.10").value == "1.10")
        #expect(try read(Form.whole(1...9), "9").value == 9)
        #expect(try read(Form.decimal(0...1), "0.5").value == 0.5)
        #expect(try read(Form.bool, "true").value == true)
        #expect(try read(Form.oneOf(["a", "b"]), "b").value == "b")
        #expect(try read(Form<[Int]>.list(of: .count), "[1, 2]").value == [1, 2])
        #expect(try read(Form<[Int]>.oneOrMore(of: .count), "3").value == [3])
        #expect(try read(Form<Int?>.orNull(.count), "~").value == .some(nil))
        #expect(try read(Form<Int?>.orNull(.count), "4").value == .some(4))
    }

    @Test func `a value of another form says what was expected and found`() throws {
        #expect(try read(Form.text, "[a]").problems == ["expected a text, found a list"])
        #expect(try read(Form.text, "''").problems == ["expected a text, found the text \"\""])
        #expect(
            try read(Form.whole(1...9), "10").problems == ["expected a whole number from 1 to 9, found the number 10"])
        #expect(try read(Form.decimal(0...1), "2").problems == ["expected a number from 0 to 1, found the number 2"])
        #expect(try read(Form.aboveZero, "0").problems == ["expected a number above 0, found the number 0"])
        #expect(try read(Form.bool, "no").problems == ["expected true or false, found the text \"no\""])
        #expect(try read(Form.oneOf(["a", "b"]), "[]").problems == ["expected one of a, b, found a list"])
        #expect(try read(Form.oneOf(["a", "b"]), "c").problems == ["“c” is not known here"])
        #expect(
            try read(Form<Int?>.orNull(.count), "x").problems == [
                "expected a whole number of at least 1, found the text \"x\""
            ])
    }

    @Test func `every wrong item of a list is told`() throws {
        let (value, problems) = try read(Form<[Int]>.list(of: .count), "[1, x, 0]")
        #expect(value == nil)
        #expect(
            problems == [
                "expected a whole number of at least 1, found the text \"x\"",
                "expected a whole number of at least 1, found the number 0",
            ]
        )
    }
}
