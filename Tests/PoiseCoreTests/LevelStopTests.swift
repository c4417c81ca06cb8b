import Foundation
import PoiseCore
import Testing

@Suite struct LevelStopTests {
    @Test func `a stop survives storage`() throws {
        let stop = LevelStop(
            candidate: "c", load: .rate(perSecond: 5, arrivals: .constant), round: 2, reason: .precision, asked: 40,
            planned: 100, precision: 0.04)
        let text = try JSONEncoder().encode(stop)
        #expect(try JSONDecoder().decode(LevelStop.self, from: text) == stop)
    }

    @Test func `each reason has words of its own`() {
        let words = LevelStop.Reason.allCases.map {
            LevelStop(candidate: "c", load: 1, round: 1, reason: $0, asked: 1, planned: 2, inFlight: 9).explanation
        }
        #expect(Set(words).count == 4)
        #expect(words.contains("the server cannot keep up: 9 requests were in flight at once"))
    }
}
