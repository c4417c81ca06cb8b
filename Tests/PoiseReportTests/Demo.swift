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

    static func content(loads: [Load] = [1], isSimulated: Bool = false, warnings: [String] = []) -> ReportContent {
        var generator = SeededGenerator(seed: 11)
        var points: [FrontPoint] = []
        for load in loads {
            let atLoad = accuracies.map { row -> FrontPoint in
                let n = 440
                let luck = generator.nextUnit() * (row.accuracy > 0 ? 3 : 0)
                let correct = (row.accuracy * Double(n) + luck).rounded(.down)
                let jitter = 0.995 + generator.nextUnit() * 0.01
                return point(
                    row.model, row.quantization, load: load, n: n, correct: correct,
                    speed: row.speed / crowding(load) * jitter)
            }
            points += withFront(atLoad)
        }
        return content(points: points, loads: loads, isSimulated: isSimulated, warnings: warnings)
    }

    /// How many times slower each response is when others share the machine.
    private static func crowding(_ load: Load) -> Double {
        switch load {
        case .concurrency(1): 1
        case .concurrency(let count): 0.9 * Double(count).squareRoot()
        case .rate(let perSecond, _): 1 + perSecond / 50
        }
    }

    /// The first candidates again on a second, faster machine with a GPU, at two loads and a rate.
    static func twoMachines() -> ReportContent {
        let loads: [Load] = [1, 16, .rate(perSecond: 5, arrivals: .poisson)]
        var first = content(loads: loads)
        var second = content(loads: loads)
        second.run = RunRecord(
            id: "20261122-091500-tiny-ladder", suite: "tiny-ladder", startedAt: "2026-11-22T09:15:00Z",
            endedAt: "2026-11-22T09:17:00Z", status: .done, seed: 7, machine: gpuMachine, poiseVersion: "0.1.0",
            command: "poise run Suites/demo.yaml")
        second.points = loads.flatMap { load in
            withFront(
                second.points.filter { $0.load == load && $0.quantization != "q5_0" }.map { point in
                    Demo.point(
                        point.model, point.quantization, load: load, correct: (point.accuracy ?? 0) * 440,
                        speed: (point.decodeTPS ?? 0) * 4)
                })
        }
        second.candidates.removeAll { $0.quantization == "q5_0" }
        second.calibration = nil
        second.warnings = []
        first.calibration = calibration
        first.lags = lags(of: first)
        first.otherMachines = [second]
        return first
    }

    /// The demonstration with a choice for people who write code, and fronts on latency and memory, also of one task.
    static func offered(loads: [Load] = [1], pick: String? = "tiny-s@q4_0") -> ReportContent {
        var content = content(loads: loads)
        func front(_ metric: Metric, _ tasks: [String], _ x: (FrontPoint) -> Double?) -> OtherFront {
            OtherFront(
                axes: FrontAxes(x: metric, tasks: tasks),
                places: content.points.map { point in
                    var place = FrontPlace(point)
                    place.x = x(point).map { value in
                        metric == .memory
                            ? FrontPlace.Value(estimate: value)
                            : FrontPlace.Value(estimate: value, low: value * 0.95, high: value * 1.05)
                    }
                    if !tasks.isEmpty { place.n = 37 }
                    return place
                })
        }
        var detail = PageDetail()
        detail.choices = loads.map { load in
            var choice = Choice(profile: .code, load: load, contenders: [], resamples: 10_000, seed: 1)
            choice.decision = pick.map { Decision(pick: $0, stages: [], equals: [$0], tiebreaks: []) }
            return choice
        }
        let memory = content.engines.mapValues { $0.peakMemory.map(Double.init) }
        detail.fronts = OfferedFronts(
            [
                front(.latency, [], \.latency), front(.memory, []) { memory[$0.candidate] ?? nil },
                front(.decodeTPS, ["multiply"], \.decodeTPS), front(.latency, ["multiply"]) { ($0.latency ?? 0) * 2 },
                front(.memory, ["multiply"]) { memory[$0.candidate] ?? nil },
            ],
            offer: FrontOffer(trials: 20_000, candidates: 13, loads: loads.count, tasks: 12, resamples: 10_000))
        content.detail = detail
        return content
    }

    static let gpuMachine = MachineFacts(
        processor: "AMD EPYC 9B14", cores: 64, memory: 137_438_953_472, system: "Debian GNU/Linux 12 (bookworm)",
        physicalCores: 32, usableCores: 16, systemFamily: "Linux", kernel: "6.1.0-28-amd64", architecture: "x86_64",
        hypervisor: "KVM", container: "Docker",
        frequency: FrequencyFacts(governors: ["schedutil"], driver: "amd-pstate", boost: true),
        power: PowerFacts(source: .mains, profile: "performance"),
        gpus: [GPUFacts(name: "NVIDIA L4", memory: 24_152_899_584, driver: "nvidia 570.124.06", powerLimit: 72)],
        loadAverage: 0.31, client: ClientFacts(poise: "0.1.0", curl: "libcurl/7.88.1", isOptimized: true))

    static let calibration = Calibration(
        machine: "", measuredAt: "2026-11-20T10:00:00Z", poiseVersion: "0.1.0", isQuick: false,
        loads: [(1, 1.0), (32, 1.6), (128, 3.1), (512, 5.5), (1000, 12)].map { streams, factor in
            LoadCalibration(
                streams: streams, requests: 128, chunks: streams * 300,
                ttftError: ErrorQuantiles(p50: 0.025 * factor, p99: 0.12 * factor, max: 0.4 * factor),
                chunkError: ErrorQuantiles(p50: 0.011 * factor, p99: 0.14 * factor, max: 0.7 * factor),
                cpuPerChunk: 9 - factor / 3, kernelShare: 0.71,
                serverLateness: ErrorQuantiles(p50: 0.05, p99: 0.4, max: 1.2))
        })

    static func lags(of content: ReportContent) -> [LevelLag] {
        content.points.map { point in
            LevelLag(
                candidate: point.candidate, load: point.load, round: 1,
                lag: ClientLag(
                    samples: 4_000, p50: 0.05, p99: point.candidate == "tiny-m@f16" ? 0.43 : 0.21, max: 1.9, cpu: 0.8))
        }
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
        let delay = load.isOpenLoop ? speed.map { 900 / $0 } : nil
        let latency = speed.map { 12_000 / $0 + 3 + (delay ?? 0) }
        return FrontPoint(
            candidate: Candidate.id(model: model, quantization: quantization), model: model,
            quantization: quantization, load: load, n: n, unscored: 440 - min(n, 440), accuracy: share,
            accuracyLow: share.flatMap { s in half.map { max(0, s - $0) } },
            accuracyHigh: share.flatMap { s in half.map { min(1, s + $0) } },
            accuracyMethod: share == nil ? nil : .wilson, decodeTPS: speed, decodeTPSLow: speed.map { $0 * 0.97 },
            decodeTPSHigh: speed.map { $0 * 1.03 }, decodeTPSMethod: speed == nil ? nil : .median,
            decodeTPSTrials: speed == nil ? 0 : 870, ttft: speed.map { 3_000 / $0 + (delay ?? 0) },
            ttfo: speed.map { 3_000 / $0 + (delay ?? 0) }, latency: latency,
            timeToCorrect: latency.flatMap { time in share.map { $0 > 0 ? time / $0 : .infinity } }, onFront: onFront,
            frontProbability: probability, queueDelay: delay,
            throughput: speed.map { $0 * 0.8 * Double(load.concurrency ?? 2) }
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
            frontProbability: probability, queueDelay: point.queueDelay, throughput: point.throughput
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
