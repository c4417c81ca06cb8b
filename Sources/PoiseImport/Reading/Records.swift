import Foundation
import PoiseCore

/// The records of a file, whichever of the usual shapes it has.
enum Records {
    /// JSON lines, or one JSON list, as the first byte tells.
    static func json(of file: SourceFile) throws(ImportFailure) -> [Record] {
        try file.refuseBinary()
        guard file.firstByte == UInt8(ascii: "[") else { return try lines(of: file) }
        let root = try JSONDocument.value(of: file.content, in: file.path)
        return try Record(["": root], at: file.path).records("", called: "the list")
    }

    /// One JSON object a line; blank lines count for the numbers alone.
    static func lines(of file: SourceFile) throws(ImportFailure) -> [Record] {
        try file.refuseBinary()
        var records: [Record] = []
        var number = 0
        for line in file.content.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
            let place = "\(file.path):\(number)"
            let value = try JSONDocument.value(of: line, in: file.path, firstLine: number)
            guard case .object(let fields) = value else {
                throw ImportFailure(
                    "expected a JSON object a line, found \(value.kindName)", at: place,
                    remedy: "Is the file one JSON document? Write each record on a line of its own.")
            }
            records.append(Record(fields, at: place))
        }
        return records
    }

    /// A table whose first row names the columns.
    static func table(of file: SourceFile) throws(ImportFailure) -> [Record] {
        try file.refuseBinary()
        let rows = try CSVTable.rows(of: file)
        guard let header = rows.first else { return [] }
        let names = header.fields
        var known: Set<String> = []
        if let twice = names.first(where: { !known.insert($0).inserted }) {
            throw ImportFailure(
                "two columns are called “\(twice)”", at: "\(file.path):\(header.line)",
                remedy: "Give each column a name of its own.")
        }
        var records: [Record] = []
        for row in rows.dropFirst() {
            let place = "\(file.path):\(row.line)"
            guard row.fields.count == names.count else {
                throw ImportFailure(
                    "\(row.fields.count) fields where the header names \(names.count) columns", at: place,
                    remedy: "A field with a comma or a line break needs double quotes around it (RFC 4180).")
            }
            let fields = zip(names, row.fields).map { ($0, JSONValue.string($1)) }
            records.append(Record(Dictionary(fields) { first, _ in first }, at: place))
        }
        return records
    }
}
