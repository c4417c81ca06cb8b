import Testing

extension BrowserTests {
    /// What belongs to the whole page: the theme, sorting, copying, the section that is read.
    @Suite struct FrameControlTests {
        @Test(arguments: [false, true])
        func `the theme is chosen against the system's`(isDark: Bool) async throws {
            try await BrowserPage.open(try await PageFixture.plain.page, .init(isDark: isDark)) { page in
                let ground = "getComputedStyle(document.body).backgroundColor"
                let (light, dark) = ("rgb(255, 255, 255)", "rgb(20, 23, 26)")
                #expect(try await page.string(ground) == (isDark ? dark : light))
                try await page.choose(isDark ? "light" : "dark", in: "#theme")
                #expect(try await page.string(ground) == (isDark ? light : dark))
                expectNothing(try await page.findings(.contrast))
                try await page.choose("", in: "#theme")
                #expect(try await page.string(ground) == (isDark ? dark : light))
                // Paper is light, whatever was chosen.
                try await page.choose("dark", in: "#theme")
                try await page.emulate(dark: true, medium: "print")
                #expect(try await page.string(ground) == light)
                expectNothing(page.record.complaints)
            }
        }

        @Test func `a table is sorted by its heads, both ways, and says so`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let table = "document.querySelector('#candidates table.sortable')"
                let head = "#candidates table.sortable th[scope=col]:nth-of-type(2) button"
                let speeds =
                    "[...\(table).tBodies[0].rows].map(row => row.cells[1].dataset.sort ?? row.cells[1].textContent)"
                let names = "[...\(table).tBodies[0].rows].map(row => row.cells[0].textContent)"
                let before = try await page.strings(names)
                try await page.click(head)
                let down = try await page.strings(speeds).compactMap(Double.init)
                #expect(down.count > 3 && down == down.sorted(by: >))
                #expect(
                    try await page.string("\(table).querySelector('[aria-sort]').getAttribute('aria-sort')")
                        == "descending")
                try await page.focus(head)
                try await page.press("Enter")
                let up = try await page.strings(speeds).compactMap(Double.init)
                #expect(up == down.sorted())
                #expect(try await page.number("\(table).querySelectorAll('[aria-sort]').length") == 1)
                #expect(try await page.string("document.querySelector('#said').textContent").contains("ascending"))
                try await page.click("#candidates table.sortable th[scope=col] button")
                #expect(try await page.strings(names) == before)
                expectNothing(page.record.complaints)
            }
        }

        @Test func `a copy button copies its text or selects it, and says which`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let button = "document.querySelector('[data-copy]')"
                #expect(try await page.has("[data-copy]"))
                try await page.evaluate("\(button).closest('details')?.setAttribute('open', '')")
                try await page.click("[data-copy]")
                try await page.until("/Copied|Selected|Not allowed/.test(\(button).textContent)")
                #expect(try await page.isTrue("document.querySelector('#said').textContent === \(button).textContent"))
                expectNothing(page.record.complaints)
            }
        }

        @Test func `the list of sections leads to each, and marks the one that is read`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let links = try await page.strings("[...document.querySelectorAll('.toc a')].map(each => each.hash)")
                #expect(links.count > 4)
                for link in links {
                    try await page.click(".toc a[href='\(link)']")
                    try await page.until("location.hash === '\(link)'")
                    try await page.until(
                        "document.querySelector('\(link)').getBoundingClientRect().top < innerHeight / 2", link)
                }
                try await page.evaluate("document.querySelector('#tasks').scrollIntoView()")
                try await page.until("document.querySelector('.toc a[aria-current]')?.hash === '#tasks'")
                expectNothing(page.record.complaints)
            }
        }

        @Test func `another candidate is laid beside the first one in the tasks`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let words = "document.querySelector('#tasks .pair').textContent"
                let before = try await page.string(words)
                try await page.focus("#tasks .versus")
                try await page.press("ArrowDown")
                #expect(try await page.string(words) != before)
                #expect(try await page.string("document.querySelector('#said').textContent") == page.string(words))
                expectNothing(try await page.findings([.overlap, .inside]))
                expectNothing(page.record.complaints)
            }
        }
    }
}
