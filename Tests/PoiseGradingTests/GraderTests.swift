import PoiseCore
import Testing

@testable import PoiseGrading

@Suite struct GraderTests {
    private let exact = GraderDefinition.check(CheckDefinition(name: "exact"))

    @Test func `a right answer scores 1 under the grader's name`() throws {
        let score = try Grader(exact).grade(response("Oslo"), sample: sample(target: ["Oslo"]))
        #expect(
            score
                == GraderScore(
                    grader: "exact", score: .scored(value: 1, answer: "Oslo", explanation: "it is the target")))
    }

    @Test func `reasoning is never graded`() throws {
        let number = try Grader(.check(CheckDefinition(name: "number")))
        let thinking = response("The answer is 7.", reasoning: "First I thought 42.")
        #expect(number.grade(thinking, sample: sample(target: ["42"])).score.value == 0)
        #expect(number.grade(thinking, sample: sample(target: ["7"])).score.value == 1)
    }

    @Test func `an answer that never came after the reasoning is wrong, and says so`() throws {
        let score = try Grader(exact).grade(response("", reasoning: "Oslo"), sample: sample(target: ["Oslo"])).score
        #expect(
            score
                == .scored(
                    value: 0, answer: "",
                    explanation: "the response is empty; all that came was reasoning, which is not graded"))
    }

    @Test func `reasoning that the server left in the answer is not graded either`() throws {
        let number = try Grader(.check(CheckDefinition(name: "number")))
        let closed = number.grade(response("<think>It is 42.</think>\nIt is 7."), sample: sample(target: ["7"])).score
        #expect(closed.value == 1)
        let open = number.grade(response("<think>It is 42."), sample: sample(target: ["42"])).score
        #expect(
            open
                == .scored(
                    value: 0, answer: "",
                    explanation: "the response is empty; it never ended its reasoning, which is not graded"))
    }

    @Test func `a call of tools is not an answer, and is named`() throws {
        let score = try Grader(exact).grade(response("", toolCalls: "{}"), sample: sample(target: ["Oslo"])).score
        #expect(
            score
                == .scored(
                    value: 0, answer: "", explanation: "the response is empty; it called tools, which is not graded"))
    }

    @Test func `a response that was cut is graded and says that it was cut`() throws {
        let grader = try Grader(exact)
        let cut = grader.grade(response("Oslo", finishReason: "length"), sample: sample(target: ["Oslo"])).score
        #expect(
            cut
                == .scored(
                    value: 1, answer: "Oslo", explanation: "it is the target; the response was cut at the length cap"))
        for reason in ["stop", nil] {
            let whole = grader.grade(response("Oslo", finishReason: reason), sample: sample(target: ["Oslo"])).score
            #expect(whole == .scored(value: 1, answer: "Oslo", explanation: "it is the target"))
        }
    }

    @Test func `an unscored response keeps its reason as it is`() throws {
        let score = try Grader(exact).grade(response("", finishReason: "length"), sample: sample()).score
        #expect(score == .unscored(reason: "the sample has no target"))
    }

    @Test func `a rubric brings the scores of its criteria`() throws {
        let grader = try Grader(
            .rubric(
                RubricDefinition(
                    name: "r",
                    criteria: [
                        .init(
                            name: "right", weight: 1, required: false,
                            measure: .check(CheckDefinition(name: "exact")))
                    ])))
        let score = grader.grade(response("Oslo", finishReason: "length"), sample: sample(target: ["Oslo"]))
        #expect(grader.name == "r")
        #expect(score.grader == "r")
        #expect(score.score.value == 1)
        #expect(score.criteria.map(\.name) == ["right"])
    }
}
