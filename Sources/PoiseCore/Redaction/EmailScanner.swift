/// E-mail addresses: `local@host.tld` in ASCII, with a host of any script (RFC 5321 bounds the parts to 64 and 255).
enum EmailScanner {
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for at in text.indices where text[at] == UInt8(ascii: "@") {
            guard let start = start(before: at, in: text, after: ranges.last?.upperBound ?? 0),
                let end = end(after: at, in: text)
            else { continue }
            ranges.append(start..<end)
        }
        return ranges
    }

    private static func start(before at: Int, in text: [UInt8], after floor: Int) -> Int? {
        var start = at
        while start > floor, at - start < 64, isLocal(text[start - 1]) { start -= 1 }
        while start < at, !text[start].isAlphanumeric { start += 1 }
        return start < at ? start : nil
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: byte.isAlphanumeric
        }
    }

    /// Behind the last dot that a top-level domain follows.
    private static func end(after at: Int, in text: [UInt8]) -> Int? {
        let run = text.end(from: at + 1, limit: 255) {
            $0.isAlphanumeric || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0.isBeyondASCII
        }
        for dot in stride(from: run - 1, to: at + 1, by: -1) where text[dot] == UInt8(ascii: ".") {
            let end = text.end(from: dot + 1, while: \.isLetter)
            let before = text[dot - 1]
            guard (2...18).contains(end - dot - 1), before.isAlphanumeric || before.isBeyondASCII,
                end == run || !text[end].isAlphanumeric
            else { continue }
            // A product of matrices in code: `x@w.mean()`.
            return text.at(end) == UInt8(ascii: "(") ? nil : end
        }
        return nil
    }
}
