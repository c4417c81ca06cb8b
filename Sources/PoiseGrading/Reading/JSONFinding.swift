import PoiseCore

/// The JSON value that an answer gives: all of it, else the last code fence that is JSON, else the last object or list in
/// its prose.
func findJSON(in answer: String) -> JSONValue? {
    if let value = try? JSONValue(parsing: answer.trimmed) { return value }
    for block in fencedBlocks(in: answer).reversed() {
        if let value = try? JSONValue(parsing: block.trimmed) { return value }
    }
    return lastJSON(inProse: Array(answer.unicodeScalars))
}

/// The last outermost object or list of a text.
private func lastJSON(inProse scalars: [Unicode.Scalar]) -> JSONValue? {
    // Each bracket that closes nothing costs a look at the rest, so their number has a limit.
    var failures = 0
    var last: JSONValue?
    var index = 0
    while index < scalars.count, failures < 200 {
        guard scalars[index] == "{" || scalars[index] == "[" else {
            index += 1
            continue
        }
        if let end = closing(of: index, in: scalars), let value = parsed(scalars[index..<end]) {
            last = value
            index = end
        } else {
            failures += 1
            index += 1
        }
    }
    return last
}

private func parsed(_ scalars: ArraySlice<Unicode.Scalar>) -> JSONValue? {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return try? JSONValue(parsing: String(view))
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
