/// API keys, tokens, private keys and passwords: by the beginnings that their issuers give them, by where they stand
/// (`Bearer …`, `https://user:password@…`), or by the name before them (`api_key=…`).
///
/// A key is long and has a digit: what lacks one of these is a word.
enum KeyScanner {
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard let range = range(at: index, in: text) else {
                index += 1
                continue
            }
            ranges.append(range)
            index = Swift.max(range.upperBound, index + 1)
        }
        return ranges
    }

    /// What is found where such a byte stands; it may begin a little behind it.
    private static func range(at index: Int, in text: [UInt8]) -> Range<Int>? {
        switch text[index] {
        case UInt8(ascii: "-"):
            return privateKey(at: index, in: text) ?? NamedSecret.option(at: index, in: text)
        case UInt8(ascii: ":"):
            return credentials(at: index, in: text) ?? NamedSecret.value(at: index, in: text)
        case UInt8(ascii: "="): return NamedSecret.value(at: index, in: text)
        case UInt8(ascii: "B"), UInt8(ascii: "b"):
            return bearer(at: index, in: text)
        case let first where first.isLetter:
            guard !isKey(text.at(index - 1) ?? 0) else { return nil }
            if first == UInt8(ascii: "e") { return webToken(at: index, in: text) }
            for beginning in beginnings where text[index] == beginning.first && text.has(beginning.text, at: index) {
                let body = index + beginning.text.utf8CodeUnitCount
                // Bounded until it is a key, so that no text is gone over again and again.
                func end(from start: Int, limit: Int) -> Int {
                    text.end(from: start, limit: limit) {
                        isKey($0) || (beginning.hasDots && $0 == UInt8(ascii: "."))
                    }
                }
                let found = end(from: body, limit: beginning.length + 64)
                guard found - body >= beginning.length, text[body..<found].contains(where: \.isDigit) else { continue }
                return index..<end(from: found, limit: .max)
            }
            return nil
        default: return nil
        }
    }

    private static func isKey(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// How an issuer's keys begin, and how many characters come behind it at least.
    private struct Beginning {
        let text: StaticString
        let length: Int
        var hasDots = false

        var first: UInt8 { text.utf8Start.pointee }
    }

    private static let beginnings = [
        // OpenAI, Anthropic, DeepSeek, OpenRouter; Groq, xAI, Perplexity, Replicate, NVIDIA, Hugging Face
        Beginning(text: "sk-", length: 20), Beginning(text: "gsk_", length: 32), Beginning(text: "xai-", length: 32),
        Beginning(text: "pplx-", length: 32), Beginning(text: "r8_", length: 32), Beginning(text: "nvapi-", length: 32),
        Beginning(text: "hf_", length: 30),
        // GitHub, GitLab, npm, PyPI, Docker
        Beginning(text: "ghp_", length: 30), Beginning(text: "gho_", length: 30), Beginning(text: "ghu_", length: 30),
        Beginning(text: "ghs_", length: 30), Beginning(text: "ghr_", length: 30),
        Beginning(text: "github_pat_", length: 22), Beginning(text: "glpat-", length: 20),
        Beginning(text: "npm_", length: 30), Beginning(text: "pypi-", length: 40),
        Beginning(text: "dckr_pat_", length: 20),
        // Amazon, Google, Slack, Stripe, SendGrid
        Beginning(text: "AKIA", length: 16), Beginning(text: "ASIA", length: 16), Beginning(text: "AIza", length: 30),
        Beginning(text: "ya29.", length: 20, hasDots: true), Beginning(text: "xoxb-", length: 10),
        Beginning(text: "xoxp-", length: 10), Beginning(text: "xoxa-", length: 10),
        Beginning(text: "xoxr-", length: 10),
        Beginning(text: "xoxs-", length: 10), Beginning(text: "xoxe.", length: 10, hasDots: true),
        Beginning(text: "xapp-", length: 10), Beginning(text: "sk_live_", length: 16),
        Beginning(text: "sk_test_", length: 16), Beginning(text: "rk_live_", length: 16),
        Beginning(text: "SG.", length: 40, hasDots: true),
    ]

    /// A JSON Web Token (RFC 7519): two objects in Base64, whose texts begin with `{"`, and a signature.
    private static func webToken(at index: Int, in text: [UInt8]) -> Range<Int>? {
        guard text.has("eyJ", at: index) else { return nil }
        let header = text.end(from: index, while: isKey)
        guard header - index >= 12, text.at(header) == UInt8(ascii: "."), text.has("eyJ", at: header + 1) else {
            return nil
        }
        let payload = text.end(from: header + 1, while: isKey)
        let signature = text.at(payload) == UInt8(ascii: ".") ? text.end(from: payload + 1, while: isKey) : payload
        return payload - header > 8 ? index..<signature : nil
    }

    /// What stands behind `Bearer`, in a header or elsewhere.
    private static func bearer(at index: Int, in text: [UInt8]) -> Range<Int>? {
        guard !text.isWord(at: index - 1), index + 7 < text.count,
            text[index..<index + 6].elementsEqual("bearer".utf8, by: { $0.lowercased == $1 }), text[index + 6].isSpace
        else { return nil }
        let start = index + 7
        let end = text.end(from: start) { isKey($0) || [0x2E, 0x7E, 0x2B, 0x2F, 0x3D].contains($0) }
        return end - start >= 16 && text[start..<end].contains(where: \.isDigit) ? start..<end : nil
    }

    /// A private key in PEM (RFC 7468), to its end line or, where that is cut off, to the end of the text.
    private static func privateKey(at index: Int, in text: [UInt8]) -> Range<Int>? {
        guard text.has("-----BEGIN ", at: index) else { return nil }
        let label = index + 11
        let end = text.end(from: label, limit: 40) { $0.isUpper || $0 == UInt8(ascii: " ") || $0.isDigit }
        guard end - label >= 11, text.has("PRIVATE KEY", at: end - 11), text.has("-----", at: end) else { return nil }
        var last = end + 5
        while last < text.count, !text.has("-----END ", at: last) { last += 1 }
        guard last < text.count else { return index..<text.count }
        let close = text.end(from: last + 9, limit: 40) { $0.isUpper || $0 == UInt8(ascii: " ") || $0.isDigit }
        return index..<(text.has("-----", at: close) ? close + 5 : close)
    }

    /// `user:password` of an address.
    private static func credentials(at index: Int, in text: [UInt8]) -> Range<Int>? {
        guard text.has("://", at: index), text.isWord(at: index - 1) else { return nil }
        let start = index + 3
        let end = text.end(from: start, limit: 256) { byte in
            byte > 0x20 && ![0x2F, 0x40, 0x22, 0x27, 0x3C, 0x3E, 0x3F, 0x23].contains(byte)
        }
        guard text.at(end) == UInt8(ascii: "@"), text[start..<end].contains(UInt8(ascii: ":")) else { return nil }
        return start..<end
    }
}
