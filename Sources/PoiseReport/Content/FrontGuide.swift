import PoiseCore

/// What a use case adds to the front of one load: the pick, how speeds feel, and what must hold.
struct FrontGuide: Hashable {
    /// The candidate that is recommended; nil where none is, or nobody said.
    var pick: String?
    /// From slow to fast; empty on an axis of which nobody said how it feels.
    var bands: [FeltBand] = []
    /// In the unit of the metric: the least where more is better, else the most.
    var limitX: Double?
    /// The least share of right answers, 0…1.
    var limitY: Double?

    init() {}

    /// - Parameter metric: the x axis.
    init(_ content: ReportContent, load: Load, metric: Metric) {
        guard let detail = content.detail else { return }
        pick = detail.choices.first { $0.load == load }?.decision?.pick
        guard let profile = detail.choices.first?.profile else { return }
        bands = metric == .decodeTPS ? profile.speed.map(FeltBand.bands) ?? [] : []
        limitX = profile.limit(on: .metric(metric), currency: nil)
        limitY = profile.limit(on: .accuracy, currency: nil)
    }
}

/// A stretch of decode speeds that feel alike to the person who waits.
struct FeltBand: Hashable {
    let name: String
    /// Where there is little room.
    let short: String
    /// tok/s
    let low: Double
    /// May be infinite.
    let high: Double
    let isComfortable: Bool

    /// The bands from slow to fast; between them may be speeds of which nobody said how they feel.
    ///
    /// A comfort that is one number and no range reaches to where nobody gains further: any faster is as good.
    static func bands(_ band: SpeedBand) -> [FeltBand] {
        let slowest = band.tooSlow ?? 0
        let gain = band.noFurtherGain ?? .infinity
        var bands = [FeltBand(name: "too slow", short: "too slow", low: 0, high: slowest, isComfortable: false)]
        if let low = band.comfortable?.first, let high = band.comfortable?.last {
            let end = high > low ? min(high, gain) : gain
            bands += [
                FeltBand(name: "slow", short: "slow", low: slowest, high: low, isComfortable: false),
                FeltBand(name: "comfortable", short: "good", low: low, high: end, isComfortable: true),
                FeltBand(name: "fast", short: "fast", low: end, high: gain, isComfortable: false),
            ]
        }
        bands.append(
            FeltBand(name: "no further gain", short: "no gain", low: gain, high: .infinity, isComfortable: false))
        return bands.filter { $0.low < $0.high }
    }
}

extension Profile {
    /// The limit on the side on which a figure is worse; nil where there is none.
    ///
    /// - Parameter currency: of money; a limit in another one says nothing.
    func limit(on figure: ChoiceFigure, currency: String?) -> Double? {
        allLimits.first { limit in
            limit.figure == figure && limit.side == (figure.isBetterHigher ? .atLeast : .atMost)
                && (limit.currency == nil || limit.currency == currency)
        }?.value
    }
}
