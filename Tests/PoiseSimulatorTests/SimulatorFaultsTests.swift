import PoiseSimulator
import Testing

struct SimulatorFaultsTests {
    @Test func `faults without a rule are none`() {
        #expect(SimulatorFaults().faults(ofRequest: 1) == [])
    }

    @Test func `rules for request numbers hit those and no others`() {
        let faults = SimulatorFaults([
            .init(.hang, on: .requests([2...3, 7...7])), .init(.comments), .init(.status(503), on: .requests(3)),
        ])
        #expect(faults.faults(ofRequest: 1) == [.comments])
        #expect(faults.faults(ofRequest: 2) == [.hang, .comments])
        #expect(faults.faults(ofRequest: 3) == [.hang, .comments, .status(503)])
        #expect(faults.faults(ofRequest: 7) == [.hang, .comments])
    }

    @Test func `a probability is met over many requests, by the seed alone`() {
        let faults = SimulatorFaults([.init(.hang, on: .probability(0.2))], seed: 5)
        let hit = (1...20_000).filter { faults.faults(ofRequest: $0) == [.hang] }
        // Four standard errors of the share: √(0.2 · 0.8 / 20,000) = 0.0028.
        #expect((3774...4226).contains(hit.count))
        let backwards: [Int] = (1...20_000).reversed().filter { faults.faults(ofRequest: $0) == [.hang] }
        #expect(hit == backwards.reversed())
        let other = SimulatorFaults(faults.rules, seed: 6)
        #expect(hit != (1...20_000).filter { other.faults(ofRequest: $0) == [.hang] })
    }

    @Test func `two rules of the same probability do not hit the same requests`() {
        let rule = SimulatorFaults.Rule(.comments, on: .probability(0.5))
        let faults = SimulatorFaults([rule, rule], seed: 5)
        #expect((1...200).contains { faults.faults(ofRequest: $0).count == 1 })
    }

    @Test func `probabilities of 0 and 1 are never and always`() {
        #expect(
            (1...500).allSatisfy { SimulatorFaults([.init(.hang, on: .probability(0))]).faults(ofRequest: $0) == [] })
        #expect(
            (1...500).allSatisfy {
                SimulatorFaults([.init(.hang, on: .probability(1))]).faults(ofRequest: $0) == [.hang]
            })
    }
}
