import Foundation

/// The standard normal distribution, as far as intervals need it.
package enum NormalDistribution {
    /// The value below which a share of the distribution lies, to about 16 digits.
    ///
    /// Wichura 1988, "Algorithm AS 241: The percentage points of the normal distribution", routine PPND16: a rational
    /// function of degree 7 in each of three regions. Infinite at 0 and 1, not a number outside of 0…1.
    package static func quantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else {
            return probability == 0 ? -.infinity : probability == 1 ? .infinity : .nan
        }
        let centred = probability - 0.5
        if abs(centred) <= 0.425 {
            return centred * central.value(at: 0.180625 - centred * centred)
        }
        let distance = (-log(min(probability, 1 - probability))).squareRoot()
        let tail = distance <= 5 ? near.value(at: distance - 1.6) : far.value(at: distance - 5)
        return centred < 0 ? -tail : tail
    }

    /// The share of the distribution below a value; small tails keep all their digits.
    package static func cumulative(_ value: Double) -> Double {
        erfc(-value / 2.0.squareRoot()) / 2
    }

    /// For |p − ½| ≤ 0.425, in 0.425² − (p − ½)².
    private static let central = RationalFunction(
        numerator: [
            3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
        ],
        denominator: [
            1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
            3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
        ]
    )
    /// For √−ln(tail) ≤ 5, in √−ln(tail) − 1.6.
    private static let near = RationalFunction(
        numerator: [
            1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
            1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
        ],
        denominator: [
            1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
            1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
        ]
    )
    /// Beyond it, in √−ln(tail) − 5.
    private static let far = RationalFunction(
        numerator: [
            6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        ],
        denominator: [
            1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
            2.04426310338993978564e-15,
        ]
    )
}

/// A quotient of two polynomials, each with its coefficients from the constant term upwards.
private struct RationalFunction {
    let numerator: [Double]
    let denominator: [Double]

    func value(at x: Double) -> Double {
        func polynomial(_ coefficients: [Double]) -> Double {
            coefficients.reversed().reduce(0) { $0 * x + $1 }
        }
        return polynomial(numerator) / polynomial(denominator)
    }
}
