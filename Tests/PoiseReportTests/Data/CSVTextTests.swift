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

    @Test(arguments: [
        "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\u{FF1D}1", "-", "=",
    ])
    func `what a spreadsheet would calculate has an apostrophe before it`(text: String) {
        #expect(CSVText.literal(text) == "'" + text)
        #expect(CSVText.line(["a", text]).contains("'"))
    }

    @Test(arguments: ["-5", "+1.5", "-1e-3", "-Infinity", "", "a=1", "3-2", "'=1", "a@b", "–", "−5", "tiny@f16"])
    func `numbers and other texts stay as they are`(text: String) {
        #expect(CSVText.literal(text) == text)
    }
}
