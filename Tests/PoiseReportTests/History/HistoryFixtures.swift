import PoiseCore

@testable import PoiseReport

/// Histories, made up: one candidate over so many days, and what changed on the way.
enum HistoryFixtures {
    static func content(
        days: [Int], changes: [Int: [HistoryChange]] = [:], steps: [Int: HistoryStep] = [:], gate: Verdict? = nil
    ) -> HistoryContent {
        let first = Demo.content().run
        let runs = days.enumerated().map { index, day in
            HistoryRun(
                record: RunRecord(
                    id: "run-\(index + 1)", suite: "demo",
                    startedAt: "2026-\(day < 30 ? "10" : "11")-\(two(day % 30 + 1))T07:14:13.000Z", endedAt: nil,
                    status: .done, seed: 1, machine: first.machine, poiseVersion: "0.1.0", command: "poise run"),
                changes: changes[index] ?? [], gate: gate)
        }
        let points = days.indices.map { index in
            HistoryPoint(
                run: index, point: Demo.point("tiny-m", "q4_0", correct: 300 + Double(index % 3), speed: 1000),
                step: steps[index] ?? (index == 0 ? nil : step(from: index - 1)), gate: gate)
        }
        return HistoryContent(
            suite: "demo", load: 1, runs: runs,
            candidates: [
                HistoryCandidate(id: "tiny-m@q4_0", model: "tiny-m", quantization: "q4_0", points: points)
            ], command: "poise report --history", poiseVersion: "0.1.0")
    }

    static func step(
        from run: Int, difference: Double = 0.002, adjustedP: Double = 1, isOtherMachine: Bool = false
    ) -> HistoryStep {
        HistoryStep(
            from: run, accuracy: ComparisonFixtures.accuracy(difference, adjustedP: adjustedP),
            speed: isOtherMachine ? nil : ComparisonFixtures.measures(1.02)[0], isOtherMachine: isOtherMachine)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
