import PoiseCore

/// What the player says of a recorded response; the script says the same in the same words.
enum SceneWords {
    /// One decimal, in the unit of the clock.
    static func time(_ milliseconds: Double, clock end: Double) -> String {
        let unit = StripChart.unit(end: end)
        return "\(Numbers.fixed(milliseconds / unit.milliseconds, 1)) \(unit.name)"
    }

    /// `right at 1.2 s`, `wrong`, `not scored`.
    static func verdict(_ take: Scene.Take, clock end: Double) -> String {
        guard let isRight = take.isRight else { return "not scored" }
        guard isRight else { return "wrong" }
        return take.completeAt.map { "right at \(time(take.chunks[$0].milliseconds, clock: end))" } ?? "right"
    }

    /// The speed of what was written last, tok/s; nil where it has none.
    ///
    /// Tokens are spread evenly over the chunks behind the first, so that at the end it is the trial's decode speed; of a
    /// chain it is that of the last turn.
    static func rate(_ take: Scene.Take) -> Double? {
        let starts = turnStarts(take)
        guard let tokens = take.decodedTokens, let first = starts.last, let last = take.chunks.last,
            take.chunks.count > starts.count, take.chunks.count - 1 > first
        else { return nil }
        let perChunk = Double(tokens) / Double(take.chunks.count - starts.count)
        let span = last.milliseconds - take.chunks[first].milliseconds
        return span > 0 ? perChunk * Double(take.chunks.count - 1 - first) / span * 1000 : nil
    }

    /// The first chunk of each turn.
    static func turnStarts(_ take: Scene.Take) -> [Int] {
        let asked = take.passages.filter { $0.kind == .asked }.map(\.start)
        var starts = take.chunks.isEmpty ? [] : [0]
        var (arrived, next) = (0, 0)
        for (index, chunk) in take.chunks.enumerated() {
            while next < asked.count, asked[next] <= arrived {
                if index > 0 { starts.append(index) }
                next += 1
            }
            arrived += chunk.characters
        }
        return starts
    }

    /// `Thinking, 128 words`.
    static func thinking(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).count
        return "Thinking, \(Numbers.counted(words, "word"))"
    }

    /// What is missing of a long response; empty where nothing is.
    static func cut(_ take: Scene.Take) -> String {
        guard take.leftOut > 0 else { return "" }
        let shown = take.passages.filter { $0.kind != .asked }.reduce(0) { $0 + $1.text.unicodeScalars.count }
        return "The first \(Numbers.count(shown)) characters. "
            + (take.leftOut == 1 ? "One more is" : "\(Numbers.count(take.leftOut)) more are") + " in the database only."
    }

    static func kind(_ kind: SceneKind) -> String {
        switch kind {
        case .thinking: "thinking"
        case .conversation: "several turns"
        case .code: "code"
        case .data: "data"
        case .prose: "prose"
        case .short: "short"
        }
    }
}
