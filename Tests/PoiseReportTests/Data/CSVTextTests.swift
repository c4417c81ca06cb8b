import Testing

@testable import PoiseReport

struct CSVTextTests {
    @Test func `what would break a line is quoted`() {
        #expect(CSVText.line(["a", "b,c", "d\"e", "f\ng", "", "h\r"]) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",,\"h\r\"\n")
    }

    @Test func `undefined is empty, a list is its JSON`() {
        #expect(CSVText.field(.null).isEmpty)
        #expect(CSVText.field(.array([.number(1.5), .null])) == "[1.5, null]")
        #expect(CSVText.field(.string("a")) == "a" && CSVText.field(.bool(true)) == "true")
    }
}
