import Foundation

/// How likely intervals of samples to come are to lie wholly on one side of a bound, if the number were this or that.
struct Prospect: Sendable {
    /// The chances that the interval's upper end is below the bound, and its lower end above.
    struct Chances: Sendable {
        let below: Double
        let above: Double
    }

    private let form: @Sendable (_ truth: Double, _ n: Int, _ bound: Double, _ confidence: Double) -> Chances?

    init(_ form: @escaping @Sendable (_ truth: Double, _ n: Int, _ bound: Double, _ confidence: Double) -> Chances?) {
        self.form = form
    }

    /// Nil where the number cannot be `truth`, or nothing is known of its spread.
    func chances(truth: Double, n: Int, bound: Double, confidence: Double) -> Chances? {
        guard n > 0, truth.isFinite else { return nil }
        return form(truth, n, bound, confidence)
    }

    /// Of an estimate that scatters normally, with each arm of the interval as it is, and shorter with √n.
    init(estimate: Double, n: Int, scale: Evidence.Scale, interval: @escaping @Sendable (Double) -> Interval?) {
        self.init { truth, samples, bound, confidence in
            guard let around = interval(confidence), let (middle, low) = scale.places(estimate, around.low),
                let (held, high) = scale.places(bound, around.high), let (true_, _) = scale.places(truth, truth)
            else { return nil }
            let z = NormalDistribution.quantile((1 + confidence) / 2)
            let shrunk = (Double(n) / Double(samples)).squareRoot() / z
            let (left, right) = ((middle - low) * shrunk, (high - middle) * shrunk)
            guard left > 0, right > 0, left.isFinite, right.isFinite else { return nil }
            return Chances(
                below: NormalDistribution.cumulative((held - true_) / right - z),
                above: NormalDistribution.cumulative((true_ - held) / left - z))
        }
    }
}

extension Evidence.Scale {
    /// Both values where their distances mean the same everywhere; nil where they have no place there.
    fileprivate func places(_ one: Double, _ other: Double) -> (Double, Double)? {
        switch self {
        case .difference: (one, other)
        case .ratio: one > 0 && other > 0 ? (log(one), log(other)) : nil
        }
    }
}
