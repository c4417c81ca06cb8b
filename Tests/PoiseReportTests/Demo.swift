import PoiseCore

@testable import PoiseReport

/// A run of thirteen candidates, computed: three models at four quantizations, and one that is broken.
enum Demo {
    static let accuracies: [(model: String, quantization: String, accuracy: Double, speed: Double)] = [
        ("tiny-xs", "f16", 0.40, 11_100), ("tiny-xs", "q8_0", 0.39, 15_800), ("tiny-xs", "q5_0", 0.34, 8_800),
        ("tiny-xs", "q4_0", 0.30, 18_000),
        ("tiny-s", "f16", 0.59, 8_600), ("tiny-s", "q8_0", 0.59, 8_400), ("tiny-s", "q5_0", 0.59, 6_700),
        ("tiny-s", "q4_0", 0.58, 8_100),
        ("tiny-m", "f16", 0.76, 2_600), ("tiny-m", "q8_0", 0.75, 2_500), ("tiny-m", "q5_0", 0.76, 2_300),
        ("tiny-m", "q4_0", 0.75, 3_300), ("tiny-m", "tq2_0", 0, 2_900),
    ]

    static let taskNames = [
        "add", "multiply", "multiply-worked", "reverse", "sort", "capital", "maximum", "date", "json", "extract",
        "count", "letters",
    ]

    /// - Parameter spread: how far a candidate's speed moves with load.
    static func content(loads: [Load] = [1], isSimulated: Bool = false, warnings: [String] = []) -> ReportContent {
        var generator = SeededGenerator(seed: 11)
        let points = loads.flatMap { load in
            withFront(
                accuracies.map { row in
                    let n = 440
                    let correct = (row.accuracy * Double(n) + generator.nextUnit() * 3 * (row.accuracy > 0 ? 1 : 0))
                    return point(
                        row.model, row.quantization, load: load, n: n, correct: correct.rounded(.down),
                        speed: row.speed / (load == 1 ? 1 : 0.9 * Double(load).squareRoot())
                            * (0.995 + generator.nextUnit() * 0.01)
                    )
                }
            )
        }
        return content(points: points, loads: loads, isSimulated: isSimulated, warnings: warnings)
    }

    static func content(
        points: [FrontPoint], loads: [Load] = [1], isSimulated: Bool = false, warnings: [String] = [],
        status: RunRecord.Status = .done
    ) -> ReportContent {
        var candidates: [CandidateSummary] = []
        for point in points where !candidates.contains(where: { $0.id == point.candidate }) {
            candidates.append(
                CandidateSummary(
                    id: point.candidate, model: point.model, quantization: point.quantization,
                    sampling: SamplingSettings(temperature: 0, maxTokens: 96, seed: 1)
                )
            )
        }
        let tasks = taskNames.enumerated().map { index, name in
            TaskSummary(
                name: name, title: "Skill \(index + 1): \(name)", sampleCount: index == 0 ? 33 : 37
            )
        }
        var generator = SeededGenerator(seed: 5)
        let byTask = loads.flatMap { load in
            points.filter { $0.load == load }.flatMap { point in
                tasks.map { task in
                    let share = min(1, max(0, (point.accuracy ?? 0) * (0.4 + generator.nextUnit() * 1.2)))
                    return TaskAccuracy(
                        candidate: point.candidate, task: task.name, load: load,
                        correct: (share * Double(task.sampleCount)).rounded(),
                        n: point.accuracy == nil ? 0 : task.sampleCount
                    )
                }
            }
        }
        return ReportContent(
            run: RunRecord(
                id: "20261121-071413-tiny-ladder", suite: "tiny-ladder", startedAt: "2026-11-21T07:14:13Z",
                endedAt: "2026-11-21T07:17:41Z", status: status, seed: 20_261_121,
                machine: MachineFacts(
                    processor: "x86-64 server processor", cores: 2, memory: 16_000_000_000, system: "Linux 6.1"
                ),
                poiseVersion: "0.1.0", command: "poise run Suites/demo.yaml --seed 20261121"
            ),
            suite: SuiteSummary(
                name: "tiny-ladder",
                description: "Three sizes of a toy model at four quantizations, on what they know.",
                digests: ["demo.yaml": digest(1), "tiny/add.yaml": digest(2), "tiny/add.jsonl": digest(3)]
            ),
            candidates: candidates, tasks: tasks, loads: loads, rounds: 2, epochs: 1, warmup: 3,
            baseline: "tiny-m@f16", points: points, taskAccuracies: byTask,
            engines: Dictionary(
                uniqueKeysWithValues: candidates.enumerated().map { index, candidate in
                    (candidate.id, engine(candidate, index: index, isSimulated: isSimulated))
                }),
            responses: Dictionary(
                uniqueKeysWithValues: candidates.map { candidate in
                    (
                        candidate.id,
                        ResponseFacts(
                            responses: 880 * loads.count, lengthCapped: candidate.quantization == "tq2_0" ? 431 : 2,
                            chunks: 11_000 * loads.count, coalescedChunks: 44, carriedTokens: 11_002 * loads.count,
                            promptTokens: 20_000, cachedPromptTokens: 0
                        )
                    )
                }),
            serverSpeed: ServerSpeed(medianRatio: 0.9932, trials: 5_210), warnings: warnings
        )
    }

