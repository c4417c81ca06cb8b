import Foundation
import Testing

extension BrowserTests {
    /// What holds for the page as a whole, whatever stands on it.
    @Suite struct PageHygieneTests {
        @Test(arguments: PageFixture.allCases)
        func `it opens from a file without a complaint, a dialog or a request`(fixture: PageFixture) async throws {
            try await BrowserPage.open(try await fixture.page) { page in
                #expect(try await page.isTrue("document.documentElement.classList.contains('js')"))
                // All that can be opened is.
                try await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                try await page.evaluate("scrollTo(0, document.body.scrollHeight)")
                try await page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
                expectNothing(page.record.complaints)
            }
        }

        /// Without this, a silent recorder would make the test above pass.
        @Test func `a word on the console, an error, a dialog, a refusal and a request are all recorded`() async throws
        {
            let workplace = try Workplace()
            try workplace.write(
                "loud.html",
                """
                <!doctype html><meta http-equiv="Content-Security-Policy" content="style-src 'none'"><p style="color:red">x</p>
                <script>
                console.warn('a warning'); setTimeout(() => { throw new Error('an error') }); alert('a dialog')
                fetch('http://127.0.0.1:9/away').catch(() => 0)
                </script>
                """)
            try await BrowserPage.open("\(workplace.path)/loud.html") { page in
                try await page.until("performance.getEntriesByType('resource').length > 0")
                let said = page.record.complaints.joined(separator: "\n")
                #expect(said.contains("a warning") && said.contains("an error") && said.contains("dialog: a dialog"))
                #expect(said.contains("Content Security Policy"))
                #expect(said.contains("request: http://127.0.0.1:9/away"))
            }
        }

        @Test(arguments: PageFixture.allCases)
        func `ids, references, headings, landmarks, charts and foreign texts are in order`(
            fixture: PageFixture
        ) async throws {
            let findings = try await BrowserPage.open(try await fixture.page) { page in
                try await page.findings(PageRule.ofMarkup)
            }
            expectNothing(findings)
        }

        @Test(arguments: PageFixture.allCases)
        func `without a script everything is there to read, and no control`(fixture: PageFixture) async throws {
            let file = try await fixture.page
            let sections = try await BrowserPage.open(file) { page in
                try await page.strings("[...document.querySelectorAll('main section[id]')].map(each => each.id)")
            }
            try await BrowserPage.open(file, .init(hasScript: false)) { page in
                #expect(try await page.isTrue("!document.documentElement.classList.contains('js')"))
                let plain = try await page.strings(
                    "[...document.querySelectorAll('main section[id]')].map(each => each.id)")
                #expect(plain == sections && sections.contains("front"))
                #expect(try await page.string("document.querySelector('h1').textContent").count > 10)
                #expect(try await page.has("main section table"))
                #expect(try await page.has("main section svg.chart .point"))
                let controls = try await page.strings(
                    """
                    [...document.querySelectorAll('button, select, input, textarea, .controls, .needs-js')]
                        .filter(each => each.checkVisibility()).map(each => each.outerHTML.slice(0, 80))
                    """)
                expectNothing(controls)
                expectNothing(page.record.complaints)
                expectNothing(try await page.findings([.sideways, .overlap, .cut, .inside]))
            }
        }
    }
}
