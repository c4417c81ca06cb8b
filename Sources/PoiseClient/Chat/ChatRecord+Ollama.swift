import PoiseCore

/// Ollama's own records: its `/api/chat`, as docs/api.md of the project has it. Durations are nanoseconds.
extension ChatRecord {
    mutating func readOllama(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
        var promptDuration: Double?
        var decodeDuration: Double?
        var doneReason: JSONText?
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            if key == "message" {
                try readMessage(&scanner)
            } else if key == "model" {
                model = try scanner.optionalText()
            } else if key == "done" {
                if try scanner.peek() == .bool { isDone = try scanner.bool() } else { try scanner.skip() }
            } else if key == "done_reason" {
                doneReason = try scanner.optionalText()
            } else if key == "prompt_eval_count" {
                promptTokens = try scanner.optionalCount()
            } else if key == "prompt_eval_duration" {
                promptDuration = try scanner.optionalDouble()
            } else if key == "eval_count" {
                timedTokens = try scanner.optionalCount()
            } else if key == "eval_duration" {
                decodeDuration = try scanner.optionalDouble()
            } else if key == "error" {
                try readError(&scanner)
            } else {
                try scanner.skip()
            }
        }
        hasUsage = promptTokens != nil
        hasTimings = timedTokens != nil
        decodeTPS = Self.rate(timedTokens, in: decodeDuration)
        prefillTPS = Self.rate(promptTokens, in: promptDuration)
        if let doneReason {
            // The last record may have no message.
            var read = choice ?? Choice()
            read.finishReason = doneReason
            choice = read
        }
    }

    private mutating func readMessage(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
        choice = nil
        guard try scanner.peek() != .null else { return try scanner.null() }
        var read = Choice()
        read.hasMessage = true
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            if key == "content" {
                read.content = try scanner.textOrNull()
            } else if key == "thinking" {
                read.reasoning = try scanner.optionalText()
            } else if key == "tool_calls" {
                try read.readToolCalls(&scanner)
            } else {
                // Each of its records has a role: that says nothing of the record.
                try scanner.skip()
            }
        }
        choice = read
    }

    /// Tokens a second.
    private static func rate(_ tokens: Int?, in nanoseconds: Double?) -> Double? {
        guard let tokens, tokens > 0, let nanoseconds, nanoseconds > 0 else { return nil }
        return Double(tokens) / nanoseconds * 1e9
    }
}