    static func point(
        _ model: String, _ quantization: String?, load: Load = 1, n: Int = 440, correct: Double, speed: Double?,
        onFront: Bool = false, probability: Double? = nil
    ) -> FrontPoint {
        let share = n > 0 ? correct / Double(n) : nil
        let half = share.map { 1.96 * ($0 * (1 - $0) / Double(max(n, 1)) + 0.00002).squareRoot() }
        let latency = speed.map { 12_000 / $0 + 3 }
        return FrontPoint(
            candidate: Candidate.id(model: model, quantization: quantization), model: model,
            quantization: quantization, load: load, n: n, unscored: 440 - min(n, 440), accuracy: share,
            accuracyLow: share.flatMap { s in half.map { max(0, s - $0) } },
            accuracyHigh: share.flatMap { s in half.map { min(1, s + $0) } },
            accuracyMethod: share == nil ? nil : .wilson, decodeTPS: speed, decodeTPSLow: speed.map { $0 * 0.97 },
            decodeTPSHigh: speed.map { $0 * 1.03 }, decodeTPSMethod: speed == nil ? nil : .median,
            decodeTPSTrials: speed == nil ? 0 : 870, ttft: speed.map { 3_000 / $0 }, ttfo: speed.map { 3_000 / $0 },
            latency: latency,
            timeToCorrect: latency.flatMap { time in share.map { $0 > 0 ? time / $0 : .infinity } }, onFront: onFront,
            frontProbability: probability
        )
    }

    /// Marks the members of the front, with probabilities that look like a bootstrap's.
    static func withFront(_ points: [FrontPoint]) -> [FrontPoint] {
        points.map { point in
            guard let accuracy = point.accuracy, let speed = point.decodeTPS else { return point }
            let beaters = points.filter { other in
                guard let a = other.accuracy, let s = other.decodeTPS else { return false }
                return a >= accuracy && s >= speed && (a > accuracy || s > speed)
            }
            let gap = beaters.map { min(($0.accuracy ?? 0) - accuracy, 0.2) }.max() ?? 0
            return with(
                point, onFront: beaters.isEmpty,
                probability: beaters.isEmpty ? (speed > 10_000 ? 1 : 0.78) : max(0, 0.42 - gap * 8)
            )
        }
    }

    static func with(_ point: FrontPoint, onFront: Bool, probability: Double?) -> FrontPoint {
        FrontPoint(
            candidate: point.candidate, model: point.model, quantization: point.quantization, load: point.load,
            n: point.n, unscored: point.unscored, accuracy: point.accuracy, accuracyLow: point.accuracyLow,
            accuracyHigh: point.accuracyHigh, accuracyMethod: point.accuracyMethod, decodeTPS: point.decodeTPS,
            decodeTPSLow: point.decodeTPSLow, decodeTPSHigh: point.decodeTPSHigh,
            decodeTPSMethod: point.decodeTPSMethod, decodeTPSTrials: point.decodeTPSTrials, ttft: point.ttft,
            ttfo: point.ttfo, latency: point.latency, timeToCorrect: point.timeToCorrect, onFront: onFront,
            frontProbability: probability
        )
    }

    /// Seeded points of a few models; close together where `isCrowded`.
    static func random(count: Int, seed: UInt64, isCrowded: Bool = false) -> ReportContent {
        var generator = SeededGenerator(seed: seed)
        let points = (0..<count).map { index in
            let accuracy = isCrowded ? 0.7 + generator.nextUnit() * 0.05 : generator.nextUnit()
            let speed = isCrowded ? 100 + generator.nextUnit() * 20 : 10 * (1 + generator.nextUnit() * 200)
            return point(
                "model-\(index / 4)-8b-instruct", ["f16", "q8_0", "q5_k_m", "q4_0"][index % 4],
                correct: (accuracy * 440).rounded(), speed: speed
            )
        }
        return content(points: withFront(points))
    }

    private static func engine(_ candidate: CandidateSummary, index: Int, isSimulated: Bool) -> EngineFacts {
        let size = Int64(250_000 * (index + 1) * (index + 2))
        return EngineFacts(
            engine: "llama.cpp", build: "b11549",
            arguments: ["--model", "/somewhere/private/Models/\(candidate.id).gguf", "--threads", "1"],
            loadTime: 120 + Double(index) * 14, peakMemory: 40_000_000 + size * 3,
            modelFile: ModelFileFacts(
                path: "/somewhere/private/Models/\(candidate.id).gguf", name: nil, architecture: "llama",
                parameters: 3_480_000, fileType: "F16", bytes: size, sha256: digest(index), contextLength: 512,
                templateSHA256: nil
            ),
            isSimulated: isSimulated
        )
    }

    private static func digest(_ index: Int) -> String {
        String(repeating: "0123456789abcdef", count: 4).dropFirst(index).description
            + String(repeating: "f", count: index)
    }
}
