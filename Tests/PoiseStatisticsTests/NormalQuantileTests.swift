import Foundation
import PoiseStatistics
import Testing

@Suite struct NormalQuantileTests {
    /// The root of Φ(x) = p, solved with 60 digits for the double nearest to p.
    @Test(arguments: [
        (1e-300, -37.0470962993611992), (1e-20, -9.26234008979840758), (1e-10, -6.3613409024040562),
        (1e-6, -4.75342430882289896), (0.001, -3.09023230616781354), (0.025, -1.95996398454005421),
        (0.074, -1.44663206715897851), (0.25, -0.674489750196081743), (0.6, 0.253347103135799741),
        (0.925, 1.43953147093845623), (0.975, 1.95996398454005386), (0.995, 2.57582930354890045),
        (0.9995, 3.29052673149192578),
    ])
    func `the quantile is that of the tables`(probability: Double, expected: Double) {
        #expect(abs(NormalDistribution.quantile(probability) - expected) < 1e-9)
    }

    @Test func `the quantile undoes the distribution function`() {
        for step in 1..<2000 {
            let probability = Double(step) / 2000
            let quantile = NormalDistribution.quantile(probability)
            #expect(abs(erfc(-quantile / 2.0.squareRoot()) / 2 - probability) < 1e-14)
        }
    }

    @Test func `the quantile has no step where its regions meet`() {
        for edge in [0.075, 0.925, exp(-25.0)] {
            let below = NormalDistribution.quantile(edge * (1 - 1e-13))
            let above = NormalDistribution.quantile(edge * (1 + 1e-13))
            #expect(below <= above)
            #expect(above - below < 1e-10)
        }
    }

    @Test func `the ends are infinite and nothing lies beyond them`() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(0.5) == 0)
        for probability in [-0.1, 1.1, .nan] { #expect(NormalDistribution.quantile(probability).isNaN) }
    }
}
