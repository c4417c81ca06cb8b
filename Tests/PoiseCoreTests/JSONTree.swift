import Foundation
import PoiseCore

/// A whole JSON text as the scanner reads it, to be compared with what another parser makes of it.
enum JSONTree {
    case null
    case bool(Bool)
    case number(Double, source: String)
    case text(String)
    case array([JSONTree])
    case object([String: JSONTree])

    /// Whether a number in it is beyond a double's range.
    ///
    /// A number that a later value of the same key replaces is not in the tree, and Foundation never looks at it.
    var isInfinite: Bool {
        switch self {
        case .null, .bool, .text: false
        case .number(let value, _): value.isInfinite
        case .array(let elements): elements.contains(where: \.isInfinite)
        case .object(let members): members.values.contains(where: \.isInfinite)
        }
    }

    /// - Returns: the tree, and whether half a surrogate pair was in any of its strings or keys.
    static func reading(_ bytes: [UInt8]) throws(JSONScanner.Failure) -> (tree: JSONTree, isHalved: Bool) {
        let result = bytes.withUnsafeBytes { buffer -> Result<(tree: JSONTree, isHalved: Bool), JSONScanner.Failure> in
            var scanner = JSONScanner(buffer)
            do throws(JSONScanner.Failure) {
                let tree = try JSONTree(&scanner)
                try scanner.finish()
                return .success((tree, scanner.hasLoneSurrogate))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The same text read over only.
    static func skipping(_ bytes: [UInt8]) -> JSONScanner.Failure? {
        bytes.withUnsafeBytes { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONScanner.Failure) {
                try scanner.skip()
                try scanner.finish()
                return nil
            } catch {
                return error
            }
        }
    }

    private init(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
        switch try scanner.peek() {
        case .null:
            try scanner.null()
            self = .null
        case .bool: self = .bool(try scanner.bool())
        case .number:
            let number = try scanner.number()
            self = .number(number.double, source: String(decoding: number.bytes, as: UTF8.self))
        case .text: self = .text(try scanner.text().string)
        case .array:
            var elements: [JSONTree] = []
            try scanner.beginArray()
            while try scanner.nextElement() { elements.append(try JSONTree(&scanner)) }
            self = .array(elements)
        case .object:
            var members: [String: JSONTree] = [:]
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                let name = key.string
                members[name] = try JSONTree(&scanner)
            }
            self = .object(members)
        }
    }

    /// Whether JSONSerialization read the same.
    func equals(_ other: Any) -> Bool {
        switch self {
        case .null: return other is NSNull
        case .text(let text): return (other as? String).map { $0.utf8.elementsEqual(text.utf8) } ?? false
        case .bool(let value):
            guard let number = other as? NSNumber else { return false }
            return String(cString: number.objCType) == "c" && number.boolValue == value
        case .number(let value, let source):
            guard let number = other as? NSNumber, String(cString: number.objCType) != "c" else { return false }
            guard Double(source) == value else { return false }
            // Digits beyond a double's make it a decimal, whose own conversion does not round as well.
            if number is NSDecimalNumber { return abs(number.doubleValue - value) <= abs(value) * 1e-14 }
            return number.doubleValue == value
        case .array(let elements):
            guard let others = other as? [Any], others.count == elements.count else { return false }
            return zip(elements, others).allSatisfy { $0.equals($1) }
        case .object(let members):
            guard let others = other as? [String: Any], others.count == members.count else { return false }
            return members.allSatisfy { key, value in others[key].map { value.equals($0) } ?? false }
        }
    }
}
