import GRDB

/// Columns are read by what throws: GRDB's subscripts end the process where a file that was damaged has a value of another
/// kind in a column than its table declares.
extension Row {
    func read<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value {
        try Self.plausible(try decode(forColumn: column), column)
    }

    func read<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        try decode(forColumn: column)
    }

    @inline(__always)
    func read<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ index: Int) throws -> Value {
        try Self.plausible(try decode(atIndex: index), "\(index + 1)")
    }

    func read<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value {
        try decode(atIndex: index)
    }

    /// A number that no measurement can have.
    struct Implausible: Error, CustomStringConvertible {
        let column: String
        var description: String { "the number in column \(column) cannot be right" }
    }

    /// A record that is not what its place in the database says.
    struct Undecodable: Error, CustomStringConvertible {
        let what: String
        let reason: String
        var description: String { "\(what) does not decode: \(reason)" }
    }

    /// Milliseconds, speeds and counts are far below these; sums of a million of them stay within an `Int`.
    private static let mostReal = 1e15
    private static let mostWhole = 10_000_000_000_000

    /// Refuses what would not survive arithmetic, be it a flipped bit or a server's lie; infinity is kept, since a time to
    /// a correct answer can be infinite. Where a column may have no number, one that cannot be is none.
    @inline(__always)
    private static func plausible<Value>(_ value: Value, _ column: @autoclosure () -> String) throws -> Value {
        if Value.self == Double.self || Value.self == Double?.self {
            guard let number = value as? Double, number.isFinite, abs(number) > mostReal else { return value }
        } else if Value.self == Int.self || Value.self == Int?.self {
            guard let number = value as? Int, number.magnitude > mostWhole else { return value }
        } else {
            return value
        }
        guard let none = Double?.none as? Value ?? Int?.none as? Value else { throw Implausible(column: column()) }
        return none
    }
}
