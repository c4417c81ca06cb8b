import PoiseCore
import Testing

@testable import PoiseReport

struct ComparisonMarkdownTests {
    private typealias Made = ComparisonFixtures

    @Test func `a pull request gets the finding, the tables, and the flips behind a click`() {
        let text = ComparisonMarkdown.text(Made.comparison(), flips: 10)
        #expect(text.hasPrefix("### tiny-m@f16 and what was held against it\n"))
        #expect(text.contains("- tiny-m@q4_0 cannot be told apart from tiny-m@f16 in accuracy: −0.7 points"))
        #expect(text.contains("| tiny-m@q4_0 | 71.7 | 72.4 | −0.7 | −2.7 to 1.3 | 1.00 | 8 | 1 | 39 | 457 |"))
        #expect(text.contains("| add | **−20.0** (−22.0 to −18.0) |"))
        #expect(text.contains("**1.40×** (1.30–1.50) faster"))
        #expect(text.contains("| add/add-023 | lost | <code>1255</code> | <code>1245</code> |"))
        #expect(text.split(separator: "\n").count { $0.hasPrefix("<details>") } == 2)
    }

    @Test func `rows of a table have as many cells as its head, whatever models say`() {
        let nasty = Flip(
            kind: .lost, task: "a|b", sample: "<img src=x>", base: "| @someone `x` #1 *b*\n</code>", candidate: nil,
            baseScore: 1, candidateScore: 0)
        let text = ComparisonMarkdown.text(Made.comparison([Made.row(flips: Made.flips([nasty]))]), flips: nil)
        var cells: [Int] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                #expect(Set(cells).count < 2)
                cells = []
                continue
            }
            cells.append(line.count { $0 == "|" })
        }
        #expect(!text.contains("<img") && !text.contains("@someone") && !text.contains("`x`"))
        #expect(text.contains("<code>&#124; &#64;someone &#96;x&#96; &#35;1 &#42;b&#42; &#60;/code&#62;</code>"))
    }
}
