import Testing

extension BrowserTests {
    /// Every control is reached by the keyboard, shows it, and has a name.
    @Suite struct PageKeyboardTests {
        @Test(arguments: [360, 1280])
        func `the Tab key reaches every control in order, and each shows that it has the focus`(
            width: Int
        ) async throws {
            try await BrowserPage.open(try await PageFixture.plain.page, .init(width: width)) { page in
                let tour = try await KeyboardTour(on: page)
                #expect(tour.reached == tour.expected)
                #expect(tour.reached.count > 5)
                expectNothing(tour.unseen)
                expectNothing(tour.obscured)
                expectNothing(page.record.complaints)
            }
        }

        @Test(arguments: PageFixture.allCases)
        func `every control and every image has a name for a screen reader`(fixture: PageFixture) async throws {
            try await BrowserPage.open(try await fixture.page) { page in
                expectNothing(try await AccessibleNames.missing(on: page))
                let nodes = try await AccessibleNames.nodes(of: page)
                #expect(nodes.contains { $0.role == "link" } && nodes.contains { $0.role == "region" })
            }
        }

        /// Without this, a tour that goes nowhere or sees everything would make the tests above pass.
        @Test func `a tour notices a control that hides its focus, comes out of order, is covered or has no name`()
            async throws
        {
            let workplace = try Workplace()
            try workplace.write(
                "bad.html",
                """
                <!doctype html><title>x</title><style>.plain:focus{outline:none}</style>
                <p><button class="plain">hidden focus</button> <button>first</button> <a href="#x" tabindex="1">early</a>
                <button></button> <select><option>1</option></select>
                <div style="position:relative;width:90px"><button>covered</button>
                <div style="position:absolute;inset:-30px;background:#eee"></div></div>
                """)
            try await BrowserPage.open("\(workplace.path)/bad.html") { page in
                let tour = try await KeyboardTour(on: page)
                #expect(tour.expected.count == 6 && tour.reached.count == 6)
                #expect(tour.reached != tour.expected)
                #expect(tour.unseen == ["1 button “hidden focus”"])
                #expect(tour.obscured == ["6 button “covered”"])
                #expect(
                    try await AccessibleNames.missing(on: page) == ["a button has no name", "a combobox has no name"])
            }
        }
    }
}
