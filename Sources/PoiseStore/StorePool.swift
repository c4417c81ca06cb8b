import GRDB

/// The connections to a database; what goes wrong with what is stored is explained.
struct StorePool: Sendable {
    let database: DatabasePool
    let path: String

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await database.read(body)
        } catch {
            throw explained(error)
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await database.write(body)
    }

    /// What a read's error says of the database. Its statements are fixed: where one of them fails, or a value is none
    /// that it can have, what is stored is not what Poise wrote.
    func explained(_ error: any Error) -> any Error {
        switch error {
        case let error as DatabaseError:
            let reason = error.message ?? "\(error.resultCode)"
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_TOOBIG, .SQLITE_MISMATCH:
                return RunStore.Failure.damaged(path: path, reason: reason)
            case .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_CANTOPEN, .SQLITE_PROTOCOL, .SQLITE_NOMEM, .SQLITE_FULL:
                return RunStore.Failure.unreadable(path: path, reason: reason)
            default: return error
            }
        case is RowDecodingError:
            return RunStore.Failure.damaged(path: path, reason: "a stored value is of another kind than its column's")
        case let error as Row.Implausible:
            return RunStore.Failure.damaged(path: path, reason: error.description)
        case let error as Row.Undecodable:
            return RunStore.Failure.damaged(path: path, reason: error.description)
        case let error as DecodingError:
            return RunStore.Failure.damaged(path: path, reason: "a stored record does not decode: \(error.shortPlace)")
        default: return error
        }
    }
}

extension DecodingError {
    /// The path of keys to what does not decode, and why.
    package var shortPlace: String {
        let (keys, reason): ([any CodingKey], String) =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context.codingPath, context.debugDescription)
            case .keyNotFound(let key, let context): (context.codingPath + [key], "it is not there")
            @unknown default: ([], "\(self)")
            }
        let place = keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        return place.isEmpty ? reason : "\(place): \(reason)"
    }
}
