import PoiseCore
import Testing

@testable import PoiseReport

struct WordingTests {
    @Test func `dates are said, and what is not one stays as it is`() {
        #expect(Wording.date("2026-11-21T07:14:13Z") == "21 November 2026")
        #expect(Wording.dateAndTime("2026-11-21T07:14:13Z") == "21 November 2026, 07:14 UTC")
        for text in ["", "yesterday", "2026-13-01", "2026-00-10", "2026-1"] { #expect(Wording.date(text) == text) }
    }

    @Test func `a time without a zone is in UTC, one of another zone is not called so`() {
        #expect(Wording.dateAndTime("2026-11-21T07:14:13.500") == "21 November 2026, 07:14 UTC")
        #expect(Wording.dateAndTime("2026-11-21T07:14:13+02:00") == "21 November 2026")
        #expect(Wording.seconds(from: "2026-11-21T08:22:27.959", to: "2026-11-21T08:23:55.459") == 87.5)
    }

    @Test func `a span is known where both ends are`() {
        #expect(Wording.seconds(from: "2026-11-21T07:14:13Z", to: "2026-11-21T07:17:41Z") == 208)
        #expect(Wording.seconds(from: "2026-11-21T07:14:13.500Z", to: "2026-11-21T07:14:14.500Z") == 1)
        #expect(Wording.seconds(from: "2026-11-21T07:14:13Z", to: nil) == nil)
        #expect(Wording.seconds(from: "2026-11-21T07:14:13Z", to: "2025-11-21T07:14:13Z") == nil)
    }

    @Test func `neighbours of one model share its name`() {
        let view = FrontView(Demo.content(), load: 1)
        #expect(Wording.names(Array(view.candidates[2...4])) == "tiny-xs at q5_0 and q4_0 and tiny-s at f16")
    }

    @Test func `n is a range where candidates differ`() {
        let points = [
            Demo.point("a", "f16", n: 431, correct: 4, speed: 1), Demo.point("b", "f16", correct: 4, speed: 1),
        ]
        #expect(Wording.n(FrontView(Demo.content(points: points), load: 1).candidates) == "n = 431–440")
        #expect(Wording.n([]) == "n = 0")
    }

    @Test func `a load is said as requests`() {
        #expect(Wording.load(1) == "one request at a time")
        #expect(Wording.load(1_000) == "1,000 requests in flight")
    }

    @Test func `a rate is said with how requests arrive`() {
        #expect(Wording.load(.rate(perSecond: 5, arrivals: .poisson)) == "5 requests a second, arriving at random")
        #expect(Wording.load(.rate(perSecond: 1, arrivals: .constant)) == "1 request a second, evenly spaced")
        #expect(Wording.load(.rate(perSecond: 0.5, arrivals: .poisson)) == "0.5 requests a second, arriving at random")
    }

    @Test func `several loads are said by their kind`() {
        #expect(Wording.loads([4]) == "4 requests in flight")
        #expect(Wording.loads([1, 4, 16]) == "at 1, 4 and 16 requests in flight")
        let rates = [5.0, 10].map { Load.rate(perSecond: $0, arrivals: .poisson) }
        #expect(Wording.loads(rates) == "at 5 and 10 requests a second, arriving at random")
        #expect(
            Wording.loads([1, rates[0]]) == "at 1 request in flight and at 5 requests a second, arriving at random")
    }
}
