import Foundation
import PoiseCore

@testable import PoiseGrading

extension FuzzTarget {
    /// The readers of JSON, each written for its own purpose: they agree on what JSON is, and on what it says.
    static let json = FuzzTarget(name: "json") { bytes in
        let scanned = scan(bytes)
        // What it passes over it does not decode, and keys it does: halves of surrogate pairs are refused there alone.
        if !scanned.hasHalves {
            try promiseEqual(
                SimulatorJSON.takes(bytes), scanned.isJSON && scanned.depth <= SimulatorJSON.deepest,
                "the simulated endpoint's reader, beside the scanner's")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return try promise(!scanned.isJSON, "the scanner takes what is no UTF-8")
        }
        let exact = try? ExactJSON(parsing: text)
        try promiseEqual(
            exact != nil, scanned.isJSON && !scanned.hasHalves, "the grader's reader, beside the scanner's")
        if let exact { try promiseEqual(try? ExactJSON(parsing: exact.text), exact, "exact JSON, written and read") }
        try suiteJSON(text, scanned, exact)
        if scanned.isJSON, let value = try? JSONValue(parsing: text) {
            try promiseEqual(try? JSONValue(parsing: value.text), value, "a JSON value, written and read")
        }
    }

    /// Samples' reader refuses keys that stand twice and what lies deeper, and nothing else.
    private static func suiteJSON(_ text: String, _ scanned: Scanned, _ exact: ExactJSON?) throws(BrokenPromise) {
        let isTaken = SuiteJSON.takes(text)
        guard scanned.depth < SuiteJSON.deepest, !scanned.hasTwins else { return }
        try promiseEqual(isTaken, scanned.isJSON && !scanned.hasHalves, "the samples' reader, beside the scanner's")
        if let exact, isTaken { try promise(SuiteJSON.text(text) == exact.text, "the samples' reader reads otherwise") }
    }

    private struct Scanned {
        var isJSON = false
        var hasHalves = false
        var hasTwins = false
        /// Arrays and objects within each other.
        var depth = 0
    }

    private static func scan(_ bytes: [UInt8]) -> Scanned {
        bytes.withUnsafeBytes { bytes in
            var scanned = Scanned()
            var scanner = JSONScanner(bytes)
            do throws(JSONScanner.Failure) {
                try walk(&scanner, 0, &scanned)
                try scanner.finish()
                scanned.isJSON = true
            } catch {}
            scanned.hasHalves = scanner.hasLoneSurrogate
            return scanned
        }
    }

    private static func walk(
        _ scanner: inout JSONScanner, _ depth: Int, _ scanned: inout Scanned
    ) throws(JSONScanner.Failure) {
        scanned.depth = max(scanned.depth, depth)
        switch try scanner.peek() {
        case .object:
            try scanner.beginObject()
            scanned.depth = max(scanned.depth, depth + 1)
            var keys: Set<String> = []
            while let key = try scanner.nextKey() {
                if !keys.insert(key.string).inserted { scanned.hasTwins = true }
                try walk(&scanner, depth + 1, &scanned)
            }
        case .array:
            try scanner.beginArray()
            scanned.depth = max(scanned.depth, depth + 1)
            while try scanner.nextElement() { try walk(&scanner, depth + 1, &scanned) }
        case .text: _ = try scanner.text()
        case .number:
            let number = try scanner.number()
            _ = (number.integer, number.double)
        case .bool: _ = try scanner.bool()
        case .null: try scanner.null()
        }
    }
}
