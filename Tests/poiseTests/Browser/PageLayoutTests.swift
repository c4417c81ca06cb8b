import Testing

extension BrowserTests {
    /// Nothing overlaps, is cut or leaves its place, and all of it can be read and hit.
    @Suite struct PageLayoutTests {
        private static let views = [360, 768, 1280, 2560].flatMap { width in
            [false, true].map { BrowserPage.View(width: width, isDark: $0) }
        }

        @Test(arguments: PageFixture.allCases, views)
        func `the page keeps its order at each width, light and dark`(
            fixture: PageFixture, view: BrowserPage.View
        ) async throws {
            try await BrowserPage.open(try await fixture.page, view) { page in
                #expect(try await page.findings(PageRule.ofLayout) == [], "\(view)")
                try await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                #expect(try await page.findings(PageRule.ofLayout) == [], "\(view), all opened")
            }
        }
    }
}
