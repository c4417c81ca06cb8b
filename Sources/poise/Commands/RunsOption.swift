import ArgumentParser
import PoiseCore
import PoiseStore

/// The runs of one report.
struct RunsOption: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The runs, each by its id or the beginning of it; the newest where none is given, and all that were merged with"
                + " it.", valueName: "run"))
    var names: [String] = []

    @Flag(
        help: ArgumentHelp(
            "Put runs on different kinds of machine on one front all the same; it is said wherever their speeds stand.")
    )
    var pool = false

    /// The runs that are named, in their order.
    func records(in store: RunStore) async throws -> [RunRecord] {
        var records = try await named(in: store)
        if pool, let machine = MachineFacts(pooling: records.map(\.machine)) {
            for index in records.indices { records[index].machine = machine }
        }
        return records
    }

    private func named(in store: RunStore) async throws -> [RunRecord] {
        guard !names.isEmpty else { return try await store.merged(with: try await store.run(nil)) }
        var records: [RunRecord] = []
        for name in names { records.append(try await store.run(name)) }
        return records
    }
}
