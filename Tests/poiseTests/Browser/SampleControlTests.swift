import Testing

extension BrowserTests {
    /// The samples: which are shown, and what opens.
    @Suite struct SampleControlTests {
        private static let shown = "document.querySelectorAll('#samples .sample-list > details:not([hidden])').length"
        private static let said = "document.querySelector('#samples [role=status]').textContent"

        @Test func `each outcome shows as many samples as its chip counts`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let all = Int(try await page.number(Self.shown))
                #expect(all > 5)
                let kinds = try await page.strings(
                    "[...document.querySelectorAll('#samples input[name=kind]:not(:disabled)')].map(each => each.value)"
                )
                #expect(kinds.contains("all") && kinds.count > 2)
                for kind in kinds {
                    try await page.click("#samples input[name=kind][value=\(kind)]")
                    let count = Int(
                        try await page.number(
                            "Number(document.querySelector('#samples input[name=kind][value=\(kind)] + span em').textContent)"
                        ))
                    #expect(Int(try await page.number(Self.shown)) == count, "\(kind)")
                    #expect(try await page.string(Self.said).hasPrefix("\(count) of the \(all) samples"), "\(kind)")
                }
                expectNothing(page.record.complaints)
            }
        }

        @Test func `task, words and the two candidates choose among them by the keyboard`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let all = try await page.number(Self.shown)
                try await page.choose("sums", in: "#samples select[name=of]")
                let some = try await page.number(Self.shown)
                #expect(some < all)
                try await page.focus("#samples input[name=words]")
                try await page.type("What is 3 + 6?")
                try await page.until("\(Self.said).startsWith('1 of') || \(Self.said).startsWith('No sample')")
                try await page.type("")
                try await page.until("\(Self.shown) === \(Int(some))")
                try await page.focus("#samples select[name=other]")
                let before = try await page.string("document.querySelector('#samples .colhead').textContent")
                try await page.press("ArrowDown", count: 2)
                #expect(try await page.string("document.querySelector('#samples .colhead').textContent") != before)
                expectNothing(page.record.complaints)
            }
        }

        @Test func `a sample opens by a click and by Enter, and shows prompt, responses and grades`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let open = "document.querySelectorAll('#samples .sample-list > details[open]').length"
                try await page.click("#samples .sample-list > details > summary")
                #expect(try await page.number(open) == 1)
                try await page.focus("#samples .sample-list > details > summary")
                try await page.press("Enter")
                #expect(try await page.number(open) == 0)
                try await page.press("Enter")
                #expect(try await page.isTrue("document.querySelectorAll('#samples details[open] pre').length >= 2"))
                expectNothing(try await page.findings([.overlap, .cut, .inside, .sideways]))
            }
        }
    }
}
