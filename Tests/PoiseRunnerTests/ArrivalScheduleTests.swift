import PoiseCore
import PoiseRunner
import Testing

@Suite struct ArrivalScheduleTests {
    private func gaps(_ schedule: ArrivalSchedule) -> [Double] {
        zip(schedule.offsets.dropFirst(), schedule.offsets).map { ($0 - $1).seconds }
    }

    @Test func `constant arrivals have equal gaps, and no rounding adds up`() {
        let schedule = ArrivalSchedule(perSecond: 3, arrivals: .constant, count: 3_000_001, seed: 1, stream: 1)
        #expect(schedule.offsets.first == .zero)
        #expect(schedule.offsets.last == .seconds(1_000_000))
        #expect(schedule.offsets[1] == .nanoseconds(333_333_333))
    }

    @Test func `poisson arrivals have exponential gaps with the mean that the rate says`() {
        let gaps = gaps(ArrivalSchedule(perSecond: 5, arrivals: .poisson, count: 200_001, seed: 1, stream: 1))
        let mean = gaps.reduce(0, +) / 200_000
        let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200_000
        // Four standard errors of each: the mean's is 0.2/√n, the variance's 0.04 √(8/n).
        #expect(abs(mean - 0.2) < 4 * 0.2 / 447)
        #expect(abs(variance - 0.04) < 4 * 0.04 * 2.83 / 447)
        // P(gap > mean) = 1/e.
        let longer = Double(gaps.count { $0 > 0.2 }) / 200_000
        #expect(abs(longer - 0.36788) < 4 * 0.482 / 447)
        #expect(gaps.allSatisfy { $0 >= 0 })
    }

    @Test func `a second holds as many poisson arrivals as chance would put there`() {
        let schedule = ArrivalSchedule(perSecond: 20, arrivals: .poisson, count: 100_000, seed: 3, stream: 1)
        var counts = Array(repeating: 0.0, count: 4900)
        for offset in schedule.offsets where offset < .seconds(4900) { counts[Int(offset.seconds)] += 1 }
        let mean = counts.reduce(0, +) / 4900
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4900
        // Of a Poisson distribution, mean and variance are the same.
        #expect(abs(mean - 20) < 4 * 4.47 / 70)
        #expect(abs(variance / mean - 1) < 4 * 1.43 / 70)
    }

    @Test func `the same seed gives the same instants, another seed or round others`() throws {
        let load = Load.rate(perSecond: 5, arrivals: .poisson)
        let one = try #require(ArrivalSchedule(load: load, count: 50, seed: 1, round: 1))
        #expect(ArrivalSchedule(load: load, count: 50, seed: 1, round: 1) == one)
        #expect(ArrivalSchedule(load: load, count: 50, seed: 2, round: 1) != one)
        #expect(ArrivalSchedule(load: load, count: 50, seed: 1, round: 2) != one)
    }

    @Test func `a closed loop has no schedule`() {
        #expect(ArrivalSchedule(load: 4, count: 10, seed: 1, round: 1) == nil)
    }

    @Test func `arrivals that no run will live to see do not overflow`() {
        let schedule = ArrivalSchedule(perSecond: 1e-300, arrivals: .poisson, count: 3, seed: 1, stream: 1)
        #expect(schedule.offsets == [.zero, .seconds(1_000_000_000), .seconds(1_000_000_000)])
        #expect(ArrivalSchedule(perSecond: 1, arrivals: .constant, count: -1, seed: 1, stream: 1).offsets == [])
    }
}
