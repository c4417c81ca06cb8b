import Foundation
import PoiseCore

/// The metadata and tensor table of a GGUF file (ggml's `docs/gguf.md`, versions 2 and 3, little-endian).
struct GGUFHeader {
    let version: UInt32
    let metadata: [String: Value]
    /// Parameters over all tensors.
    let parameters: Int64
    /// The main type of the file by `general.file_type`; nil where the file does not say.
    let fileType: String?
    /// Where in the file the list of tokens is; nil where there is none.
    let vocabulary: Range<Int>?

    /// A metadata value; lists are read over, since vocabularies are long and nothing here needs them.
    enum Value: Hashable {
        case unsigned(UInt64)
        case signed(Int64)
        case float(Double)
        case bool(Bool)
        case string(String)
        case list(count: Int)
    }

    enum Failure: Error, Equatable {
        case notGGUF
        case unsupportedVersion(UInt32)
        case truncated
        case damaged(String)
    }

    init(parsing data: Data) throws(Failure) {
        var reader = Reader(data: data)
        guard try reader.integer(UInt32.self) == 0x4655_4747 else { throw .notGGUF }
        version = try reader.integer(UInt32.self)
        guard (2...3).contains(version) else { throw .unsupportedVersion(version) }
        let tensorCount = try reader.count(eachAtLeast: 24)
        let metadataCount = try reader.count(eachAtLeast: 13)
        var metadata: [String: Value] = [:]
        var vocabulary: Range<Int>?
        for _ in 0..<metadataCount {
            let key = try reader.string()
            let type = try reader.integer(UInt32.self)
            let start = reader.offset
            metadata[key] = try reader.value(of: type, depth: 0)
            if key == Self.tokensKey { vocabulary = start..<reader.offset }
        }
        self.metadata = metadata
        self.vocabulary = vocabulary
        var parameters: Int64 = 0
        for _ in 0..<tensorCount {
            _ = try reader.string()
            let dimensions = try reader.integer(UInt32.self)
            guard dimensions <= 8 else { throw .damaged("a tensor of \(dimensions) dimensions") }
            var elements: Int64 = 1
            for _ in 0..<dimensions {
                let (product, overflow) = elements.multipliedReportingOverflow(
                    by: Int64(clamping: try reader.integer(UInt64.self)))
                guard !overflow else { throw .damaged("a tensor of impossible size") }
                elements = product
            }
            _ = try reader.integer(UInt32.self)
            _ = try reader.integer(UInt64.self)
            let (sum, overflow) = parameters.addingReportingOverflow(elements)
            guard !overflow else { throw .damaged("tensors of impossible size") }
            parameters = sum
        }
        self.parameters = parameters
        fileType = metadata["general.file_type"]?.whole.map { Self.fileTypes[$0] ?? "type \($0)" }
    }

    subscript(key: String) -> Value? { metadata[key] }

    private static let tokensKey = "tokenizer.ggml.tokens"

    /// `llama_ftype` of llama.cpp's `include/llama.h`.
    private static let fileTypes: [Int: String] = [
        0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
        12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K",
        19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL",
        26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0",
        37: "TQ2_0", 38: "MXFP4_MOE",
    ]

    /// Reads little-endian values and never past the end.
    private struct Reader {
        let data: Data
        var offset = 0

        init(data: Data) {
            self.data = data
        }

        mutating func integer<Number: FixedWidthInteger>(_: Number.Type) throws(Failure) -> Number {
            let size = MemoryLayout<Number>.size
            guard data.count - offset >= size else { throw .truncated }
            let value = data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
            offset += size
            return Number(littleEndian: value)
        }

        /// A number of entries; more than can stand in the rest of the file is damage.
        mutating func count(eachAtLeast size: Int) throws(Failure) -> Int {
            let value = try integer(UInt64.self)
            guard value <= UInt64(data.count / size) else { throw .truncated }
            return Int(value)
        }

        mutating func string() throws(Failure) -> String {
            let length = try count(eachAtLeast: 1)
            guard data.count - offset >= length else { throw .truncated }
            defer { offset += length }
            let start = data.startIndex + offset
            return String(decoding: data[start..<start + length], as: UTF8.self)
        }

        mutating func value(of type: UInt32, depth: Int) throws(Failure) -> Value {
            switch type {
            case 0: return .unsigned(UInt64(try integer(UInt8.self)))
            case 1: return .signed(Int64(try integer(Int8.self)))
            case 2: return .unsigned(UInt64(try integer(UInt16.self)))
            case 3: return .signed(Int64(try integer(Int16.self)))
            case 4: return .unsigned(UInt64(try integer(UInt32.self)))
            case 5: return .signed(Int64(try integer(Int32.self)))
            case 6: return .float(Double(Float(bitPattern: try integer(UInt32.self))))
            case 7: return .bool(try integer(UInt8.self) != 0)
            case 8: return .string(try string())
            case 9:
                guard depth < 4 else { throw .damaged("lists nested too deeply") }
                let element = try integer(UInt32.self)
                let count = try count(eachAtLeast: 1)
                for _ in 0..<count { _ = try value(of: element, depth: depth + 1) }
                return .list(count: count)
            case 10: return .unsigned(try integer(UInt64.self))
            case 11: return .signed(try integer(Int64.self))
            case 12: return .float(Double(bitPattern: try integer(UInt64.self)))
            default: throw .damaged("a value of unknown type \(type)")
            }
        }
    }
}

extension GGUFHeader.Value {
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var whole: Int? {
        switch self {
        case .unsigned(let value): Int(exactly: value)
        case .signed(let value): Int(exactly: value)
        case .float, .bool, .string, .list: nil
        }
    }
}
