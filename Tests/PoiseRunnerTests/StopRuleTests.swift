import PoiseCore
import PoiseRunner
import Testing

@Suite struct StopRuleTests {
    private func trial(_ outcome: Attempt.Outcome, sample: Int = 0) -> Trial {
        Trial(
            key: TrialKey(candidate: "c", task: "t", sample: "\(sample)", epoch: 1, load: 1, round: 1),
            attempts: [Attempt(request: "", outcome: outcome)], timeToDone: .zero)
    }

    private func decisions(_ outcomes: [Attempt.Outcome], patience: Int = 3) -> [StopRule.Decision] {
        var rule = StopRule(patience: patience)
        return outcomes.enumerated().map { rule.note(trial($0.element, sample: $0.offset)) }
    }

    private func isStop(_ decision: StopRule.Decision) -> Bool {
        if case .stop = decision { true } else { false }
    }

    @Test(arguments: [RequestFailure.Kind.unauthorized, .notFound, .tls, .refused, .unreachable])
    func `a failure that will come again stops at once, if nothing was ever answered`(kind: RequestFailure.Kind) {
        #expect(isStop(decisions([.fails(kind)])[0]))
        #expect(decisions([.says("x"), .fails(kind)]).allSatisfy { $0 == .goOn })
    }

    @Test(arguments: [RequestFailure.Kind.serverError, .brokenOff, .timedOut, .malformed])
    func `other failures stop only when they come in a row`(kind: RequestFailure.Kind) {
        let failure = Attempt.Outcome.fails(kind)
        #expect(decisions([failure, failure, .says("x"), failure, failure]).allSatisfy { $0 == .goOn })
        #expect(decisions([failure, failure, failure]).map(isStop) == [false, false, true])
    }

    @Test func `a candidate that has answered is not given up for bad luck, but for a long row or a long time`() {
        let start = Instant.now()
        func stopped(after step: Double, failures: Int) -> Int? {
            var rule = StopRule(patience: 3, endurance: 10, outage: .seconds(60))
            _ = rule.note(trial(.says("x")), now: start)
            return (1...failures).first { number in
                isStop(
                    rule.note(trial(.fails(.stalled), sample: number), now: start + .seconds(Double(number) * step)))
            }
        }
        // Quick ones: the tenth. Slow ones: the third where the outage was over by then, else the first after it.
        #expect(stopped(after: 0.1, failures: 20) == 10)
        #expect(stopped(after: 30, failures: 20) == 3)
        #expect(stopped(after: 12, failures: 20) == 5)
        #expect(stopped(after: 0.1, failures: 9) == nil)
    }

    @Test func `requests that are refused one by one do not stop a candidate that has answered`() {
        let refusals = Array(repeating: Attempt.Outcome.fails(.rejected, status: 400), count: 9)
        #expect(decisions([.says("x")] + refusals).allSatisfy { $0 == .goOn })
        #expect(decisions(refusals).contains(where: isStop))
    }

    @Test func `silence from the start stops, and names the trials whose scores say nothing`() {
        guard case .stop(_, let unscored) = decisions([.says(""), .says(""), .says("")])[2] else {
            Issue.record("it goes on")
            return
        }
        #expect(unscored.map(\.sample) == ["0", "1", "2"])
    }

    @Test func `each silent trial is named once, those in flight when the candidate was given up by themselves`() {
        let named = decisions(Array(repeating: .says(""), count: 5) + [.fails(.unauthorized)]).map { decision in
            if case .stop(_, let unscored) = decision { unscored.map(\.sample) } else { [] as [String] }
        }
        #expect(named == [[], [], ["0", "1", "2"], ["3"], ["4"], []])
    }

    @Test func `one word makes later silence an answer like any other`() {
        #expect(decisions([.says("x")] + Array(repeating: .says(""), count: 9)).allSatisfy { $0 == .goOn })
        #expect(decisions([.says(""), .says(""), .says("x"), .says(""), .says("")]).allSatisfy { $0 == .goOn })
    }

    @Test func `a pass too short for patience is still silent at its end`() {
        var rule = StopRule(patience: 5)
        _ = rule.note(trial(.says("")))
        #expect(isStop(rule.noteEnd()))
        var spoken = StopRule(patience: 5)
        _ = spoken.note(trial(.says("x")))
        #expect(spoken.noteEnd() == .goOn)
    }

    @Test func `the words of a server about a private task are not told`() {
        let quoted = Attempt.Outcome.failed(
            RequestFailure(kind: .unauthorized, message: "it answered 401: you asked for zebras", status: 401))
        func reason(_ patience: Int, _ outcome: Attempt.Outcome) -> String? {
            var rule = StopRule(patience: patience, privateTasks: ["t"])
            guard case .stop(let reason, _) = rule.note(trial(outcome)) else { return nil }
            return reason
        }
        #expect(reason(5, quoted) == "a request of a private task failed (unauthorized, status 401)")
        #expect(
            reason(1, .fails(.serverError))
                == "1 requests failed one after the other, the last because a request of a private task failed"
                + " (serverError)")
        // Of other tasks they are.
        var other = StopRule(privateTasks: ["another"])
        guard case .stop(let told, _) = other.note(trial(quoted)) else {
            Issue.record("it goes on")
            return
        }
        #expect(told.contains("zebras"))
    }
}
