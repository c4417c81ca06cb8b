import GRDB
import PoiseCore

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
    var queueDelay: Double?
    var throughput: Double?
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
        queueDelay = point.queueDelay
        throughput = point.throughput
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
            frontProbability: frontProbability, queueDelay: queueDelay, throughput: throughput)
    }
}
