/// Secrets that a name stands before: `api_key="…"`, `"token": "…"`, `--api-key …`.
enum NamedSecret {
    /// Behind an equals sign or a colon.
    static func value(at sign: Int, in text: [UInt8]) -> Range<Int>? {
        var end = sign
        while end > 0, sign - end < 3, text[end - 1].isSpace || isQuote(text[end - 1]) { end -= 1 }
        var start = end
        while start > 0, end - start < 32, isName(text[start - 1]) { start -= 1 }
        return secret(named: text[start..<end], from: sign + 1, in: text)
    }

    /// Behind an option of a command line and a space; behind an equals sign it is found as such.
    static func option(at dash: Int, in text: [UInt8]) -> Range<Int>? {
        guard text.has("--", at: dash), !text.isWord(at: dash - 1), text.at(dash - 1) != UInt8(ascii: "-") else {
            return nil
        }
        let end = text.end(from: dash + 2, limit: 32, while: isName)
        guard text.at(end) == UInt8(ascii: " ") else { return nil }
        return secret(named: text[dash + 2..<end], from: end + 1, in: text)
    }

    private static func secret(named name: ArraySlice<UInt8>, from place: Int, in text: [UInt8]) -> Range<Int>? {
        guard let shortest = shortestSecret(named: name) else { return nil }
        let start = text.end(from: place, limit: 3) { $0.isSpace || isQuote($0) }
        let end = text.end(from: start, limit: 256, while: isValue)
        let value = text[start..<end]
        // `token = tokens[0]` and `secret = read()` are code; `$API_KEY` is a name again.
        guard value.count >= shortest, let first = value.first, first != UInt8(ascii: "$"), first != UInt8(ascii: "/"),
            value.contains(where: \.isDigit), value.contains(where: \.isLetter),
            ![0x28, 0x5B, 0x7B].contains(text.at(end) ?? 0)
        else { return nil }
        return start..<text.end(from: end, while: isValue)
    }

    /// Characters that a secret of such a name has at least; nil where the name is none of a secret.
    private static func shortestSecret(named name: ArraySlice<UInt8>) -> Int? {
        guard let last = name.last?.lowercased, [0x79, 0x6E, 0x74, 0x64].contains(last) else { return nil }
        let plain = String(decoding: name.map(\.lowercased).filter(\.isAlphanumeric), as: UTF8.self)
        if ["password", "passwd", "pwd"].contains(where: plain.hasSuffix) { return 6 }
        return ["apikey", "secretkey", "accesskey", "privatekey", "token", "secret"].contains(where: plain.hasSuffix)
            ? 16 : nil
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// Printable ASCII but for quotes, brackets, commas and semicolons.
    private static func isValue(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2C, 0x3B, 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x3C, 0x3E: false
        default: byte > 0x20 && byte < 0x7F && !isQuote(byte)
        }
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }
}
