import PoiseCore
import Testing

@testable import PoiseReport

struct FrontOfferTests {
    private func offer(_ trials: Int, candidates: Int = 13, loads: Int = 1, tasks: Int = 13) -> FrontOffer {
        FrontOffer(trials: trials, candidates: candidates, loads: loads, tasks: tasks, resamples: 10_000)
    }

    @Test func `the demonstration has every axis over all tasks, and the main ones of each`() {
        let offer = offer(17_823)
        #expect(offer.metrics.count == 10 && offer.taskMetrics == [.decodeTPS, .ttfo, .latency, .timeToCorrect])
        #expect(offer.omission == nil)
    }

    @Test func `more trials leave fewer axes, and a million the front of the run's end`() {
        var before = Int.max
        for trials in [1000, 30_000, 36_000, 90_000, 130_000, 1_000_000, Int.max] {
            let offer = offer(trials)
            let count = offer.metrics.count + offer.taskMetrics.count
            #expect(count <= before)
            before = count
        }
        #expect(offer(1_000_000).metrics == [.decodeTPS])
        #expect(offer(1_000_000).taskMetrics.isEmpty)
        #expect(offer(1_000_000).omission?.contains("1,000,000 trials only decode speed") == true)
        #expect(offer(130_000).omission?.contains("fewer axes and no single tasks") == true)
    }

    @Test func `more candidates and tasks than a page has room for leave single tasks out`() {
        let offer = offer(5000, candidates: 60, tasks: 40)
        #expect(offer.metrics.count == 10 && offer.taskMetrics.isEmpty)
        #expect(
            offer.omission
                == "With so many candidates and tasks single tasks are not drawn here; `poise front --task` draws them."
        )
        #expect(
            self.offer(5000, candidates: 30, tasks: 20).taskMetrics == [.decodeTPS, .ttfo, .latency, .timeToCorrect])
    }

    @Test func `one task is all tasks`() {
        #expect(offer(1000, tasks: 1).taskMetrics.isEmpty)
        #expect(offer(1000, tasks: 1).omission == nil)
    }
}
