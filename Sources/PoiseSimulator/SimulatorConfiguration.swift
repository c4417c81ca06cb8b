import PoiseCore

/// Everything that a simulated endpoint does, in one value with defaults.
///
/// Written as JSON it is one flat object: the schedule's keys, `faults` and `faultSeed` as a list of texts and a number,
/// and the settings below.
package struct SimulatorConfiguration: Hashable, Sendable {
    package var schedule: SimulatorSchedule
    package var faults: SimulatorFaults
    /// Asked for as `Authorization: Bearer`; nil lets everybody in.
    package var apiKey: String?
    /// What `/v1/models` lists; a request may still name any model.
    package var models: [String]
    /// Whether `max_tokens` cuts an answer, with the finish reason `length`.
    package var honoursMaxTokens: Bool
    /// Threads that send; one is enough for a thousand streams.
    package var threads: Int
    /// Where each request is written as a line of JSON when it has ended.
    package var logFile: String?
    /// Requests that the log in memory keeps; the oldest go first.
    package var rememberedRequests: Int

    package init(
        schedule: SimulatorSchedule = SimulatorSchedule(), faults: SimulatorFaults = SimulatorFaults(),
        apiKey: String? = nil, models: [String] = ["simulated"], honoursMaxTokens: Bool = true, threads: Int = 1,
        logFile: String? = nil, rememberedRequests: Int = 10_000
    ) {
        self.schedule = schedule
        self.faults = faults
        self.apiKey = apiKey
        self.models = models
        self.honoursMaxTokens = honoursMaxTokens
        self.threads = threads
        self.logFile = logFile
        self.rememberedRequests = rememberedRequests
    }

    /// The first setting that makes no sense; nil where all of them do.
    package var problem: SimulatorFailure? {
        let longest = Duration.seconds(3600)
        let spans: [(String, Duration)] = [
            ("timeToFirstToken", schedule.timeToFirstToken), ("interTokenGap", schedule.interTokenGap),
            ("jitter", schedule.jitter), ("closingDelay", schedule.closingDelay),
        ]
        let counts: [(String, Int, ClosedRange<Int>)] = [
            ("tokensPerChunk", schedule.tokensPerChunk, 1...1_000_000),
            ("tokens", schedule.tokens ?? 0, 0...1_000_000),
            ("reasoningTokens", schedule.reasoningTokens, 0...1_000_000),
            ("cachedTokens", schedule.cachedTokens, 0...Int.max),
            ("threads", threads, 1...64),
            ("rememberedRequests", rememberedRequests, 0...Int.max),
        ]
        if let span = spans.first(where: { $0.1 < .zero || $0.1 > longest }) {
            return .setting(span.0, value: "\(span.1)", expected: "from zero to an hour")
        }
        if let count = counts.first(where: { !$0.2.contains($0.1) }) {
            let most = count.2.upperBound == Int.max ? "" : " to \(count.2.upperBound)"
            return .setting(count.0, value: "\(count.1)", expected: "from \(count.2.lowerBound)\(most)")
        }
        return nil
    }
}

extension SimulatorConfiguration: Codable {
    private enum CodingKeys: String, CodingKey {
        case faults, faultSeed, apiKey, models, honoursMaxTokens, threads, logFile, rememberedRequests
    }

    /// Keys that are missing have their defaults.
    package init(from decoder: any Decoder) throws {
        self.init(schedule: try SimulatorSchedule(from: decoder))
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, into value: inout Value) throws {
            if let read = try values.decodeIfPresent(Value.self, forKey: key) { value = read }
        }
        try read(.faults, into: &faults.rules)
        try read(.faultSeed, into: &faults.seed)
        try read(.apiKey, into: &apiKey)
        try read(.models, into: &models)
        try read(.honoursMaxTokens, into: &honoursMaxTokens)
        try read(.threads, into: &threads)
        try read(.logFile, into: &logFile)
        try read(.rememberedRequests, into: &rememberedRequests)
    }

    package func encode(to encoder: any Encoder) throws {
        try schedule.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(faults.rules, forKey: .faults)
        try values.encode(faults.seed, forKey: .faultSeed)
        try values.encodeIfPresent(apiKey, forKey: .apiKey)
        try values.encode(models, forKey: .models)
        try values.encode(honoursMaxTokens, forKey: .honoursMaxTokens)
        try values.encode(threads, forKey: .threads)
        try values.encodeIfPresent(logFile, forKey: .logFile)
        try values.encode(rememberedRequests, forKey: .rememberedRequests)
    }
}
