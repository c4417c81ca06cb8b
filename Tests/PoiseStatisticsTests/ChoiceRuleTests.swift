import PoiseCore
import Testing

@testable import PoiseStatistics

struct ChoiceRuleTests {
    private typealias Values = [ChoiceFigure: [Double?]]

    private static let speed = ChoiceFigure.metric(.decodeTPS)
    private static let memory = ChoiceFigure.metric(.memory)
    private static let cost = ChoiceFigure.metric(.costToCorrect)

    /// - Parameter equal: pairs that cannot be told apart, by figure; all others surely differ.
    private func decide(
        _ values: Values, by objectives: [ChoiceFigure], gain: Double? = nil, eligible: [Int]? = nil,
        pValue: (ChoiceFigure, Int, Int) -> Double? = { _, _, _ in 1e-6 }
    ) -> ChoiceRule.Trace? {
        let count = values.values.map(\.count).max() ?? 0
        return ChoiceRule(objectives: objectives, cheapness: [Self.cost, Self.memory, Self.speed], noFurtherGain: gain)
            .decide(
                among: eligible ?? Array(0..<count), value: { figure, index in values[figure].flatMap { $0[index] } },
                pValue: pValue)
    }

    @Test func `the best of the first figure is picked where all can be told apart`() throws {
        let trace = try #require(decide([.accuracy: [0.5, 0.9, 0.7]], by: [.accuracy, Self.speed]))
        #expect(trace.pick == 1)
        #expect(trace.equals == [1])
        #expect(trace.tiebreak == nil)
        #expect(trace.stages.map(\.dropped) == [[0, 2]])
    }

