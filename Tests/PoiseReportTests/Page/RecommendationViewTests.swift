import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct RecommendationViewTests {
    private func view(_ choice: Choice) -> RecommendationView {
        RecommendationView(Decisions.content(Decisions.detail([choice])), choice)
    }

    @Test func `the pick with its limits, kept surely or only probably`() {
        let view = self.view(Decisions.picked())
        #expect(view.name == "tiny-m at q4_0")
        #expect(view.colour == "m3")
        #expect(view.finding.contains("is the pick for chat"))
        #expect(view.limits.map(\.spoken) == ["kept", "probably kept"])
        #expect(view.limits.map(\.value) == ["22.0\u{A0}tok/s", "950\u{A0}ms"])
        #expect(view.doubts.contains { $0.hasPrefix("TTFO at most 1\u{A0}s holds probably, not surely") })
    }

    @Test func `the bar holds the pick, the rivals and what is left`() throws {
        var choice = Decisions.picked(share: 0.7)
        choice.contenders[1].pickShare = 0.2
        choice.noneShare = 0.1
        let bar = try #require(self.view(choice).sureness)
        #expect(bar.parts.map(\.share) == ["70%", "20%", "10%"])
        #expect(bar.parts.map(\.name) == ["tiny-m at q4_0", "tiny-m at q8_0, the runner-up", "none meets the limits"])
        #expect(bar.label == "tiny-m at q4_0: 70%; tiny-m at q8_0, the runner-up: 20%; none meets the limits: 10%")
        #expect(bar.drawing.components(separatedBy: "<rect").count == 4)
        choice.contenders[2].pickShare = nil
        #expect(self.view(choice).sureness == nil)
    }

    @Test func `one step up the front stands above the pick, paired, with what is not told apart`() {
        let view = self.view(Decisions.picked())
        #expect(view.steps.map(\.name) == ["tiny-m at f16", "tiny-m at q8_0", "tiny-m at q4_0"])
        #expect(view.steps.map(\.isHere) == [false, false, true])
        #expect(view.steps[0].right == "+0.7" && view.steps[0].rightRange == "−1.3 to +2.7")
        #expect(
            view.steps[0].pace == "0.72×" && view.steps[0].paceRange == "0.65–0.80" && view.steps[0].memory == "1.03×")
        #expect(view.steps[2].right == "71.8%" && view.steps[2].pace == "22.0" && view.steps[2].paceRange == "tok/s")
        #expect(
            view.stepsCaption.contains(
                "tiny-m at f16 and tiny-m at q8_0 cannot be told apart from it in right answers."))
        #expect(view.stepsCaption.contains("Down the front: none with fewer right answers gains anything by it."))
    }

    @Test func `what would settle the doubt is said only where right answers decide it`() {
        var choice = Decisions.picked()
        #expect(!self.view(choice).doubts.contains { $0.contains("true difference") })
        // Nothing but right answers, and its place in the suite, sets the runner-up behind.
        choice.decision?.tiebreaks = []
        let doubt = self.view(choice).doubts.last ?? ""
        #expect(doubt.hasPrefix("Were +0.2 points the true difference, about 44,000 samples would tell"), "\(doubt)")
        choice.contenders[2].pickShare = 0.99
        #expect(!self.view(choice).doubts.contains { $0.contains("true difference") })
    }

    @Test func `where none meets the limits the nearest one's are shown broken`() {
        let view = self.view(Decisions.none())
        #expect(view.name == "None meets the limits" && view.colour == "" && view.glyph == "")
        #expect(view.limitsOf == "tiny-m at f16 is nearest:")
        #expect(view.limits.map(\.spoken) == ["broken"])
        #expect(!view.hasSteps && !view.hasSureness && !view.hasWhy)
    }

    @Test func `costs and where they break even stand there where prices are known`() {
        var choice = Decisions.picked()
        #expect(!self.view(choice).hasCosts)
        let price = Price(basis: .hour(1.2), currency: "USD", source: "list", date: "2026-11-01")
        choice.costs = [
            CandidateCost(
                candidate: "tiny-m@q4_0", price: price, trials: 100, unknown: 0, perTrial: 0.0012,
                toCorrect: FigureEstimate(0.00171, low: 0.0016, high: 0.0018), capacity: 1000)
        ]
        choice.breakEvens = [
            BreakEven(hourly: "tiny-m@q4_0", perToken: "tiny-m@f16", requestsPerHour: 400, capacity: 1000)
        ]
        let view = self.view(choice)
        #expect(view.costs.map(\.thousand) == ["1.20 USD"] && view.costs.map(\.right) == ["0.00171 USD"])
        #expect(
            view.costNotes.contains("tiny-m at q4_0 by the hour costs as much as tiny-m at f16 by the token at 400"))
    }
}
