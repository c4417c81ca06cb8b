import Testing

extension BrowserTests {
    /// The rules of axe-core.
    @Suite(.enabled(if: Axe.isAwaited, "axe-core is not installed: make axe"))
    struct PageAccessibilityTests {
        private static let views = [360, 1280].flatMap { width in
            [false, true].map { BrowserPage.View(width: width, isDark: $0) }
        }

        @Test(arguments: views)
        func `axe finds nothing`(view: BrowserPage.View) async throws {
            try await BrowserPage.open(try await PageFixture.plain.page, view) { page in
                #expect(try await Axe.violations(on: page) == [])
                try await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                #expect(try await Axe.violations(on: page) == [], "all opened")
            }
        }

        @Test func `axe finds what is there to be found`() async throws {
            let workplace = try Workplace()
            try workplace.write("bad.html", "<!doctype html><title>x</title><main><h1>x</h1><button></button></main>")
            try await BrowserPage.open("\(workplace.path)/bad.html") { page in
                let violations = try await Axe.violations(on: page)
                #expect(
                    violations.contains { $0.hasPrefix("button-name") }
                        && violations.contains { $0.hasPrefix("html-has-lang") })
            }
        }
    }
}