    @Test func `the second figure decides among those that the first cannot tell apart`() throws {
        let values: Values = [.accuracy: [0.90, 0.89, 0.2], Self.speed: [20, 40, 400]]
        let trace = try #require(
            decide(values, by: [.accuracy, Self.speed]) { figure, one, other in
                figure == .accuracy && Set([one, other]) == [0, 1] ? 0.6 : 1e-6
            })
        #expect(trace.pick == 1)
        #expect(trace.stages.map(\.leader) == [0, 1])
        #expect(trace.stages.map(\.kept) == [[0, 1], [1]])
    }

    @Test func `speeds beyond the point of no further gain count as equal, and less memory decides`() throws {
        let values: Values = [
            .accuracy: [0.9, 0.9, 0.9], Self.speed: [60, 500, 49], Self.memory: [4e9, 8e9, 1e9],
        ]
        let rule = ChoiceRule(objectives: [], cheapness: [], noFurtherGain: 50)
        #expect(rule.goodness(Self.speed, 60) == rule.goodness(Self.speed, 500))
        #expect(rule.goodness(Self.speed, 49) < rule.goodness(Self.speed, 50))
        let trace = try #require(
            decide(values, by: [.accuracy, Self.speed], gain: 50) { figure, one, other in
                figure == .accuracy || Set([one, other]) == [0, 1] ? 1 : 1e-6
            })
        #expect(trace.equals == [0, 1])
        #expect(trace.pick == 0)
        #expect(trace.tiebreak == Self.memory)
    }

    @Test func `the cheaper one is by cost where all have it, else by memory, else the faster one`() throws {
        let same: (ChoiceFigure, Int, Int) -> Double? = { _, _, _ in 1 }
        var values: Values = [
            .accuracy: [0.8, 0.81], Self.cost: [1, 2], Self.memory: [9e9, 1e9], Self.speed: [10, 20],
        ]
        #expect(decide(values, by: [.accuracy], pValue: same)?.pick == 0)
        values[Self.cost] = [1, nil]
        #expect(decide(values, by: [.accuracy], pValue: same)?.tiebreak == Self.memory)
        #expect(decide(values, by: [.accuracy], pValue: same)?.pick == 1)
        values[Self.memory] = [nil, 1e9]
        values[Self.speed] = [30, 20]
        #expect(decide(values, by: [.accuracy], pValue: same)?.tiebreak == Self.speed)
        #expect(decide(values, by: [.accuracy], pValue: same)?.pick == 0)
    }

    @Test func `what is infinite costs more than anything, and tells nothing where all of it is`() {
        let same: (ChoiceFigure, Int, Int) -> Double? = { _, _, _ in 1 }
        var values: Values = [.accuracy: [0.8, 0.81], Self.cost: [.infinity, 2], Self.memory: [1e9, 9e9]]
        #expect(decide(values, by: [.accuracy], pValue: same)?.tiebreak == Self.cost)
        #expect(decide(values, by: [.accuracy], pValue: same)?.pick == 1)
        values[Self.cost] = [.infinity, .infinity]
        #expect(decide(values, by: [.accuracy], pValue: same)?.tiebreak == Self.memory)
        #expect(decide(values, by: [.accuracy], pValue: same)?.pick == 0)
    }

    @Test func `who was never right is not named where another one was, however little memory it needs`() throws {
        let values: Values = [.accuracy: [0.1, 0, 0.05], Self.memory: [3e9, 1e9, 2e9]]
        let trace = try #require(decide(values, by: [.accuracy], pValue: { _, _, _ in 1 }))
        #expect(trace.equals == [0, 1, 2])
        #expect(trace.tiebreaks.map(\.figure) == [.accuracy, Self.memory])
        #expect(trace.tiebreaks.map(\.kept) == [[0, 2], [2]])
        #expect(trace.pick == 2)
    }

    @Test func `what a right answer costs is weighed as right answers by cost, 0 where it is infinite`() {
        let rule = ChoiceRule(objectives: [], cheapness: [], noFurtherGain: 50)
        #expect(rule.weighed(Self.cost, 4) == 0.25)
        #expect(rule.weighed(.metric(.timeToCorrect), .infinity) == 0)
        #expect(rule.weighed(Self.speed, 80) == 50)
        #expect(rule.weighed(.metric(.latency), 80) == -80)
    }

    @Test func `nobody is a step along the front for speed that nobody gains by`() {
        let rule = ChoiceRule(objectives: [], cheapness: [], noFurtherGain: 50)
        func steps(_ rule: ChoiceRule) -> FrontSteps {
            let values: Values = [.accuracy: [0.7, 0.8, 0.6, 0.5], Self.speed: [60, 55, 90, 200]]
            return FrontSteps(pick: 0, among: [0, 1, 2, 3], pace: Self.speed, rule: rule) { values[$0]?[$1] }
        }
        #expect(steps(rule).up == 1)
        #expect(steps(rule).down == nil)
        #expect(steps(ChoiceRule(objectives: [], cheapness: [], noFurtherGain: nil)).down == 2)
    }

    @Test func `memory that differs by a few percent leaves the choice to speed`() throws {
        let values: Values = [.accuracy: [0.8, 0.8, 0.8], Self.memory: [100, 104, 200], Self.speed: [10, 20, 30]]
        let trace = try #require(decide(values, by: [.accuracy], pValue: { _, _, _ in 1 }))
        #expect(trace.tiebreaks.map(\.figure) == [Self.memory, Self.speed])
        #expect(trace.tiebreaks.map(\.kept) == [[0, 1], [1]])
        #expect(trace.pick == 1)
    }

    @Test func `where nothing sets them apart the suite's order does`() throws {
        let trace = try #require(decide([.accuracy: [0.5, 0.5]], by: [.accuracy], pValue: { _, _, _ in nil }))
        #expect(trace.pick == 0)
        #expect(trace.equals == [0, 1])
        #expect(trace.tiebreak == nil)
    }

    @Test func `equals on the first figure are led by the better one on the next`() throws {
        let values: Values = [.accuracy: [0.5, 0.5], Self.speed: [10, 20]]
        #expect(decide(values, by: [.accuracy, Self.speed])?.stages.first?.leader == 1)
    }

    @Test func `too little to say keeps a candidate`() throws {
        let trace = try #require(
            decide([.accuracy: [0.9, 0.1], Self.memory: [2, 1]], by: [.accuracy], pValue: { _, _, _ in nil }))
        #expect(trace.equals == [0, 1])
        #expect(trace.pick == 1)
    }

    @Test func `nobody and one are simple`() throws {
        #expect(decide([.accuracy: [0.5]], by: [.accuracy], eligible: [])?.pick == nil)
        #expect(decide([.accuracy: [0.5]], by: [.accuracy])?.pick == 0)
        #expect(decide([.accuracy: [0.5]], by: [.accuracy])?.stages.count == 0)
    }

    @Test func `a lower latency and a lower cost are better`() throws {
        let latency = ChoiceFigure.metric(.latency)
        #expect(decide([latency: [300, 200]], by: [latency])?.pick == 1)
        #expect(decide([Self.cost: [.infinity, 0.2]], by: [Self.cost])?.pick == 1)
    }

    @Test func `a difference that one comparison would show is not shown by one of ten`() throws {
        let values: Values = [.accuracy: [0.9] + [Double?](repeating: 0.8, count: 10)]
        let trace = try #require(decide(values, by: [.accuracy]) { _, _, _ in 0.02 })
        #expect(trace.equals.count == 11)
        #expect(decide([.accuracy: [0.9, 0.8]], by: [.accuracy]) { _, _, _ in 0.02 }?.equals == [0])
    }
}
