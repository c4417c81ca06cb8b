import ArgumentParser
import PoiseCore
import PoiseStore

/// The runs of one report.
struct RunsOption: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The runs, each by its id or the beginning of it; the newest where none is given.", valueName: "run"))
    var names: [String] = []

    /// The runs that are named, in their order.
    func records(in store: RunStore) async throws -> [RunRecord] {
        guard !names.isEmpty else { return [try await store.run(nil)] }
        var records: [RunRecord] = []
        for name in names { records.append(try await store.run(name)) }
        return records
    }
}
