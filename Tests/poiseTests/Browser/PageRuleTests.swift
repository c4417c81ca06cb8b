import Foundation
import Testing

extension BrowserTests {
    /// A rule that finds nothing anywhere would be no rule.
    @Suite struct PageRuleTests {
        private let workplace: Workplace

        init() throws {
            workplace = try Workplace()
        }

        @Test(arguments: PageRule.allCases)
        func `each rule rejects and accepts its examples`(rule: PageRule) async throws {
            let examples = try rule.examples()
            #expect(examples.contains { $0.isAccepted } && examples.contains { !$0.isAccepted })
            try await BrowserPage.open("/dev/null", .init(width: 360)) { page in
                for example in examples {
                    try workplace.write(
                        "example.html",
                        """
                        <!doctype html><html lang="en"><head><meta charset="utf-8">
                        <meta name="viewport" content="width=device-width"><title>example</title></head>
                        <body>\(example.body)</body></html>
                        """)
                    try await page.load("\(workplace.path)/example.html")
                    let findings = try await page.findings(rule)
                    #expect(findings.isEmpty == example.isAccepted, "\(example.what): \(findings)")
                }
            }
        }
    }
}
