/// A use case: what must hold for a candidate to be of use at all, and what is best among those for which it holds.
package struct Profile: Hashable, Codable, Sendable {
    package var name: String
    /// What the person does while the model answers: `reads along`.
    package var meanwhile: String?
    package var limits: [ProfileLimit]
    /// How decode speed feels; nil where it does not matter by itself.
    package var speed: SpeedBand?
    /// What decides, in this order: each among the candidates that the ones before could not tell apart.
    package var optimise: [ChoiceFigure]
    /// Dependent steps, where the job is a chain; nil where it is one answer.
    package var chain: Int?

    package init(
        name: String, meanwhile: String? = nil, limits: [ProfileLimit] = [], speed: SpeedBand? = nil,
        optimise: [ChoiceFigure], chain: Int? = nil
    ) {
        self.name = name
        self.meanwhile = meanwhile
        self.limits = limits
        self.speed = speed
        self.optimise = optimise
        self.chain = chain
    }

    /// Steps of a chain where none are given.
    package static let usualChain = 12

    /// Everything that must hold: the limits, and that the speed is not too slow, unless a limit says otherwise.
    package var allLimits: [ProfileLimit] {
        guard let slowest = speed?.tooSlow else { return limits }
        let own = ProfileLimit(.metric(.decodeTPS), .atLeast, slowest)
        return limits.contains { $0.isSameKind(as: own) } ? limits : [own] + limits
    }

    /// What is weighed against right answers on this profile's front: the first thing optimised that is no quality.
    package var pace: ChoiceFigure { optimise.first { !$0.isQuality } ?? .metric(.decodeTPS) }

    /// The same profile with a limit that goes over one of its own on the same figure and side.
    package func adding(_ limit: ProfileLimit) -> Profile {
        var profile = self
        profile.limits.removeAll { $0.isSameKind(as: limit) }
        profile.limits.append(limit)
        return profile
    }
}

/// A number that a candidate must reach, or must not pass.
package struct ProfileLimit: Hashable, Codable, Sendable {
    package enum Side: String, Hashable, Codable, Sendable, CaseIterable {
        case atLeast, atMost
    }

    package let figure: ChoiceFigure
    package let side: Side
    /// In the figure's unit: shares 0…1, milliseconds, tok/s, bytes.
    package let value: Double
    /// Of a limit on costs; nil on all others.
    package let currency: String?

    package init(_ figure: ChoiceFigure, _ side: Side, _ value: Double, currency: String? = nil) {
        self.figure = figure
        self.side = side
        self.value = value
        self.currency = currency
    }

    package func holds(for number: Double) -> Bool {
        switch side {
        case .atLeast: number >= value
        case .atMost: number <= value
        }
    }

    package func isSameKind(as other: ProfileLimit) -> Bool { figure == other.figure && side == other.side }
}

/// How decode speed feels, tok/s.
package struct SpeedBand: Hashable, Codable, Sendable {
    /// Below it a candidate is of no use; nil where every speed is of some.
    package var tooSlow: Double?
    /// Ascending; nil where nobody said.
    package var comfortable: [Double]?
    /// From here on nobody gains: faster ones count as equal.
    package var noFurtherGain: Double?

    package init(tooSlow: Double? = nil, comfortable: ClosedRange<Double>? = nil, noFurtherGain: Double? = nil) {
        self.tooSlow = tooSlow
        self.comfortable = comfortable.map { [$0.lowerBound, $0.upperBound] }
        self.noFurtherGain = noFurtherGain
    }

    package enum Feel: String, Hashable, Sendable {
        case tooSlow, slow, comfortable, fast, noFurtherGain
    }

    /// Where a speed stands in the band.
    package func feel(of speed: Double) -> Feel? {
        if let tooSlow, speed < tooSlow { return .tooSlow }
        if let noFurtherGain, speed >= noFurtherGain { return .noFurtherGain }
        guard let low = comfortable?.first, let high = comfortable?.last else { return nil }
        return speed < low ? .slow : speed <= high ? .comfortable : .fast
    }
}
