import PoiseCore

/// The JSON value that an answer gives: all of it, else the last code fence that is JSON, else the last object or list in
/// its prose.
///
/// A value of a wanted kind goes before the others: `[1]` after an object is a footnote.
func findJSON(in answer: String, kinds: Set<String> = []) -> ExactJSON? {
    if let value = try? ExactJSON(parsing: answer.trimmed) { return value }
    let fenced = fencedBlocks(in: answer).compactMap { try? ExactJSON(parsing: $0.trimmed) }
    func wanted(_ value: ExactJSON) -> Bool { kinds.contains(value.kindName) }
    if let value = fenced.last(where: wanted) { return value }
    let inProse = allJSON(inProse: answer)
    return inProse.last(where: wanted) ?? fenced.last ?? inProse.last
}

/// The outermost objects and lists of a text.
private func allJSON(inProse text: String) -> [ExactJSON] {
    var text = text
    return text.withUTF8 { bytes in
        // A bracket that closes nothing costs a look at all that follows, so what is looked at has a limit.
        var budget = 200 * (bytes.count + 1)
        var values: [ExactJSON] = []
        var index = 0
        while index < bytes.count, budget > 0 {
            guard bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "[") else {
                index += 1
                continue
            }
            let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[index...])
            do throws(JSONScanner.Failure) {
                // Nothing is made of it before it is known to end: brackets in brackets would make thousands of values.
                var look = JSONScanner(rest)
                try look.skip()
                var scanner = JSONScanner(rest)
                values.append(try ExactJSON(reading: &scanner))
                budget -= scanner.offset
                index += scanner.offset
            } catch {
                budget -= error.offset + 1
                index += 1
            }
        }
        return values
    }
}
