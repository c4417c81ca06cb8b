import Foundation

/// JSON as Python's `json` writes it: with `NaN` and `Infinity`, which are no JSON (RFC 8259, section 6).
enum PythonJSON {
    /// The same text with `null` for what is no number.
    static func strict(_ data: Data) -> Data {
        guard words.contains(where: { data.range(of: Data($0.utf8)) != nil }) else { return data }
        let bytes = [UInt8](data)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 8)
        // What stands before this place is in the result.
        var taken = 0
        var index = 0
        var isInText = false
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isInText: index += 1
            case UInt8(ascii: "\""): isInText.toggle()
            case UInt8(ascii: "N"), UInt8(ascii: "I"), UInt8(ascii: "-"):
                guard !isInText, let word = words.first(where: { bytes[index...].starts(with: $0.utf8) }) else { break }
                result += bytes[taken..<index]
                result += Array("null".utf8)
                index += word.utf8.count
                taken = index
                continue
            default: break
            }
            index += 1
        }
        result += bytes[taken...]
        return Data(result)
    }

    private static let words = ["-Infinity", "Infinity", "NaN"]
}
