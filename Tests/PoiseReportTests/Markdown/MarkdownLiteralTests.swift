import Testing

@testable import PoiseReport

struct MarkdownLiteralTests {
    @Test func `names of candidates, samples and tasks stay as they are`() {
        for name in [
            "tiny-m@q4_k_m", "add/add-023: lost", "−0.7 points (−2.3 to 1.0)", "Qwen2.5-0.5B@q8_0, and m@f16.",
        ] {
            #expect(MarkdownLiteral.text(name) == name)
        }
    }

    @Test(arguments: [
        ("@torvalds", "&#64;&#8203;torvalds"), ("(@org/team)", "(&#64;&#8203;org/team)"),
        ("a@b.example", "a&#64;&#8203;b.example"), ("__x__", "&#95;&#95;x&#95;&#95;"),
        ("#12", "&#35;&#8203;12"), ("o/r#12", "o/r&#35;&#8203;12"), ("# head", "&#35; head"),
        ("https://evil.example", "https&#58;&#8203;//evil.example"),
        ("www.evil.example", "www&#46;&#8203;evil.example"), (":tada:", "&#58;&#8203;tada:"),
        ("$x$", "&#36;x&#36;"), ("![x](y)", "&#33;&#91;x&#93;(y)"), ("- x", "&#45; x"), ("== ", "&#61;= "),
        ("<b>|`*~\\&", "&#60;b&#62;&#124;&#96;&#42;&#126;&#92;&#38;"), ("a\nb", "a b"),
    ])
    func `what could begin a mention, a reference, a link, emphasis or a formula does not`(
        _ text: String, expected: String
    ) {
        #expect(MarkdownLiteral.text(text) == expected)
    }
}
