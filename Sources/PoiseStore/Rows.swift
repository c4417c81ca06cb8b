import Foundation
import GRDB
import PoiseCore

/// A row of `trial`; the names are the columns'.
struct TrialRow: Codable, PersistableRecord {
    static let databaseTableName = "trial"

    var run: String
    var candidate: String
    var task: String
    var sample: String
    var epoch: Int
    var load: Load
    var round: Int
    var isWarmup: Bool
    var status: String
    var failureKind: String?
    var failureMessage: String?
    var attempts: Int
    var queueDelay: Double
    var timeToDone: Double
    var connect: Double?
    var ttft: Double?
    var ttfo: Double?
    var latency: Double?
    var decodeTPS: Double?
    var decodedTokens: Int?
    var decodeSpan: Double?
    var endToEndTPS: Double?
    var tpot: Double?
    var prefillTPS: Double?
    var charactersPerSecond: Double?
    var thinkingShare: Double?
    var outputTokens: Int?
    var outputTokensSource: String?
    var carriedTokens: Int?
    var promptTokens: Int?
    var cachedTokens: Int?
    var serverDecodeTPS: Double?
    var serverPrefillTPS: Double?
    var chunks: Int?
    var coalescedChunks: Int?
    var finishReason: String?
    var isStreamed: Bool?
    var request: String
    var response: String?
    var reasoning: String?
    var toolCalls: String?
    var report: String?
    var timeline: Data?

    init(_ trial: Trial, run: String) throws {
        self.run = run
        candidate = trial.key.candidate
        task = trial.key.task
        sample = trial.key.sample
        epoch = trial.key.epoch
        load = trial.key.load
        round = trial.key.round
        isWarmup = trial.key.isWarmup
        status = trial.response == nil ? "failed" : "completed"
        failureKind = trial.failure?.kind.rawValue
        failureMessage = trial.failure?.message
        attempts = trial.attempts.count
        queueDelay = trial.queueDelay.milliseconds
        timeToDone = trial.timeToDone.milliseconds
        request = trial.attempts.last?.request ?? ""
        guard let answered = trial.response, let metrics = trial.metrics else { return }
        connect = answered.timeline.connect?.milliseconds
        ttft = metrics.ttft
        ttfo = metrics.ttfo
        latency = metrics.latency
        decodeTPS = metrics.decodeTPS
        decodedTokens = metrics.decodedTokens
        decodeSpan = metrics.decodeSpan
        endToEndTPS = metrics.endToEndTPS
        tpot = metrics.tpot
        prefillTPS = metrics.prefillTPS
        charactersPerSecond = metrics.charactersPerSecond
        thinkingShare = metrics.thinkingShare
        outputTokens = metrics.outputTokens
        outputTokensSource = metrics.outputTokensSource?.rawValue
        carriedTokens = metrics.carriedTokens
        promptTokens = answered.report.promptTokens
        cachedTokens = answered.report.cachedTokens
        serverDecodeTPS = answered.report.decodeTPS
        serverPrefillTPS = answered.report.prefillTPS
        let coalescing = answered.timeline.coalescing
        chunks = coalescing.chunks
        coalescedChunks = coalescing.coalesced
        finishReason = answered.finishReason
        isStreamed = answered.isStreamed
        response = answered.answer
        reasoning = answered.reasoning.isEmpty ? nil : answered.reasoning
        toolCalls = answered.toolCalls.isEmpty ? nil : answered.toolCalls
        report = try RunStore.json(answered.report)
        timeline = Data(answered.timeline.encoded())
    }
}

/// A row of `point`; the names are the columns'.
struct PointRow: Codable, PersistableRecord, FetchableRecord {
    static let databaseTableName = "point"

    var run: String
    var candidate: String
    var load: Load
    var n: Int
    var unscored: Int
    var accuracy: Double?
    var accuracyLow: Double?
    var accuracyHigh: Double?
    var accuracyMethod: String?
    var decodeTPS: Double?
    var decodeTPSLow: Double?
    var decodeTPSHigh: Double?
    var decodeTPSMethod: String?
    var decodeTPSTrials: Int
    var ttft: Double?
    var ttfo: Double?
    var latency: Double?
    var timeToCorrect: Double?
    var onFront: Bool
    var frontProbability: Double?

    init(_ point: FrontPoint, run: String) {
        self.run = run
        candidate = point.candidate
        load = point.load
        n = point.n
        unscored = point.unscored
        accuracy = point.accuracy
        accuracyLow = point.accuracyLow
        accuracyHigh = point.accuracyHigh
        accuracyMethod = point.accuracyMethod?.rawValue
        decodeTPS = point.decodeTPS
        decodeTPSLow = point.decodeTPSLow
        decodeTPSHigh = point.decodeTPSHigh
        decodeTPSMethod = point.decodeTPSMethod?.rawValue
        decodeTPSTrials = point.decodeTPSTrials
        ttft = point.ttft
        ttfo = point.ttfo
        latency = point.latency
        timeToCorrect = point.timeToCorrect
        onFront = point.onFront
        frontProbability = point.frontProbability
    }

    func point(model: String, quantization: String?) -> FrontPoint {
        FrontPoint(
            candidate: candidate, model: model, quantization: quantization, load: load, n: n, unscored: unscored,
            accuracy: accuracy, accuracyLow: accuracyLow, accuracyHigh: accuracyHigh,
            accuracyMethod: accuracyMethod.flatMap(FrontPoint.AccuracyMethod.init), decodeTPS: decodeTPS,
            decodeTPSLow: decodeTPSLow, decodeTPSHigh: decodeTPSHigh,
            decodeTPSMethod: decodeTPSMethod.flatMap(FrontPoint.SpeedMethod.init), decodeTPSTrials: decodeTPSTrials,
            ttft: ttft, ttfo: ttfo, latency: latency, timeToCorrect: timeToCorrect, onFront: onFront,
            frontProbability: frontProbability)
    }
}
