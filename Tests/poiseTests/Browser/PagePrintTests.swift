import Foundation
import Testing

extension BrowserTests {
    /// On paper the page is light, has no controls and ends some day.
    @Suite struct PagePrintTests {
        @Test(arguments: PageFixture.allCases)
        func `it prints to a few pages`(fixture: PageFixture) async throws {
            try await BrowserPage.open(try await fixture.page, .init(isDark: true)) { page in
                let file = try await page.printed()
                #expect(file.starts(with: Data("%PDF-".utf8)))
                let pages = Self.pages(of: file)
                #expect((1...40).contains(pages), "\(pages) pages")
            }
        }

        @Test func `paper is light and without controls, also where the screen is dark`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page, .init(width: 720)) { page in
                try await page.emulate(dark: true, medium: "print")
                let grounds = try await page.strings(
                    "[document.documentElement, document.body].map(each => getComputedStyle(each).backgroundColor)")
                #expect(grounds.allSatisfy { ["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].contains($0) }, "\(grounds)")
                #expect(try await page.string("getComputedStyle(document.documentElement).colorScheme") == "light")
                expectNothing(try await page.findings(.contrast))
                // The words of a sortable table's head are buttons, and look like words on paper.
                let controls = try await page.strings(
                    """
                    [...document.querySelectorAll('button, select, input, textarea, .controls, .needs-js, nav, .skip')]
                        .filter(each => each.checkVisibility() && !each.closest('.data thead')).map(each => each.outerHTML.slice(0, 80))
                    """)
                expectNothing(controls)
            }
        }

        /// The pages that a PDF file's tree of pages counts at its root.
        private static func pages(of file: Data) -> Int {
            let text = String(decoding: file, as: Latin1.self)
            return text.matches(of: /\/Count (\d+)/).compactMap { Int($0.1) }.max() ?? 0
        }
    }
}

/// Bytes as characters of their own, for a file that is text and bytes in turn.
private enum Latin1 {}

extension String {
    fileprivate init(decoding data: Data, as encoding: Latin1.Type) {
        self = String(data: data, encoding: .isoLatin1) ?? ""
    }
}
