import PoiseCore

/// The JSON value that an answer gives: all of it, else the last code fence that is JSON, else the last object or list in
/// its prose.
///
/// A value of a wanted kind goes before the others: `[1]` after an object is a footnote.
func findJSON(in answer: String, kinds: Set<String> = []) -> JSONValue? {
    if let value = parsedJSON(answer.trimmed) { return value }
    let fenced = fencedBlocks(in: answer).compactMap { parsedJSON($0.trimmed) }
    func wanted(_ value: JSONValue) -> Bool { kinds.contains(value.kindName) }
    if let value = fenced.last(where: wanted) { return value }
    let inProse = allJSON(inProse: Array(answer.unicodeScalars))
    return inProse.last(where: wanted) ?? fenced.last ?? inProse.last
}

/// The outermost objects and lists of a text.
private func allJSON(inProse scalars: [Unicode.Scalar]) -> [JSONValue] {
    // A bracket that closes nothing costs a look at all that follows, so what is looked at has a limit.
    var budget = 200 * (scalars.count + 1)
    var values: [JSONValue] = []
    var index = 0
    while index < scalars.count, budget > 0 {
        guard scalars[index] == "{" || scalars[index] == "[" else {
            index += 1
            continue
        }
        let end = closing(of: index, in: scalars)
        budget -= (end ?? scalars.count) - index
        if let end, let value = parsed(scalars[index..<end]) {
            values.append(value)
            index = end
        } else {
            index += 1
        }
    }
    return values
}

private func parsed(_ scalars: ArraySlice<Unicode.Scalar>) -> JSONValue? {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return parsedJSON(String(view))
}

/// A text as JSON (RFC 8259); nil where it is not, also where it has a comma too many, which Foundation lets pass.
private func parsedJSON(_ text: String) -> JSONValue? {
    guard let value = try? JSONValue(parsing: text), !hasTrailingComma(text) else { return nil }
    return value
}

/// Whether a comma stands right before a closing bracket, strings aside.
private func hasTrailingComma(_ text: String) -> Bool {
    var isInString = false
    var isEscaped = false
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars where isInString || !scalar.properties.isWhitespace {
        if isInString {
            isInString = isEscaped || scalar != "\""
            isEscaped = !isEscaped && scalar == "\\"
        } else {
            if scalar == "}" || scalar == "]", last == "," { return true }
            isInString = scalar == "\""
        }
        last = scalar
    }
    return false
}

/// The position after the bracket that closes the one at a position; brackets in strings do not count.
private func closing(of start: Int, in scalars: [Unicode.Scalar]) -> Int? {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for index in start..<scalars.count {
        let scalar = scalars[index]
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                isInString = false
            }
            continue
        }
        switch scalar {
        case "\"": isInString = true
        case "{", "[": depth += 1
        case "}", "]": depth -= 1
        default: break
        }
        if depth == 0 { return index + 1 }
    }
    return nil
}
