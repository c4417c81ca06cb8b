/// How a run asks, beside its loads.
package struct RunSettings: Hashable, Codable, Sendable {
    /// What ends a load level before all its trials are through.
    package var stop: StopCondition
    /// Whether each request begins with words that no other one has, so that no prompt cache can help.
    package var hasUniquePrefix: Bool
    /// Candidates behind endpoints that are asked at the same time; 1 unless the user says otherwise.
    package var candidatesAtOnce: Int
    package var limits: RequestLimits
    /// What ends the run; nil where nothing does.
    package var runLimits: RunLimits?

    package init(
        stop: StopCondition = StopCondition(), hasUniquePrefix: Bool = false, candidatesAtOnce: Int = 1,
        limits: RequestLimits = RequestLimits(), runLimits: RunLimits? = nil
    ) {
        self.stop = stop
        self.hasUniquePrefix = hasUniquePrefix
        self.candidatesAtOnce = candidatesAtOnce
        self.limits = limits
        self.runLimits = runLimits
    }
}

/// When a candidate's load level is over: when its trials are through, or earlier, when any of these holds.
package struct StopCondition: Hashable, Codable, Sendable {
    /// So many measured trials were asked.
    package var requests: Int?
    /// So many seconds have passed since the level began; what is in flight is let finish.
    package var seconds: Double?
    /// Half the width of the 95% interval of the decode speed, as a share of the speed, is at most this.
    package var precision: Double?

    package init(requests: Int? = nil, seconds: Double? = nil, precision: Double? = nil) {
        self.requests = requests
        self.seconds = seconds
        self.precision = precision
    }

    package var isNever: Bool { requests == nil && seconds == nil && precision == nil }
}

/// How long each part of a request may take, in seconds; each has a failure of its own.
package struct RequestLimits: Hashable, Codable, Sendable {
    /// Until a connection stands, TLS included: `connectTimedOut`.
    package var connect: Double
    /// From there to the first output of the model: `firstTokenTimedOut`.
    package var firstToken: Double
    /// Between two reads, from the first output on: `stalled`.
    package var stall: Double
    /// The whole request: `timedOut`.
    package var total: Double
    /// How long an endpoint that has answered before may answer nothing until its candidate is given up.
    package var outage: Double

    package init(
        connect: Double = 10, firstToken: Double = 300, stall: Double = 120, total: Double = 1800,
        outage: Double = 300
    ) {
        self.connect = connect
        self.firstToken = firstToken
        self.stall = stall
        self.total = total
        self.outage = outage
    }
}

extension RequestLimits {
    /// Plans that were stored before there was an `outage` have none.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            connect: try container.decode(Double.self, forKey: .connect),
            firstToken: try container.decode(Double.self, forKey: .firstToken),
            stall: try container.decode(Double.self, forKey: .stall),
            total: try container.decode(Double.self, forKey: .total))
        if let outage = try container.decodeIfPresent(Double.self, forKey: .outage) { self.outage = outage }
    }
}
