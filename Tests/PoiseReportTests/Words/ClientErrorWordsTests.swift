import PoiseCore
import Testing

@testable import PoiseReport

struct ClientErrorWordsTests {
    private func content(_ loads: [Load], isQuick: Bool = false) -> ReportContent {
        var content = Demo.content(loads: loads)
        content.calibration = Demo.calibration
        content.calibration?.isQuick = isQuick
        return content
    }

    @Test func `the loads nearest to those of the run are said`() {
        #expect(ClientErrorWords.nearest(content([1, 48, 64])).map(\.streams) == [1, 32])
        #expect(
            ClientErrorWords.sentences(content([32])).first
                == "On this machine, with 32 streams, this client’s TTFT was wrong by 0.040 and 0.19 ms (p50 and p99) and its"
                + " gaps between chunks by 0.018 and 0.22 ms; a chunk took it 8.47 µs of CPU, 71% of that the kernel’s."
        )
    }

    @Test func `at a rate the requests under way follow from rate and latency`() {
        var content = content([.rate(perSecond: 100, arrivals: .poisson)])
        content.points = [
            FrontPoint(
                candidate: "a", model: "a", quantization: nil, load: content.loads[0], n: 1, unscored: 0, accuracy: nil,
                accuracyLow: nil, accuracyHigh: nil, accuracyMethod: nil, decodeTPS: nil, decodeTPSLow: nil,
                decodeTPSHigh: nil, decodeTPSMethod: nil, decodeTPSTrials: 0, ttft: nil, ttfo: nil, latency: 1400,
                timeToCorrect: nil, onFront: false, frontProbability: nil, queueDelay: 200)
        ]
        #expect(content.streams(at: content.loads[0]) == 120)
        #expect(ClientErrorWords.nearest(content).map(\.streams) == [128])
    }

    @Test func `what was not tried is not claimed`() {
        let beyond = ClientErrorWords.sentences(content([4000]))
        #expect(beyond.contains("The run had 4,000 streams; no more than 1,000 were tried."))
        #expect(beyond.contains("Of the loads that were tried, both errors are under 1 ms at p99 up to 512 streams."))
        #expect(!ClientErrorWords.sentences(content([4])).contains { $0.hasPrefix("The run had") })
    }

    @Test func `a quick check and a missing calibration say so`() {
        #expect(ClientErrorWords.sentences(content([1], isQuick: true)).last?.hasPrefix("That is from a check") == true)
        let none = Demo.content()
        #expect(
            ClientErrorWords.sentences(none) == [
                "The error of this client’s times was not measured on this machine; `poise calibrate` measures it."
            ])
        #expect(
            ClientErrorWords.line(none)
                == "The client’s own error: not measured on this machine; `poise calibrate` measures it.")
    }

    @Test func `the worst level's lag is named`() {
        var lagging = content([1, 32])
        lagging.lags = Demo.lags(of: lagging)
        #expect(
            ClientErrorWords.sentences(lagging).last
                == "While it measured, the thread that reads the clock woke 0.050 ms late at p50 (median of 26 levels); at"
                + " worst 0.43 ms at p99 and 1.90 ms at most: tiny-m@f16, one request at a time.")
        #expect(
            ClientErrorWords.line(lagging)
                == "The client’s own error at 32 streams, p50 and p99: TTFT 0.040 and 0.19 ms, gaps between chunks 0.018 and"
                + " 0.22 ms; while it measured it woke up to 0.43 ms late at p99.")
    }
    @Test func `of few samples the largest is no p99, and only the median is said`() {
        var lagging = content([1, 32])
        lagging.lags = Demo.lags(of: lagging)
        for index in lagging.lags.indices { lagging.lags[index].lag.samples = 99 }
        #expect(
            ClientErrorWords.sentences(lagging).last
                == "While it measured, the thread that reads the clock woke 0.050 ms late at p50 (median of 26 levels)."
        )
        #expect(ClientErrorWords.line(lagging).hasSuffix("; while it measured it woke 0.050 ms late at p50."))
    }
}
