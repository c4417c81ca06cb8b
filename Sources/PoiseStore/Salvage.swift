import Foundation
import GRDB
import PoiseCore

extension RunStore {
    /// What came of saving a damaged database, by table.
    package struct Salvage: Hashable, Sendable, Encodable {
        package struct Table: Hashable, Sendable, Encodable {
            package let name: String
            /// Rows that were copied and stayed.
            package var rows = 0
            /// Rows that could be read, with a value that no such row can have.
            package var refused = 0
            /// Rows that could be read, of trials or scores that could not.
            package var orphans = 0
            /// Places where nothing could be read: runs of row numbers, each of which may have held one row or many.
            package var gaps = 0

            package init(name: String) {
                self.name = name
            }
        }

        package var tables: [Table] = []
        /// Runs whose own record was lost while some of their trials were saved.
        package var nameless: [String] = []
        /// Runs of which it was lost what machine they ran on.
        package var placeless: [String] = []

        /// Whether nothing is missing, as far as can be known.
        package var isWhole: Bool {
            nameless.isEmpty && placeless.isEmpty
                && tables.allSatisfy { $0.refused == 0 && $0.orphans == 0 && $0.gaps == 0 }
        }
    }

    /// Copies what can still be read of a damaged database into a new one, with this Poise's schema.
    ///
    /// A table's rows are found by their numbers; where a statement fails, its range is halved until the rows that cannot be
    /// read stand alone. The damaged file is not written to.
    ///
    /// - Parameters:
    ///   - source: the damaged database; with the log beside it, if there is one.
    ///   - target: must not be there yet.
    /// - Throws: `SalvageFailure`, where nothing at all can be read; the target is gone then.
    package static func salvage(from source: String, to target: String) async throws -> Salvage {
        guard FileManager.default.fileExists(atPath: source) else { throw Failure.missing(path: source) }
        guard !FileManager.default.fileExists(atPath: target) else { throw SalvageFailure.exists(path: target) }
        do {
            try PrivateFile.create(target)
            let queue = try DatabaseQueue(path: target)
            defer { try? queue.close() }
            return try await SalvageWork(source: source).copy(into: queue)
        } catch {
            for end in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: target + end) }
            if let error = error as? DatabaseError {
                throw SalvageFailure.unreadable(path: source, reason: error.message ?? "\(error.resultCode)")
            }
            throw error
        }
    }
}

package enum SalvageFailure: ExplainedError {
    case exists(path: String)
    case unreadable(path: String, reason: String)
    case foreign(path: String)

    package var what: String {
        switch self {
        case .exists: "the file is there already"
        case .unreadable(_, let reason): "nothing can be saved of the database: \(reason)"
        case .foreign: "no table of Poise can be found in the database"
        }
    }
    package var place: String? {
        switch self {
        case .exists(let path), .unreadable(let path, _), .foreign(let path): path
        }
    }
    package var remedy: String? {
        switch self {
        case .exists: "Name a file that is not there yet."
        case .unreadable, .foreign: "SQLite's own shell looks at every page: sqlite3 FILE .recover | sqlite3 NEW"
        }
    }
}
