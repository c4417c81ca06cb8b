import Testing

extension BrowserTests {
    /// Nothing overlaps, is cut or leaves its place, and all of it can be read and hit.
    @Suite struct PageLayoutTests {
        @Test(arguments: PageFixture.allCases, [360, 768, 1280, 2560])
        func `the page keeps its order at each width, light and dark`(fixture: PageFixture, width: Int) async throws {
            try await BrowserPage.open(try await fixture.page, .init(width: width)) { page in
                expectNothing(try await page.findings(PageRule.ofLayout), "closed")
                try await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                expectNothing(try await page.findings(PageRule.ofLayout), "opened")
                try await page.emulate(dark: true)
                #expect(try await page.string("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)")
                expectNothing(try await page.findings(.contrast), "dark")
            }
        }
    }
}
