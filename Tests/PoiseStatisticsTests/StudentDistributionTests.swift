import Foundation
import PoiseStatistics
import Testing

@Suite struct StudentDistributionTests {
    /// The tables' 97.5% points; SciPy's for 2.5 degrees of freedom.
    @Test(arguments: [
        (1, 12.70620473617471), (2, 4.302652729749464), (2.5, 3.574654842), (10, 2.2281388519862735),
        (30, 2.0422724563012373), (1e15, 1.959963984540054),
    ])
    func `the quantile is that of the tables`(freedom: Double, expected: Double) {
        let found = StudentDistribution.quantile(0.975, freedom: freedom)
        #expect(abs(found - expected) < 1e-8)
        #expect(abs(StudentDistribution.quantile(0.025, freedom: freedom) + found) < 1e-12)
    }

    @Test func `one degree of freedom is Cauchy's, two have a closed form`() {
        for value in stride(from: -50.0, through: 50, by: 0.37) {
            let cauchy = 0.5 + atan(value) / Double.pi
            #expect(abs(StudentDistribution.cumulative(value, freedom: 1) - cauchy) < 1e-13)
            let two = 0.5 + value / (2 * (2 + value * value).squareRoot())
            #expect(abs(StudentDistribution.cumulative(value, freedom: 2) - two) < 1e-13)
        }
    }

    @Test func `small tails keep their digits`() {
        // Of Cauchy's distribution beyond x: 1 / πx, nearly.
        let tail = StudentDistribution.cumulative(-1e9, freedom: 1)
        #expect(abs(tail * Double.pi * 1e9 - 1) < 1e-9)
        #expect(abs(StudentDistribution.quantile(1e-6, freedom: 1) / -318309.8861837 - 1) < 1e-9)
    }

    @Test func `what is no probability and no freedom has no quantile`() {
        #expect(StudentDistribution.quantile(0, freedom: 3) == -.infinity)
        #expect(StudentDistribution.quantile(1, freedom: 3) == .infinity)
        #expect(StudentDistribution.quantile(0.5, freedom: 3) == 0)
        #expect(StudentDistribution.quantile(1.5, freedom: 3).isNaN)
        #expect(StudentDistribution.quantile(0.9, freedom: 0).isNaN)
        #expect(StudentDistribution.cumulative(.nan, freedom: 3).isNaN)
    }
}
