import Testing

extension BrowserTests {
    /// The rules of axe-core.
    @Suite(.enabled(if: Axe.isAwaited, "axe-core is not installed: make axe"))
    struct PageAccessibilityTests {
        /// Everything is opened first: what is closed has no more to find.
        @Test(arguments: [360, 1280])
        func `axe finds nothing, light and dark`(width: Int) async throws {
            try await BrowserPage.open(try await PageFixture.plain.page, .init(width: width)) { page in
                try await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                expectNothing(try await Axe.violations(on: page), "light")
                try await page.emulate(dark: true)
                expectNothing(try await Axe.violations(on: page, rules: ["color-contrast"]), "dark")
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
