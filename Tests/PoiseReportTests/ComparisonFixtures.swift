import PoiseCore

/// Comparisons and ladders, made up.
enum ComparisonFixtures {
    static func side(_ quantization: String, run: String = "20261121-demo") -> ComparedSide {
        ComparedSide(candidate: "tiny-m@\(quantization)", model: "tiny-m", quantization: quantization, run: run)
    }

    static func accuracy(
        _ difference: Double, adjustedP: Double? = 1, n: Int = 457, method: AccuracyChange.Method = .mcNemar
    ) -> AccuracyChange {
        AccuracyChange(
            base: 0.724, candidate: 0.724 + difference, difference: difference,
            low: n > 1 ? difference - 0.02 : nil, high: n > 1 ? difference + 0.02 : nil, n: n, method: method,
            p: n > 1 ? adjustedP : nil, adjustedP: n > 1 ? adjustedP : nil)
    }

    static func flips(_ list: [Flip] = [flip]) -> Flips {
        Flips(
            n: 457, kept: 320, missed: 128, gained: 1, lost: 8,
            agreement: ShareEstimate(count: 418, n: 457, low: 0.885, high: 0.937), list: list)
    }

    static let flip = Flip(
        kind: .lost, task: "add", sample: "add-023", base: "1255", candidate: "1245", baseScore: 1, candidateScore: 0)

    static func measures(_ ratio: Double = 1.4) -> [MetricChange] {
        [
            MetricChange(
                metric: .decodeTPS, base: 1377, candidate: 1377 * ratio,
                ratio: RatioEstimate(value: ratio, low: ratio - 0.1, high: ratio + 0.1, n: 457)),
            MetricChange(
                metric: .ttft, base: 8.8, candidate: 8.8, ratio: RatioEstimate(value: 1, low: 0.9, high: 1.1, n: 457)),
            MetricChange(
                metric: .outputTokens, base: 6, candidate: 3,
                ratio: RatioEstimate(value: 0.5, low: 0.4, high: 0.6, n: 457)),
        ]
    }

    static let noRepeats = AnswerRepeats(samples: 0, answersDiffer: 0, correctnessDiffers: 0)
    static let steady = AnswerRepeats(samples: 457, answersDiffer: 0, correctnessDiffers: 0)

    static func row(
        _ candidate: ComparedSide = side("q4_0"), accuracy: AccuracyChange? = accuracy(-0.007),
        counted: CountedSamples = CountedSamples(common: 457, scored: 457),
        differences: [CircumstanceDifference] = [], flips: Flips = flips(), measures: [MetricChange] = measures(),
        whyNoSpeeds: SpeedObstacle? = nil, repeats: AnswerRepeats = steady
    ) -> ComparisonRow {
        ComparisonRow(
            candidate: candidate, differences: differences, counted: counted, accuracy: accuracy,
            tasks: accuracy == nil
                ? []
                : [
                    TaskChange(task: "add", accuracy: self.accuracy(-0.2, adjustedP: 0.003, n: 40)),
                    TaskChange(task: "sort", accuracy: self.accuracy(0.025, n: 40)),
                ],
            flips: flips, repeats: repeats, measures: measures, whyNoSpeeds: whyNoSpeeds,
            tokenTotals: RatioEstimate(value: 1.02, low: 0.98, high: 1.07, n: 457))
    }

    static func comparison(_ rows: [ComparisonRow] = [row()], baseRepeats: AnswerRepeats = steady) -> Comparison {
        Comparison(
            base: side("f16"), load: 1, tasks: nil, seed: 7, resamples: 10_000, baseRepeats: baseRepeats, rows: rows)
    }

    static func ladder(
        breaksAt: String? = "tiny-m@tq2_0", smallestLoss: Double? = 0.031, margin: Double? = nil,
        divergence: Divergence? = nil
    ) -> Ladder {
        func rung(_ quantization: String, _ bytes: Int64, _ change: ComparisonRow?) -> LadderRung {
            LadderRung(
                candidate: "tiny-m@\(quantization)", quantization: quantization, fileBytes: bytes,
                bitsPerWeight: Double(bytes) * 8 / 3_477_760, peakMemory: 98_000_000,
                accuracy: change?.accuracy?.candidate ?? 0.724, accuracyLow: 0.5, accuracyHigh: 0.9, n: 457,
                change: change, adjustedP: change?.accuracy?.adjustedP,
                isSurelyWorse: breaksAt == "tiny-m@\(quantization)",
                divergence: change == nil ? nil : divergence)
        }
        return Ladder(
            model: "tiny-m", load: 1, run: "20261121-demo", reference: "tiny-m@f16", seed: 7, margin: margin,
            rungs: [
                rung("f16", 6_967_104, nil), rung("q8_0", 3_709_056, row(side("q8_0"), accuracy: accuracy(-0.004))),
                rung("tq2_0", 966_784, row(side("tq2_0"), accuracy: accuracy(-0.718, adjustedP: 1e-90))),
            ], breaksAt: breaksAt, smallestLoss: smallestLoss)
    }
}
