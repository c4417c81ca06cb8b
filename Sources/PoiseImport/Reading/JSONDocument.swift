import Foundation
import PoiseCore

/// Reads JSON with the place of a mistake in it.
struct JSONDocument {
    private var scanner: JSONScanner
    private let bytes: UnsafeRawBufferPointer
    private let path: String
    private let firstLine: Int

    /// The one value of a text.
    ///
    /// - Parameter firstLine: the line of the file on which the text begins.
    static func value(of data: Data, in path: String, firstLine: Int = 1) throws(ImportFailure) -> JSONValue {
        let values = try values(of: data, in: path, firstLine: firstLine)
        guard values.count == 1 else {
            throw ImportFailure("a second value follows on the first", at: "\(path):\(firstLine)")
        }
        return values[0]
    }

    /// All values of a text, one after the other.
    static func values(of data: Data, in path: String, firstLine: Int = 1) throws(ImportFailure) -> [JSONValue] {
        // Typed throws do not pass through a closure of Foundation's.
        let result: Result<[JSONValue], ImportFailure> = data.withUnsafeBytes { bytes in
            var values: [JSONValue] = []
            var rest = bytes[...]
            var line = firstLine
            do throws(ImportFailure) {
                repeat {
                    var document = JSONDocument(UnsafeRawBufferPointer(rebasing: rest), path: path, firstLine: line)
                    values.append(try document.root())
                    let end = rest.startIndex + document.scanner.offset
                    line += rest[..<end].count(where: { $0 == 0x0A })
                    rest = rest[end...]
                } while rest.contains { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
                return .success(values)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(_ bytes: UnsafeRawBufferPointer, path: String, firstLine: Int) {
        self.bytes = bytes
        self.path = path
        self.firstLine = firstLine
        scanner = JSONScanner(bytes)
    }

    private mutating func root() throws(ImportFailure) -> JSONValue {
        do throws(JSONScanner.Failure) {
            return try value()
        } catch {
            throw ImportFailure("not valid JSON: \(error.what)", at: place(of: error.offset))
        }
    }

    private func place(of offset: Int) -> String {
        let before = bytes[..<min(offset, bytes.count)]
        let line = firstLine + before.count(where: { $0 == 0x0A })
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        // Bytes that continue a character are none of their own.
        let column = before[start...].count(where: { $0 & 0xC0 != 0x80 }) + 1
        return "\(path):\(line):\(column)"
    }

    private mutating func value() throws(JSONScanner.Failure) -> JSONValue {
        switch try scanner.peek() {
        case .object:
            try scanner.beginObject()
            var members: [String: JSONValue] = [:]
            while let key = try scanner.nextKey() {
                let name = key.string
                let value = try value()
                // As every reader of JSON in Python does: the last one counts.
                members[name] = value
            }
            return .object(members)
        case .array:
            try scanner.beginArray()
            var items: [JSONValue] = []
            while try scanner.nextElement() { items.append(try value()) }
            return .array(items)
        case .text: return .string(try scanner.text().string)
        case .number: return Self.number(try scanner.number())
        case .bool: return .bool(try scanner.bool())
        case .null:
            try scanner.null()
            return .null
        }
    }

    /// The digits as a text where a double is too small for them: an id of 19 digits must not become another.
    private static func number(_ number: JSONNumber) -> JSONValue {
        let digits = String(decoding: number.bytes, as: UTF8.self)
        if let whole = number.integer, Double(exactly: whole) == nil { return .string(digits) }
        let value = number.double
        let isWhole = digits.allSatisfy { $0.isNumber || $0 == "-" }
        guard value.isFinite, !isWhole || number.integer != nil else { return .string(digits) }
        return .number(value)
    }
}
