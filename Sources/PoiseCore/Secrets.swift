/// Keys that must not be kept nor shown, found in what a server says: as they are, as JSON, percent signs or HTML write
/// them, and in Base64 whatever stands around them.
///
/// What a server makes of a key beyond that (reversed, cut into other fields) is not found: it has the key already.
package struct Secrets: Sendable {
    /// What stands where a key was.
    package static let replacement = "[key]"
    /// A key of fewer bytes is only looked for in messages of failures: “none” and “EMPTY” are words of answers.
    package static let shortestInTexts = 8

    package static let none = Secrets([])

    /// The longest first: one may be part of another.
    private let patterns: [SecretPattern]
    /// Those that are long enough for any text.
    private let longPatterns: [SecretPattern]
    /// Pairs of bytes that a find may begin with, a bit each: nearly every place of a text is passed by at one look.
    private let beginnings: [UInt64]

    /// - Parameter texts: the keys; white space around them, and those that are empty, count for nothing.
    package init(_ texts: [String]) {
        let keys = Set(texts.map { Array($0.utf8).trimmed }).filter { !$0.isEmpty }
        let plain = keys.map { SecretPattern(key: $0) }
        let encoded = keys.filter { $0.count >= Self.shortestInTexts }.flatMap(SecretPattern.base64(of:))
        patterns = (plain + encoded).sorted {
            $0.bytes.count == $1.bytes.count
                ? $0.bytes.lexicographicallyPrecedes($1.bytes) : $0.bytes.count > $1.bytes.count
        }
        longPatterns = patterns.filter { $0.bytes.count >= Self.shortestInTexts }
        var beginnings = [UInt64](repeating: 0, count: 1 << 10)
        for (first, second) in patterns.flatMap(\.beginnings) {
            let pair = Int(first) << 8 | Int(second)
            beginnings[pair >> 6] |= 1 << UInt64(pair & 63)
        }
        self.beginnings = beginnings
    }

    package var isEmpty: Bool { patterns.isEmpty }

    /// The text of a response with every key replaced.
    ///
    /// A text that ends within a key ends with its beginning replaced: an answer may be cut at its length.
    /// - Returns: nil where none is in it.
    package func scrubbed(_ text: String) -> String? {
        replaced(text, longPatterns)
    }

    /// A message with every key replaced, short ones too.
    package func scrubbed(message: String) -> String {
        replaced(message, patterns) ?? message
    }

    /// A body with every key replaced; what was JSON still is.
    package func scrubbed(_ bytes: [UInt8]) -> [UInt8] {
        guard !longPatterns.isEmpty else { return bytes }
        return bytes.withUnsafeBufferPointer { buffer in
            let finds = finds(of: longPatterns, in: buffer)
            return finds.isEmpty ? bytes : Self.replacing(finds, in: buffer)
        }
    }

    private func replaced(_ text: String, _ patterns: [SecretPattern]) -> String? {
        guard !patterns.isEmpty, !text.isEmpty else { return nil }
        var text = text
        return text.withUTF8 { buffer in
            let finds = finds(of: patterns, in: buffer)
            guard !finds.isEmpty else { return nil }
            return String(decoding: Self.replacing(finds, in: buffer), as: UTF8.self)
        }
    }

    /// In order, none over another.
    private func finds(of patterns: [SecretPattern], in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        beginnings.withUnsafeBufferPointer { beginnings in
            var index = 0
            var last = 0
            while index < text.count {
                if index + 1 < text.count {
                    let pair = Int(text[index]) << 8 | Int(text[index + 1])
                    guard beginnings[pair >> 6] >> UInt64(pair & 63) & 1 == 1 else {
                        index += 1
                        continue
                    }
                }
                guard let range = patterns.lazy.compactMap({ $0.find(at: index, in: text) }).first else {
                    index += 1
                    continue
                }
                found.append(max(last, range.lowerBound)..<range.upperBound)
                last = range.upperBound
                index = last
            }
        }
        return found
    }

    private static func replacing(_ finds: [Range<Int>], in text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var end = 0
        for find in finds {
            result += text[end..<find.lowerBound]
            result += replacement.utf8
            end = find.upperBound
        }
        result += text[end...]
        return result
    }
}

extension [UInt8] {
    /// Without the white space around it.
    fileprivate var trimmed: [UInt8] {
        let isSpace = { (byte: UInt8) in byte <= 0x20 }
        return Array(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
