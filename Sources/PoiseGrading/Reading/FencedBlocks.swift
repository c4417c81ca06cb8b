/// The contents of the Markdown code fences of a text, in order.
///
/// Fences as CommonMark 0.31 (4.5) has them; one that is never closed runs to the end, for a response may be cut.
func fencedBlocks(in text: String) -> [String] {
    var blocks: [String] = []
    var open: (fence: Substring, lines: [Substring])?
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
        let content = line.drop { $0 == " " || $0 == "\t" }
        if let current = open {
            let fence = content.prefix { $0 == current.fence.first }
            if fence.count >= current.fence.count, content.dropFirst(fence.count).allSatisfy(\.isWhitespace) {
                blocks.append(current.lines.joined(separator: "\n"))
                open = nil
            } else {
                open?.lines.append(line)
            }
        } else if let mark = content.first, mark == "`" || mark == "~" {
            let fence = content.prefix { $0 == mark }
            let info = content.dropFirst(fence.count)
            // Three backticks with more of them on the same line are inline code.
            if fence.count >= 3, mark == "~" || !info.contains("`") { open = (fence, []) }
        }
    }
    if let open { blocks.append(open.lines.joined(separator: "\n")) }
    return blocks
}
