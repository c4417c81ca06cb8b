import PoiseCore

/// Reads `{"tokens": [1, 2, 3]}`.
enum TokenList {
    static func read(_ body: [UInt8]) throws(RequestFailure) -> [Int32] {
        let tokens: [Int32]? = body.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            return try? list(&scanner)
        }
        guard let tokens else { throw .malformed("no list of tokens to /tokenize") }
        return tokens
    }

    private static func list(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> [Int32]? {
        var found: [Int32]?
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            guard key == "tokens", try scanner.peek() == .array else {
                try scanner.skip()
                continue
            }
            var tokens: [Int32] = []
            try scanner.beginArray()
            while try scanner.nextElement() {
                guard let token = try scanner.optionalInteger().flatMap(Int32.init(exactly:)), token >= 0 else {
                    return nil
                }
                tokens.append(token)
            }
            found = tokens
        }
        try scanner.finish()
        return found
    }
}
