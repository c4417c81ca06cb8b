package import GRDB
package import PoiseCore

/// A load in a column: requests in flight as an integer, an arrival rate as a text.
extension Load: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue {
        concurrency?.databaseValue ?? description.databaseValue
    }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Load? {
        if let count = Int.fromDatabaseValue(value) { return .concurrency(count) }
        return String.fromDatabaseValue(value).flatMap(Load.init)
    }
}
