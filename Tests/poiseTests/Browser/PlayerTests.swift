import PoiseCore
import Testing

extension BrowserTests {
    /// The player: recorded responses at their recorded pace, only when they are asked for.
    @Suite struct PlayerTests {
        private static let player = "document.querySelector('.player')"

        @Test func `it opens at its end, and nothing moves by itself`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                #expect(try await page.string("\(Self.player).dataset.state") == "ended")
                let rest = "[...\(Self.player).querySelectorAll('.rest')].map(each => each.textContent).join('')"
                #expect(try await page.string(rest).isEmpty)
                let before = try await page.string("\(Self.player).outerHTML")
                try await page.evaluate(
                    "new Promise(done => { let n = 0; const look = () => ++n < 20 ? requestAnimationFrame(look) : done(); look() })"
                )
                #expect(try await page.string("\(Self.player).outerHTML") == before)
            }
        }

        /// The recorded time that the lanes show, against the browser's own clock: each in the time of the same frame.
        @Test(arguments: ["1", "0.01"])
        func `the pace is within 5% of the recorded one`(tempo: String) async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                try await page.choose(tempo, in: ".player .tempo select")
                var pace: Double?
                // A short recording on a busy machine may be over within a frame.
                for _ in 1...10 where pace == nil {
                    try await page.click(".player [data-do=restart]")
                    try await page.click(".player [data-do=play]")
                    pace = try await page.evaluate(Self.measurement).number
                    try await page.click(".player [data-do=finish]")
                }
                let wanted = try #require(Double(tempo))
                #expect(abs(try #require(pace) / wanted - 1) < 0.05, "\(pace ?? 0) for \(tempo)")
                expectNothing(page.record.complaints)
            }
        }

        /// Recorded milliseconds a millisecond, over three seconds or to the end; null where two frames were not seen.
        private static let measurement = """
            new Promise(done => {
                const lanes = [...\(player).querySelectorAll('.laneblock')]
                const takes = JSON.parse(document.querySelector('#data').textContent).scenes[0].takes
                const length = name => takes.find(take => take.candidate === name).gaps.reduce((sum, gap) => sum + gap, 0)
                const end = Math.max(...lanes.map(lane => length(lane.querySelector('.who').textContent)))
                let first = null, last = null
                const look = time => {
                    const shown = Math.max(...lanes.map(lane => Number(lane.dataset.now)))
                    // The last frame shows the end, however late it comes.
                    if (shown > 0 && shown < end - 0.2) last = { time, shown }
                    first ??= last
                    if (\(player).dataset.state === 'playing' && !(last && time - first.time > 3000)) requestAnimationFrame(look)
                    else done(last && last.time > first.time ? (last.shown - first.shown) / (last.time - first.time) : null)
                }
                requestAnimationFrame(look)
            })
            """

        /// At each moment as many characters are shown as had arrived by then, by the gaps in the page's own data.
        @Test func `what is shown at a moment is what had arrived`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                for place in [0, 250, 500, 750, 1000] {
                    try await page.evaluate(
                        """
                        (() => {
                            const slider = document.querySelector('.player input[type=range]')
                            slider.value = \(place)
                            slider.dispatchEvent(new Event('input', { bubbles: true }))
                        })()
                        """)
                    let wrong = try await page.strings(
                        """
                        (() => {
                            const scene = JSON.parse(document.querySelector('#data').textContent).scenes[0]
                            return [...document.querySelectorAll('.player .laneblock')].flatMap(lane => {
                                const take = scene.takes.find(each => each.candidate === lane.querySelector('.who').textContent)
                                let time = 0
                                const arrived = take.gaps.filter(gap => (time += gap) <= Number(lane.dataset.now) + 0.05).length
                                return Math.abs(arrived - Number(lane.dataset.shown)) <= 1 ? [] : [`${arrived} had arrived, ${lane.dataset.shown} are shown`]
                            })
                        })()
                        """)
                    expectNothing(wrong, "at \(place)")
                }
            }
        }

        @Test func `play, pause, start and end work by the mouse and by the keyboard`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let state = "\(Self.player).dataset.state"
                try await page.choose("0.01", in: ".player .tempo select")
                try await page.click(".player [data-do=play]")
                #expect(try await page.string(state) == "playing")
                try await page.click(".player [data-do=play]")
                #expect(try await page.string(state) == "paused")
                try await page.focus(".player [data-do=play]")
                try await page.press("Enter")
                #expect(try await page.string(state) == "playing")
                try await page.press(" ")
                #expect(try await page.string(state) == "paused")
                try await page.click(".player [data-do=restart]")
                #expect(try await page.number("Number(\(Self.player).querySelector('.laneblock').dataset.shown)") == 0)
                try await page.focus(".player input[type=range]")
                try await page.press("End")
                #expect(try await page.string(state) == "ended")
                try await page.press("Home")
                #expect(try await page.string(state) == "paused")
                try await page.click(".player [data-do=finish]")
                #expect(try await page.string(state) == "ended")
                expectNothing(page.record.complaints)
            }
        }

        @Test func `lanes are added, given another response or a constant pace, and taken away`() async throws {
            try await BrowserPage.open(try await PageFixture.plain.page) { page in
                let count = "\(Self.player).querySelectorAll('.laneblock').length"
                #expect(try await page.number(count) == 2)
                try await page.click(".player [data-do=add]")
                #expect(try await page.number(count) == 3)
                expectNothing(try await page.findings([.overlap, .cut, .sideways, .references, .targets]))
                try await page.click(".player [data-pace='30']")
                #expect(
                    try await page.string("\(Self.player).querySelector('.laneblock:last-child .who').textContent")
                        == "30 tok/s")
                try await page.click(".player .laneblock:last-child .drop")
                #expect(try await page.number(count) == 2)
                let name = try await page.string("\(Self.player).querySelector('.laneblock select').options[2].value")
                try await page.choose(name, in: ".player .laneblock select")
                #expect(
                    "c" + (try await page.string("\(Self.player).querySelector('.laneblock .who').textContent")) == name
                )
                expectNothing(page.record.complaints)
            }
        }
    }
}
