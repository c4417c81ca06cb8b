import Foundation
import PoiseCore

@testable import PoiseImport
@testable import PoiseSuite

extension FuzzTarget {
    /// Logs of other tools and published sets: what becomes a task can be written, and read again as it was.
    static let importers = FuzzTarget(name: "import") { bytes in
        guard let (reader, content) = bytes.chosen(among: readers) else { return }
        let tasks: [ImportedTask]
        do throws(ImportFailure) {
            tasks = try reader.tasks(of: SourceFile(path: reader.path, data: Data(content)))
        } catch {
            return try promise(!error.what.isEmpty, "refused without a reason")
        }
        for task in tasks { try readAgain(task) }
    }

    private struct Reader: Sendable {
        let path: String
        let read: @Sendable (SourceFile) throws(ImportFailure) -> [ImportedTask]

        func tasks(of file: SourceFile) throws(ImportFailure) -> [ImportedTask] { try read(file) }
    }

    private static let readers: [Reader] =
        [
            Reader(path: "log.json") { file throws(ImportFailure) in [try InspectLog.task(from: file, name: nil)] },
            Reader(path: "samples_t_2026-11-21T17-57-18.412786.jsonl") { file throws(ImportFailure) in
                [try LMEvalLog.task(from: file, name: nil)]
            },
            mapped("rows.csv"), mapped("rows.tsv"), mapped("rows.jsonl"),
        ]
        + PublishedSet.all.flatMap { set in
            ["test.jsonl", "test.csv"].map { path in
                Reader(path: path) { file throws(ImportFailure) in try set.tasks([file], .init()) }
            }
        }

    /// Rows whose columns a user names.
    private static func mapped(_ path: String) -> Reader {
        Reader(path: path) { file throws(ImportFailure) in
            var mapping = ColumnMapping(input: "input", target: "target")
            mapping.metadata = ["note"]
            return [try mapping.task(from: file, isTable: !path.hasSuffix(".jsonl"), as: .init(name: "rows"))]
        }
    }

    private static func readAgain(_ task: ImportedTask) throws {
        try ScratchFolder.withFolder { folder in
            let written: [TaskWriter.Written]
            do throws(ImportFailure) {
                written = try TaskWriter(folder: folder, replaces: false).write([task], origin: ["from a test"])
            } catch {
                // A name that no file can have is refused by the system alone.
                return try promise(task.name.utf8.count > 200 || task.name.utf8.contains(0), "\(error)")
            }
            guard let path = written.first?.task else { throw BrokenPromise(description: "nothing was written") }
            do {
                let read = try loader.load(taskAt: path).task
                try promiseEqual(read.samples, task.samples, "samples that were written and read")
            } catch let error as InvalidSuite {
                throw BrokenPromise(description: "what was written is refused: \(error.errorDescription ?? "")")
            }
        }
    }
}
