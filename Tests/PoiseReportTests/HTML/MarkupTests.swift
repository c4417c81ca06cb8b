import Testing

@testable import PoiseReport

struct MarkupTests {
    @Test func `the five characters are escaped`() {
        #expect(Markup.escaped("<a b=\"c\" d='e'>&") == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;")
    }

    @Test func `a combining mark does not hide a quotation mark`() {
        #expect(Markup.escaped("\"\u{301}<\u{338}") == "&quot;\u{301}&lt;\u{338}")
    }

    @Test func `controls that XML does not know are replaced, tabs and line ends stay`() {
        #expect(Markup.escaped("a\u{0}\u{1B}b\t\n") == "a\u{FFFD}\u{FFFD}b\t\n")
    }

    @Test func `a name cannot turn the words around it, and scripts that run from the right stay as they are`() {
        #expect(Markup.escaped("a\u{202E}b\u{2066}c\u{2069}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
        #expect(Markup.escaped("שלום\u{200F} \u{1F468}\u{200D}\u{1F469}") == "שלום\u{200F} \u{1F468}\u{200D}\u{1F469}")
    }
}
