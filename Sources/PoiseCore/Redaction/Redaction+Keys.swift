extension Redaction {
    /// A text without what looks like a key, a token or a password: by its beginning, its name, or its place in an address.
    package static func withoutKeys(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let ranges = KeyScanner.ranges(in: bytes)
        guard !ranges.isEmpty else { return text }
        var result: [UInt8] = []
        var end = 0
        for range in ranges where range.lowerBound >= end {
            result += bytes[end..<range.lowerBound]
            result += RedactedKind.key.replacement.utf8
            end = range.upperBound
        }
        return String(decoding: result + bytes[end...], as: UTF8.self)
    }
}
