/// The early end of one candidate's load level in one round: what remained of its trials was not asked.
package struct LevelStop: Hashable, Codable, Sendable {
    package enum Reason: String, Hashable, Codable, Sendable, CaseIterable {
        /// The suite's `stop` conditions.
        case requests, time, precision
        /// Open loop: so many requests were in flight that the server cannot keep up with the rate.
        case overload
    }

    package let candidate: String
    package let load: Load
    package let round: Int
    package let reason: Reason
    /// Trials that were asked.
    package let asked: Int
    /// Trials that the level would have had.
    package let planned: Int
    /// Half the width of the speed's interval as a share of the speed, where the precision ended the level.
    package let precision: Double?
    /// Requests in flight when the server could not keep up.
    package let inFlight: Int?

    package init(
        candidate: String, load: Load, round: Int, reason: Reason, asked: Int, planned: Int, precision: Double? = nil,
        inFlight: Int? = nil
    ) {
        self.candidate = candidate
        self.load = load
        self.round = round
        self.reason = reason
        self.asked = asked
        self.planned = planned
        self.precision = precision
        self.inFlight = inFlight
    }

    /// Why, as a clause without a full stop.
    package var explanation: String {
        switch reason {
        case .requests: "as many requests as asked for were made"
        case .time: "its time was over"
        case .precision: "the speed is known as precisely as asked for"
        case .overload: "the server cannot keep up: \(inFlight ?? 0) requests were in flight at once"
        }
    }
}
