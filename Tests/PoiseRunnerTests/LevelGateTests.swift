import PoiseCore
import PoiseRunner
import Testing

@Suite struct LevelGateTests {
    private func trial(_ outcome: Attempt.Outcome) -> Trial {
        Trial(
            key: TrialKey(candidate: "c", task: "t", sample: "s", epoch: 1, load: 1, round: 1),
            attempts: [Attempt(request: "", outcome: outcome)], timeToDone: .zero)
    }

    private func at(_ seconds: Double) -> Instant { Instant(nanoseconds: 5_000_000_000) + .seconds(seconds) }

    private func admitted(_ gate: inout LevelGate, at seconds: [Double]) -> [Int?] {
        seconds.map { gate.admit(scheduled: at($0)) }
    }

    @Test func `without conditions every trial goes out once, in order`() {
        var gate = LevelGate(planned: 3, condition: StopCondition())
        let positions = admitted(&gate, at: [0, 0, 0, 0, 0])
        #expect(positions == [0, 1, 2, nil, nil])
        #expect(gate.asked == 3)
        #expect(gate.ending == nil)
        #expect(gate.isOver)
    }

    @Test func `so many requests end it, and their like number is no early end`() {
        var gate = LevelGate(planned: 5, condition: StopCondition(requests: 2))
        let positions = admitted(&gate, at: [0, 0, 0])
        #expect(positions == [0, 1, nil])
        #expect(gate.ending?.reason == .requests)
        var whole = LevelGate(planned: 2, condition: StopCondition(requests: 2))
        let all = admitted(&whole, at: [0, 0, 0])
        #expect(all == [0, 1, nil])
        #expect(whole.ending == nil)
    }

    @Test func `time runs from the first trial's instant, and what is late does not go out`() {
        var gate = LevelGate(planned: 9, condition: StopCondition(seconds: 10))
        let positions = admitted(&gate, at: [0, 9.999, 10, 3])
        #expect(positions == [0, 1, nil, nil])
        #expect(gate.ending?.reason == .time)
    }

    @Test func `whether a trial may go out is known ahead of its instant`() {
        var gate = LevelGate(planned: 9, condition: StopCondition(seconds: 10))
        let first = gate.expects(scheduled: at(0))
        #expect(first)
        #expect(gate.asked == 0)
        let late = gate.expects(scheduled: at(1000))
        #expect(!late)
        #expect(gate.isOver)
    }

    @Test func `precision ends it at the look that reaches it`() {
        var gate = LevelGate(planned: 100, condition: StopCondition(precision: 0.05))
        for count in 0..<20 {
            let position = gate.admit(scheduled: at(0))
            #expect(position == count)
            gate.note(trial(.decodes(20, at: 100 + Double(count % 3))))
        }
        let next = gate.admit(scheduled: at(0))
        #expect(next == nil)
        #expect(gate.ending?.reason == .precision)
        #expect(gate.ending?.precision.map { $0 <= 0.05 } == true)
    }

    @Test func `failures are no evidence of a speed`() {
        var gate = LevelGate(planned: 100, condition: StopCondition(precision: 0.5))
        for _ in 0..<60 {
            _ = gate.admit(scheduled: at(0))
            gate.note(trial(.fails(.rejected)))
        }
        #expect(gate.ending == nil)
    }

    @Test func `too many in flight end it, and those that are through do not count`() {
        var gate = LevelGate(planned: 100, condition: StopCondition(), mostInFlight: 3)
        for _ in 0..<10 {
            let position = gate.admit(scheduled: at(0))
            #expect(position != nil)
            gate.note(nil)
        }
        let positions = admitted(&gate, at: [0, 0, 0, 0])
        #expect(positions == [10, 11, 12, nil])
        #expect(gate.ending?.reason == .overload)
        #expect(gate.ending?.inFlight == 3)
    }
}
