extension Response {
    /// The response with every key replaced that its server repeats; nil where it repeats none.
    ///
    /// Its timeline holds lengths and no texts, and stays as it was measured.
    package func scrubbed(by secrets: Secrets) -> Response? {
        guard !secrets.isEmpty else { return nil }
        var hasKey = false
        func clean(_ text: String) -> String {
            guard let scrubbed = secrets.scrubbed(text) else { return text }
            hasKey = true
            return scrubbed
        }
        let report = report.scrubbed(clean)
        let cleaned = Response(
            answer: clean(answer), reasoning: clean(reasoning), toolCalls: clean(toolCalls),
            finishReason: finishReason.map(clean), report: report, timeline: timeline, isStreamed: isStreamed,
            calls: calls.map { ToolCall(id: clean($0.id), name: clean($0.name), arguments: clean($0.arguments)) },
            turns: turns.map { $0.scrubbed(by: secrets) ?? $0 })
        return hasKey ? cleaned : nil
    }
}

extension ServerReport {
    fileprivate func scrubbed(_ clean: (String) -> String) -> ServerReport {
        var report = self
        report.model = model.map(clean)
        report.systemFingerprint = systemFingerprint.map(clean)
        return report
    }
}

extension RequestFailure {
    /// The failure with every key replaced in its message, which is cut where it is long: servers echo keys, and whole
    /// pages, and a failure is stored and shown.
    package func scrubbed(by secrets: Secrets, longest: Int = 2_000) -> RequestFailure {
        let message = secrets.scrubbed(message: message)
        return RequestFailure(
            kind: kind, message: message.count > longest ? "\(message.prefix(longest))…" : message,
            remedy: remedy, status: status, retryAfter: retryAfter)
    }
}
