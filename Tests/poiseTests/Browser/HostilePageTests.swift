import Foundation
import PoiseCore
import Testing

extension BrowserTests {
    /// Texts that were written to break out stay texts.
    @Suite struct HostilePageTests {
        @Test(arguments: [true, false])
        func `nothing that others wrote runs or becomes a part of the page`(hasScript: Bool) async throws {
            try await BrowserPage.open(try await PageFixture.hostile.page, .init(hasScript: hasScript)) { page in
                try await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                #expect(try await page.isTrue("window.pwned === undefined"))
                expectNothing(try await page.findings([.foreign, .bidi, .structure]))
                expectNothing(page.record.complaints)
                // It is there, as a text.
                let text = try await page.string("document.body.textContent")
                #expect(text.contains("<script>window.pwned = 'name'</script>"))
                #expect(text.contains("evil\u{FFFD}eman"))
            }
        }

        @Test func `the page's data hold the names as they are`() async throws {
            try await BrowserPage.open(try await PageFixture.hostile.page) { page in
                let names = try await page.strings(
                    "JSON.parse(document.querySelector('#data').textContent).candidates.map(each => each.model)")
                #expect(names.contains("evil\u{202E}eman"))
                #expect(names.contains("</script><svg onload=window.pwned=1>"))
            }
        }

        @Test func `no cell of a CSV file is a formula`() async throws {
            let workplace = try await PageFixture.hostile.workplace
            let export = try await CommandLineTool.run("export", "--format", "csv", "--db", workplace.database)
            let report = try await CommandLineTool.run(
                "report", "--db", workplace.database, "-o", "\(workplace.path)/front.csv")
            #expect(export.status == 0 && report.status == 0, "\(export.standardError)\(report.standardError)")
            for text in [export.standardOutput, try workplace.read("front.csv")] {
                let cells = Self.cells(of: text)
                let formulas = cells.filter { cell in
                    cell.unicodeScalars.first.map {
                        "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0)
                    } == true
                        && Double(cell) == nil
                }
                expectNothing(formulas)
                #expect(cells.contains { $0.hasPrefix("'=cmd|") })
            }
        }

        /// The cells of a CSV file by RFC 4180.
        private static func cells(of text: String) -> [String] {
            var (cells, cell, isQuoted) = ([String](), String.UnicodeScalarView(), false)
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"": isQuoted.toggle()
                case ",", "\n":
                    if isQuoted {
                        cell.append(scalar)
                    } else {
                        cells.append(String(cell))
                        cell = String.UnicodeScalarView()
                    }
                default: cell.append(scalar)
                }
            }
            return cells
        }
    }
}
