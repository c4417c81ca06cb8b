import Foundation
import PoiseCore
import Testing

/// The scanner against Foundation's JSONSerialization, over texts damaged at random.
///
/// The two may differ in these ways alone, and in each of them only as said here:
///
/// 1. A byte order mark, or a zero byte among the first four, makes Foundation look for another encoding: the scanner
///    takes UTF-8 without a mark, and refuses both.
/// 2. A `\u` escape of half a surrogate pair is grammatical in RFC 8259: the scanner takes it, Foundation refuses it.
/// 3. A number beyond a double's range is infinite to the scanner; Foundation refuses it, unless a later value of the same
///    key replaces it.
/// 4. A comma before a closing bracket is refused by the scanner with a reason of its own; Foundation takes it, and then
///    reads the text that is left without it.
/// 5. Foundation drops a byte order mark within a string where it stands first or behind an escape; the scanner keeps it.
///    Both take the text, and read the same where another character of that length stands in its place.
@Suite struct JSONScannerFuzzTests {
    /// Why the two differ; nil where they agree.
    private func difference(_ text: [UInt8]) -> String? {
        let ours = Result { try JSONTree.reading(text) }
        if case .failure(let failure) = ours {
            guard JSONTree.skipping(text) == failure as? JSONScanner.Failure else { return "skipping says otherwise" }
        } else if JSONTree.skipping(text) != nil {
            return "skipping refuses it"
        }
        if hasMark(text) || text.prefix(4).contains(0) {
            if case .success = ours { return "a mark or a zero byte is taken" }
            return nil
        }
        let theirs = try? JSONSerialization.jsonObject(with: Data(text), options: [.fragmentsAllowed])
        return difference(ours, theirs, text)
    }

    private func difference(
        _ ours: Result<(tree: JSONTree, isHalved: Bool), any Error>, _ theirs: Any?, _ text: [UInt8]
    ) -> String? {
        switch (ours, theirs) {
        case (.success(let read), nil): return read.isHalved || read.tree.isInfinite ? nil : "only the scanner takes it"
        case (.success(let read), let theirs?):
            if read.isHalved || read.tree.isInfinite { return "Foundation takes what it refuses" }
            if read.tree.equals(theirs) { return nil }
            let unmarked = withoutMarks(text)
            return unmarked == text ? "they read different values" : difference(unmarked)
        case (.failure, nil): return nil
        case (.failure(let failure), let theirs?):
            guard let failure = failure as? JSONScanner.Failure, failure.reason == .trailingComma else {
                return "only Foundation takes it: \(failure)"
            }
            var less = text
            less.remove(at: failure.offset)
            return difference(Result { try JSONTree.reading(less) }, theirs, less)
        }
    }

    /// The text with U+2060 for each U+FEFF.
    private func withoutMarks(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for index in text.indices.dropLast(2) where text[index...].starts(with: [0xEF, 0xBB, 0xBF]) {
            text.replaceSubrange(index..<(index + 3), with: [0xE2, 0x81, 0xA0])
        }
        return text
    }

    private func hasMark(_ text: [UInt8]) -> Bool {
        [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]].contains { text.starts(with: $0) }
    }

    /// Records as servers send them, and texts that hold what they seldom send.
    private static let corpus: [[UInt8]] = {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "PoiseClientTests/Fixtures")
        let files = FileManager.default.enumerator(at: fixtures, includingPropertiesForKeys: nil)?.allObjects ?? []
        var records: [[UInt8]] = []
        for case let file as URL in files where ["sse", "ndjson", "json"].contains(file.pathExtension) {
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            let lines = text.split(whereSeparator: \.isNewline).map { $0.hasPrefix("data:") ? $0.dropFirst(5) : $0 }
            // The first and the last ones have all the fields; those between repeat each other.
            records += (lines.prefix(3) + lines.suffix(4)).map { Array($0.utf8) }
        }
        return records
            + [
                #"{"a":[1,-2.5e-3,1E+2,0,-0,0.0],"b":{"c":null,"d":[true,false]},"a":"again"}"#,
                #"["\u0063ontent","\ud83d\ude00","\n\t\b\f\r\/\\\"","grüße 😀",""]"#,
                #"[ 12345678901234567890 , 9007199254740993, 0.1, 2389.6765971005257, 1e22, 1e23, 5e-324 ]"#,
                #"{"":{"":[[[[[[[[]]]]]]]],"x":{}}}"#, "\"text\"", "0", "true", " null ", "[]", "{}",
            ].map { Array($0.utf8) }
    }()

    @Test func `undamaged records are read alike`() {
        #expect(Self.corpus.count > 20)
        for text in Self.corpus { #expect(difference(text) == nil, "\(String(decoding: text, as: UTF8.self))") }
    }

    @Test func `texts cut at any byte are read alike`() {
        for text in Self.corpus {
            for end in 0..<min(text.count, 600) {
                let found = difference(Array(text[..<end]))
                #expect(found == nil, "\(String(decoding: text[..<end], as: UTF8.self))")
            }
        }
    }

    @Test func `texts damaged at random are read alike`() {
        let wanted = ProcessInfo.processInfo.environment["POISE_FUZZ"].flatMap { Int($0) } ?? 50_000
        var mutation = JSONMutation(seed: 20_261_121, corpus: Self.corpus)
        var differing = 0
        for _ in 0..<wanted where differing < 5 {
            let text = mutation.next()
            if let found = difference(text) {
                differing += 1
                Issue.record("\(found): \(String(decoding: text, as: UTF8.self)) \(text)")
            }
        }
    }

    @Test(arguments: [1, 100, 511, 512, 513, 2000, 100_000])
    func `depth ends both at the same place`(depth: Int) {
        let arrays = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let objects = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        #expect(difference(Array(arrays.utf8)) == nil)
        #expect(difference(Array(objects.utf8)) == nil)
        #expect((JSONTree.skipping(Array(arrays.utf8)) == nil) == (depth <= JSONScanner.maximumDepth))
    }
}
