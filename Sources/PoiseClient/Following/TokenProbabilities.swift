import PoiseCore

/// Reads the distributions that servers tell; what is no distribution is a failure, never a number.
enum TokenProbabilities {
    /// Below this a probability is 0 in single precision, and servers write a stand-in for its logarithm (llama.cpp the
    /// lowest number, vLLM −9999): such tokens count as not named.
    private static let leastLogProbability = -100.0
    /// What rounding may add to a probability, or to a sum of them.
    private static let tolerance = 1e-3

    /// The distribution of the first generated token in an answer of llama.cpp's `/completion`.
    static func llamaCpp(_ body: [UInt8]) throws(RequestFailure) -> NextTokens {
        var tokens: [NextTokens.Token]?
        try scan(body) { (scanner) throws(JSONScanner.Failure) in
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                guard key == "completion_probabilities", try scanner.peek() == .array else {
                    try scanner.skip()
                    continue
                }
                try scanner.beginArray()
                while try scanner.nextElement() {
                    let found = try generated(&scanner)
                    tokens = tokens ?? found
                }
            }
        }
        guard let tokens else {
            throw RequestFailure(
                kind: .malformed, message: "the server answered no probabilities with the numbers of their tokens",
                remedy: "llama.cpp writes them since build 4300: update the server.")
        }
        return try distribution(tokens)
    }

    /// The distribution at each token of the prompt in an answer of vLLM's `/v1/completions`; nil at the first.
    static func vLLM(_ body: [UInt8]) throws(RequestFailure) -> [NextTokens?] {
        var lists: [[NextTokens.Token]?]?
        try scan(body) { (scanner) throws(JSONScanner.Failure) in
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                guard key == "choices", try scanner.peek() == .array else {
                    try scanner.skip()
                    continue
                }
                try scanner.beginArray()
                while try scanner.nextElement() {
                    let found = try promptLists(&scanner)
                    lists = lists ?? found
                }
            }
        }
        guard let lists else { throw .malformed("no prompt_logprobs") }
        var found: [NextTokens?] = []
        for list in lists {
            if let list { found.append(try distribution(list)) } else { found.append(nil) }
        }
        return found
    }

    private static func scan(
        _ body: [UInt8], _ read: (inout JSONScanner) throws(JSONScanner.Failure) -> Void
    ) throws(RequestFailure) {
        let isRead = body.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            do throws(JSONScanner.Failure) {
                try read(&scanner)
                try scanner.finish()
                return true
            } catch {
                return false
            }
        }
        guard isRead else {
            let text = String(decoding: body.prefix(100), as: UTF8.self)
            throw .malformed(
                "what is no list of probabilities: \(text.split(whereSeparator: \.isNewline).joined(separator: " "))")
        }
    }

    /// An element of `completion_probabilities`: `{"id", …, "top_logprobs": [{"id", "token", "bytes", "logprob"}]}`.
    private static func generated(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> [NextTokens.Token]? {
        var tokens: [NextTokens.Token]?
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            guard key == "top_logprobs", try scanner.peek() == .array else {
                try scanner.skip()
                continue
            }
            var list: [NextTokens.Token] = []
            try scanner.beginArray()
            while try scanner.nextElement() {
                var id: Int?
                var logarithm: Double?
                try scanner.beginObject()
                while let key = try scanner.nextKey() {
                    if key == "id" {
                        id = try scanner.optionalInteger()
                    } else if key == "logprob" {
                        logarithm = try scanner.optionalDouble()
                    } else {
                        try scanner.skip()
                    }
                }
                list.append(token(id, logarithm))
            }
            tokens = list
        }
        return tokens
    }

    /// A choice: `{"prompt_logprobs": [null, {"464": {"logprob", "rank", "decoded_token"}}]}`.
    private static func promptLists(
        _ scanner: inout JSONScanner
    ) throws(JSONScanner.Failure) -> [[NextTokens.Token]?]? {
        var lists: [[NextTokens.Token]?]?
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            guard key == "prompt_logprobs", try scanner.peek() == .array else {
                try scanner.skip()
                continue
            }
            var found: [[NextTokens.Token]?] = []
            try scanner.beginArray()
            while try scanner.nextElement() {
                guard try scanner.peek() == .object else {
                    try scanner.skip()
                    found.append(nil)
                    continue
                }
                var list: [NextTokens.Token] = []
                try scanner.beginObject()
                while let key = try scanner.nextKey() {
                    let id = Int(key.string)
                    var logarithm: Double?
                    try scanner.beginObject()
                    while let key = try scanner.nextKey() {
                        if key == "logprob" { logarithm = try scanner.optionalDouble() } else { try scanner.skip() }
                    }
                    list.append(token(id, logarithm))
                }
                found.append(list)
            }
            lists = found
        }
        return lists
    }

    /// NaN stands for what is missing, and is found below.
    private static func token(_ id: Int?, _ logarithm: Double?) -> NextTokens.Token {
        NextTokens.Token(
            id: id.flatMap(Int32.init(exactly:)) ?? -1, logProbability: logarithm.map { Float($0) } ?? .nan)
    }

    private static func distribution(_ listed: [NextTokens.Token]) throws(RequestFailure) -> NextTokens {
        guard listed.allSatisfy({ $0.id >= 0 && !$0.logProbability.isNaN }) else {
            throw .malformed("a token without its number or its probability")
        }
        let tokens = NextTokens(listed.filter { Double($0.logProbability) >= leastLogProbability })
        guard !tokens.tokens.isEmpty else { throw .malformed("no token that could come next") }
        guard Set(tokens.tokens.map(\.id)).count == tokens.tokens.count else {
            throw .malformed("one token twice in a distribution")
        }
        guard tokens.tokens.reduce(0, { $0 + $1.probability }) <= 1 + tolerance else {
            throw .malformed("probabilities that add up to more than 1")
        }
        return tokens
    }
}
