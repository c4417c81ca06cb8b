import PoiseCore

/// A candidate by its name alone; the analysis looks at nothing else of it.
func candidate(_ model: String, _ quantization: String? = nil) -> Candidate {
    Candidate(
        id: Candidate.id(model: model, quantization: quantization), model: model, quantization: quantization,
        serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: model)), sampling: SamplingSettings()
    )
}

/// A trial that decoded `tokens` at `speed`; without a speed, nothing was decoded.
func observation(
    _ candidate: String, sample: Int, score: Double? = 1, speed: Double? = 100, tokens: Int = 20, load: Load = 1,
    round: Int = 1, task: String = "add", ttft: Double? = 10, ttfo: Double? = 12, latency: Double? = 200
) -> Observation {
    Observation(
        candidate: candidate, task: task, sample: "s\(sample)", load: load, round: round, score: score, ttft: ttft,
        ttfo: ttfo, latency: latency, decodeTPS: speed, decodedTokens: speed == nil ? nil : tokens,
        decodeSpan: speed.map { Double(tokens) / $0 * 1000 }
    )
}

/// Four candidates that differ by a little, over two loads, some epochs and rounds, with failures among them.
func noisyObservations(seed: UInt64, samples: Int = 30, rounds: Int = 2) -> [Observation] {
    var generator = SeededGenerator(seed: seed)
    var observations: [Observation] = []
    for (index, name) in ["a", "b", "c", "d"].enumerated() {
        for sample in 0..<samples {
            for round in 1...rounds {
                for load in [1, 4] as [Load] {
                    let draw = generator.nextUnit()
                    let score = draw < 0.05 ? nil : draw < 0.3 + 0.1 * Double(index) ? 1.0 : draw < 0.8 ? 0 : 1 / 3
                    let speed = generator.nextUnit() < 0.1 ? nil : 100 - 3 * Double(index) + 40 * generator.nextUnit()
                    observations.append(
                        observation(
                            name, sample: sample, score: score, speed: speed, tokens: 1 + generator.next(below: 40),
                            load: load, round: round, ttft: 100 * generator.nextUnit(),
                            latency: speed == nil ? nil : 1000 * generator.nextUnit()
                        )
                    )
                }
            }
        }
    }
    return observations
}
