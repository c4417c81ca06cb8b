import Testing

extension BrowserTests {
    /// The front: what a reader can choose, and how one moves among its points.
    @Suite struct FrontControlTests {
        private static let heading = "document.querySelector('#front h2').textContent"
        private static let chart = "document.querySelector('#front svg.chart').getAttribute('aria-label')"
        private static let places = """
            [...document.querySelectorAll('#front .point')].map(point => {
                const box = point.querySelector('.dot').getBoundingClientRect()
                const frame = point.ownerSVGElement.getBoundingClientRect()
                return [
                    point.getAttribute('aria-label').split(':')[0], Math.round(box.x - frame.x),
                    Math.round(box.y - frame.y),
                ].join()
            }).sort()
            """

        @Test func `another axis changes the chart, its name and its table, and the first one brings all back`()
            async throws
        {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let table = "document.querySelector('#front details table').textContent"
                let first = (
                    try await page.string(Self.chart), try await page.strings(Self.places), try await page.string(table)
                )
                let axes = try await page.strings(
                    "[...document.querySelector('#front select[name=axis]').options].map(each => each.value)")
                #expect(axes.count > 3 && axes.first == "decodeTPS")
                for axis in axes.dropFirst() {
                    try await page.choose(axis, in: "#front select[name=axis]")
                    #expect(try await page.string(Self.chart) != first.0, "\(axis)")
                    #expect(try await page.string(table) != first.2, "\(axis)")
                    expectNothing(try await page.findings([.overlap, .inside, .sideways, .references]), axis)
                }
                try await page.choose("decodeTPS", in: "#front select[name=axis]")
                #expect(try await page.string(Self.chart) == first.0)
                #expect(try await page.strings(Self.places) == first.1)
                #expect(try await page.string(table) == first.2)
                expectNothing(page.record.complaints)
            }
        }

        @Test func `a task and a load have fronts of their own`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let first = try await page.strings(Self.places)
                let view = "document.querySelector('#front .view').textContent"
                try await page.choose("1", in: "#front select[name=task]")
                #expect(try await page.strings(Self.places) != first)
                #expect(try await page.string(view).contains("Questions about words"))
                try await page.choose("0", in: "#front select[name=task]")
                #expect(try await page.strings(Self.places) == first)
                try await page.click("#front input[name=load][value='1']")
                #expect(try await page.strings(Self.places) != first)
                #expect(try await page.string(Self.heading).contains("4"))
                try await page.focus("#front input[name=load]:checked")
                try await page.press("ArrowLeft")
                #expect(try await page.strings(Self.places) == first)
                expectNothing(page.record.complaints)
            }
        }

        @Test func `a limit is written, counted once aloud, and taken away again`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let said = "document.querySelector('#front .said').textContent"
                for field in ["limitX", "limitY"] {
                    try await page.focus("#front input[name=\(field)]")
                    try await page.type("")
                }
                let all = try await page.number("document.querySelectorAll('#front .point').length")
                #expect(try await page.string(said).isEmpty)
                try await page.focus("#front input[name=limitY]")
                try await page.type("99")
                try await page.until("\(said).includes('keep the limits')")
                #expect(try await page.string(said).contains("of \(Int(all)) keep the limits"))
                #expect(try await page.has("#front .limit[data-limit=y]"))
                try await page.type("")
                #expect(try await page.string(said).isEmpty)
                expectNothing(page.record.complaints)
            }
        }

        @Test func `arrow keys go along the points, Escape hides the numbers, Enter opens the candidate`() async throws
        {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let tip = "document.querySelector('#front .front-tip')"
                let here = "document.activeElement.getAttribute('aria-label')"
                #expect(try await page.number("document.querySelectorAll('#front .point[tabindex=\"0\"]').length") == 1)
                try await page.focus("#front .point[tabindex='0']")
                #expect(try await page.isTrue("!\(tip).hidden && \(tip).textContent.includes('Right')"))
                try await page.press("ArrowLeft", count: 20)
                var names = [try await page.string(here)]
                let all = Int(try await page.number("document.querySelectorAll('#front .point').length"))
                for _ in 1..<all {
                    try await page.press("ArrowRight")
                    names.append(try await page.string(here))
                }
                #expect(Set(names).count == all)
                let lefts = try await page.number(
                    "document.activeElement.querySelector('.dot').getBoundingClientRect().x")
                #expect(
                    try await page.isTrue(
                        "[...document.querySelectorAll('#front .point .dot')].every(dot => dot.getBoundingClientRect().x <= \(lefts) + 1)"
                    ))
                try await page.press("Escape")
                #expect(try await page.isTrue("\(tip).hidden"))
                let target = try await page.string("document.activeElement.getAttribute('href')")
                try await page.press("Enter")
                try await page.until("location.hash === '\(target)'")
                #expect(try await page.has(target))
                #expect(
                    try await page.isTrue(
                        "document.querySelector('\(target)').getBoundingClientRect().top < innerHeight"))
                expectNothing(page.record.complaints)
            }
        }

        @Test func `a mouse over a point shows its numbers, and a click opens its candidate`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                try await page.hover("#front .point.pick .dot, #front .point .dot")
                try await page.until("!document.querySelector('#front .front-tip').hidden")
                try await page.click("#front .point.pick .dot, #front .point .dot")
                try await page.until("/^#c\\d+-\\d+$/.test(location.hash)")
                expectNothing(page.record.complaints)
            }
        }
    }
}
