import PoiseCore
import PoiseStore
import Testing

@Suite struct TrialColumnQueriesTests {
    private let folder: TemporaryFolder
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.database, creating: true)
    }

    /// Two runs in turns, with a warm-up, a failure and a second grader.
    private func write() async throws {
        let other = "20261121-080000-000-other"
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        try await store.begin(Fixture.run(other), plan: Fixture.plan)
        for (index, sample) in ["add-1", "add-2"].enumerated() {
            for load in [1, .rate(perSecond: 5, arrivals: .poisson)] as [Load] {
                for run in [Fixture.run().id, other] {
                    let writer = TrialWriter(store: store, run: run)
                    try await writer.add(Fixture.trial(Fixture.key(sample: sample, load: load)))
                    if index == 0 {
                        try await writer.add(Fixture.failed(Fixture.key("b@q4_0", sample: sample, load: load)))
                        try await writer.add(Fixture.trial(Fixture.key(sample: sample, load: load, isWarmup: true)))
                    }
                    try await writer.flush()
                }
            }
        }
    }

    @Test func `columns hold what the observations hold`() async throws {
        try await write()
        let run = Fixture.run().id
        let observations = try await store.observations(of: run)
        let columns = try await store.trialColumns(of: run)
        #expect(columns.count == observations.count && columns.count == 6)
        for (row, observation) in observations.enumerated() {
            let place = columns.places[row]
            #expect(columns.candidates[Int(place.candidate)] == observation.candidate)
            #expect(columns.samples[Int(place.sample)] == .init(task: observation.task, sample: observation.sample))
            #expect(columns.loads[Int(place.load)] == observation.load)
            #expect(Int(place.round) == observation.round)
            for quantity in TrialColumns.Quantity.allCases {
                #expect(columns.value(quantity, at: row) == observation.value(quantity), "\(quantity) of \(row)")
            }
        }
        #expect(observations.contains { $0.latency == nil } && observations.contains { $0.score == 1 })
    }

    @Test func `only what is asked for is read`() async throws {
        try await write()
        let columns = try await store.trialColumns(of: Fixture.run().id, [.ttft])
        #expect(columns.value(.ttft, at: 0) == 5)
        #expect(columns.value(.latency, at: 0) == nil && columns.value(.score, at: 0) == nil)
        #expect(try await store.trialColumns(of: "nobody").count == 0)
    }

    @Test func `a grader that does not decide has scores of its own`() async throws {
        try await write()
        let run = Fixture.run().id
        let deciding = try await store.trialColumns(of: run, [.score], grader: "number")
        #expect(deciding.value(.score, at: 0) == 1)
        // It stands beside, and could score nothing.
        #expect(try await store.trialColumns(of: run, [.score], grader: "short").value(.score, at: 0) == nil)
        #expect(try await store.graders(in: run) == ["number", "short"])
        #expect(try await store.tasks(gradedBy: "short", in: run) == ["add"])
        #expect(try await store.tasks(gradedBy: "long", in: run).isEmpty)
    }
}
