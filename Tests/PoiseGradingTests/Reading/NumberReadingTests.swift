import Testing

@testable import PoiseGrading

@Suite struct NumberReadingTests {
    @Test(arguments: [
        ("42", 42), (" 42. ", 42), ("**42**", 42), ("$42", 42), ("-$42", -42), ("\\boxed{42}", 42),
        ("$\\boxed{-3/4}$", -0.75),
        ("\"1,234\"", 1234), ("(7)", 7), ("= 7", 7), ("#### 7", 7), ("50%", 50), ("\\text{7}", 7), ("7²", 49),
    ])
    func `a number in its dress is a number alone`(_ text: String, _ value: Double) {
        #expect(NumberReading.whole(text)?.value == value)
    }

    @Test(arguments: ["", "abc", "42 km", "4 2", "x = 7", "1.2.3", "1/2/3", "7 m²", "no. 7", "v7", "1,23"])
    func `anything else is not`(_ text: String) {
        #expect(NumberReading.whole(text) == nil)
    }

    private func equal(_ answer: String, _ target: String, tolerance: Double = 0, relative: Double = 0) throws -> Bool {
        let answer = try #require(NumberReading.whole(answer))
        let target = try #require(NumberReading.whole(target))
        return answer.equals(target, tolerance: tolerance, relativeTolerance: relative)
    }

    @Test(arguments: [
        ("1.50", "1.5"), ("1e3", "1000"), ("0", "-0"), ("0.0", "0"), ("1/3", "2/6"), ("0.29", "29%"), ("29%", "29"),
        ("00012", "12"), ("12345678901234567890", "12,345,678,901,234,567,890"), ("+7", "7"), ("1e-2", "0.01"),
    ])
    func `numbers are equal however they are written`(_ answer: String, _ target: String) throws {
        #expect(try equal(answer, target))
        #expect(try equal(target, answer))
    }

    @Test(arguments: [
        ("0.333", "1/3"), ("9007199254740993", "9007199254740992"), ("5", "-5"), ("25", "5"), ("0.1%", "0.1000001%"),
        ("100000000000000000001", "100000000000000000000"),
    ])
    func `numbers that differ in any digit differ`(_ answer: String, _ target: String) throws {
        #expect(try !equal(answer, target))
        #expect(try !equal(target, answer))
    }

    @Test func `tolerances include their bound, and the larger one counts`() throws {
        #expect(try equal("1.1", "1", tolerance: 0.1))
        #expect(try equal("0.3", "0.1", tolerance: 0.2))
        #expect(try !equal("1.11", "1", tolerance: 0.1))
        #expect(try equal("1010", "1000", relative: 0.01))
        #expect(try !equal("1011", "1000", relative: 0.01))
        #expect(try equal("-990", "-1000", relative: 0.01))
        #expect(try equal("1011", "1000", tolerance: 20, relative: 0.01))
        #expect(try equal("0.51", "50%", tolerance: 0.02))
    }
}
