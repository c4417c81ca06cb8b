import PoiseCore
import Testing

@testable import PoiseGrading

@Suite struct RubricTests {
    private typealias Criterion = RubricDefinition.Criterion

    private static func criterion(
        _ name: String, _ weight: Double, required: Bool = false, check: String, _ options: [String: JSONValue] = [:]
    ) -> RubricDefinition.Criterion {
        .init(
            name: name, weight: weight, required: required,
            measure: .check(CheckDefinition(name: check, options: options)))
    }

    /// The rubric that ships in Rubrics/, as values; this module does not read YAML.
    private static let concise = RubricDefinition(
        name: "concise-answer",
        criteria: [
            criterion("says the answer", 3, required: true, check: "contains_any"),
            criterion("says nothing else", 2, check: "exact"),
            criterion("in one line", 1, check: "length", ["max_lines": .number(1)]),
        ])

    @Test(arguments: [
        ("nedrag", 1), ("nedrag.", 4.0 / 6), ("It is\nnedrag", 0.5), ("gander", 0), ("", 0),
    ])
    func `the score is the weighted mean, and 0 where a required criterion fails`(
        _ answer: String, _ value: Double
    ) throws {
        let (score, _) = try Rubric(Self.concise).score(answer, for: sample(target: ["nedrag"]))
        #expect(score.value == value)
        #expect(score.answer == answer)
    }

    @Test func `the score of each criterion is kept, also where the whole is capped`() throws {
        let (score, criteria) = try Rubric(Self.concise).score("gander", for: sample(target: ["nedrag"]))
        #expect(criteria.map(\.name) == ["says the answer", "says nothing else", "in one line"])
        #expect(criteria.map(\.weight) == [3, 2, 1])
        #expect(criteria.map(\.score.value) == [0, 0, 1])
        guard case .scored(_, _, let explanation) = score else {
            Issue.record("unscored")
            return
        }
        #expect(explanation.contains("says the answer: failed, and is required"))
        #expect(explanation.contains("says nothing else: failed"))
        #expect(!explanation.contains("in one line"))
    }

    @Test func `a required criterion that is met in part does not cap the score`() throws {
        let rubric = try Rubric(
            RubricDefinition(
                name: "r",
                criteria: [
                    Self.criterion(
                        "facts", 1, required: true, check: "contains_all",
                        ["of": .array([.string("Moon"), .string("1969")]), "partial": .bool(true)])
                ]))
        #expect(rubric.score("Moon", for: sample()).score.value == 0.5)
        #expect(rubric.score("Mars", for: sample()).score.value == 0)
    }

    @Test func `one unscored criterion leaves the whole unscored, with its reason and the other scores`() throws {
        let (score, criteria) = try Rubric(Self.concise).score("nedrag", for: sample())
        #expect(score == .unscored(reason: "criterion “says the answer”: the sample has no target"))
        #expect(criteria.map(\.score.value) == [nil, nil, 1])
    }

    @Test func `a criterion of weight 0 is reported and changes nothing, unless it is required`() throws {
        func value(required: Bool) throws -> Double? {
            let criteria = [
                Self.criterion("right", 1, check: "contains_all"),
                Self.criterion("short", 0, required: required, check: "length", ["max_words": .number(1)]),
            ]
            let rubric = try Rubric(RubricDefinition(name: "r", criteria: criteria))
            return rubric.score("It is Oslo", for: sample(target: ["Oslo"])).score.value
        }
        #expect(try value(required: false) == 1)
        #expect(try value(required: true) == 0)
    }

    @Test(arguments: [
        [], [criterion("a", 0, check: "exact")], [criterion("a", -1, check: "exact")],
        [criterion("a", .nan, check: "exact")], [criterion("a", .infinity, check: "exact")],
        [criterion("a", 1, check: "exact"), criterion("a", 1, check: "json")],
    ])
    func `a rubric without a meaning is an error that names it`(_ criteria: [RubricDefinition.Criterion]) {
        let error = #expect(throws: GraderError.self) { try Rubric(RubricDefinition(name: "odd", criteria: criteria)) }
        #expect(error?.place == "rubric odd")
        #expect(error?.remedy?.isEmpty == false)
    }

    @Test func `an error in a criterion names rubric, criterion and check`() {
        let rubric = RubricDefinition(
            name: "odd", criteria: [Self.criterion("is a number", 1, check: "number", ["tolerence": .number(1)])])
        let error = #expect(throws: GraderError.self) { try Rubric(rubric) }
        #expect(
            error?.errorDescription == """
                rubric odd, criterion “is a number”, check number: there is no option “tolerence”
                  Did you mean “tolerance”?
                """)
    }
}
