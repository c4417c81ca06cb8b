import PoiseCore

/// What the waiting times, lengths and counts of the page mean; of those that it has.
enum WaitDefinitions {
    static func all(_ content: ReportContent) -> [MethodsView.Fact] {
        typealias Fact = MethodsView.Fact
        let details = content.parts.compactMap(\.detail)
        let kinds = Set(details.flatMap(\.waits).map(\.kind))
        var facts: [Fact] = []
        if kinds.contains(.itl) {
            facts.append(
                Fact(
                    name: "itl",
                    text:
                        "every gap between token-bearing chunks, pooled over trials; 0 where both came in one network "
                        + "read; called gaps between chunks where a chunk holds more than 1.05 tokens on average"))
        }
        if !kinds.isEmpty {
            facts.append(
                Fact(
                    name: "median, p90, p99",
                    text:
                        "linear between ranks (definition 7 of Hyndman and Fan 1996); p90 from 10 values on, p99 from 100"
                ))
            facts.append(
                Fact(
                    name: "hills",
                    text:
                        "counts in 20 bins a decade, each smoothed with a quarter of both neighbours, as high as the hill’s "
                        + "own peak"))
        }
        if details.contains(where: { !$0.lengths.isEmpty }) {
            facts.append(
                Fact(
                    name: "length",
                    text: "outputTokens: usage.completion_tokens, else the server’s timings, else the chunks"))
            facts.append(
                Fact(
                    name: "characters a second",
                    text: "of the answer behind its first chunk / (last − first chunk of it); median over trials"))
        }
        if content.parts.contains(where: { !$0.responses.isEmpty }) {
            facts += [
                Fact(
                    name: "tokens a chunk",
                    text: "output tokens that chunks carried / token-bearing chunks of streamed responses"),
                Fact(
                    name: "shared a read",
                    text: "chunks that came in the same network read as the one before / token-bearing chunks"),
                Fact(
                    name: "failed", text: "trials without a response after all retries, by the kind of the last failure"
                ),
            ]
        }
        if content.parts.contains(where: { part in part.engines.values.contains { $0.peakMemory != nil } }) {
            facts.append(
                Fact(name: "memory", text: "the most that the engine’s process held while it ran, weights included"))
        }
        if details.flatMap(\.choices).contains(where: { !$0.costs.isEmpty }) {
            facts.append(
                Fact(
                    name: "costToCorrect",
                    text: "Σ cost / number correct, by the prices of the suite; ∞ where nothing was correct"))
        }
        return facts
    }
}
