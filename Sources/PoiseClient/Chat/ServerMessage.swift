import PoiseCore

/// What a server says in the body of a response that is no success.
enum ServerMessage {
    /// - Parameter body: JSON in any of the shapes that servers have for errors, an event that holds it, or a page.
    /// - Returns: its message; nil where the body is no JSON that has one.
    static func text(of body: [UInt8]) -> String? {
        body.withUnsafeBytes { text(of: $0) ?? textOfEvent(in: $0) }
    }

    private static func textOfEvent(in body: UnsafeRawBufferPointer) -> String? {
        var parser = EventStreamParser(maximum: body.count)
        var found: String?
        parser.push(body, into: &found) { if $0 == nil { $0 = text(of: $1.data) } }
        parser.finish(into: &found) { if $0 == nil { $0 = text(of: $1.data) } }
        return found
    }

    private static func text(of bytes: UnsafeRawBufferPointer) -> String? {
        var scanner = JSONScanner(bytes)
        return try? message(&scanner)
    }

    /// Reads `{"error": {"message": …}}`, `{"error": "…"}`, vLLM's `{"message": …}` or FastAPI's `{"detail": "…"}`.
    private static func message(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> String? {
        var error: String?
        var other: String?
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            if key == "error", try scanner.peek() == .object {
                error = try message(&scanner) ?? error
            } else if key == "error" {
                error = try scanner.optionalText()?.string ?? error
            } else if key == "message" || key == "detail" {
                other = try scanner.optionalText()?.string ?? other
            } else {
                try scanner.skip()
            }
        }
        return error ?? other
    }
}
