import Foundation
import PoiseCore

/// What was measured, with what, and how to do it again.
struct MethodsView {
    struct Fact {
        let name: String
        let text: String
    }

    struct Engine {
        let candidate: String
        let build: String
        let loadTime: String
        let file: String
        let digest: String
        let arguments: String
    }

    struct Responses {
        let candidate: String
        let responses: String
        let failed: String
        let capped: String
        let coalesced: String
        let tokensPerChunk: String
        let cached: String
    }

    let definitions: [Fact]
    let facts: [Fact]
    let engines: [Engine]
    let hasEngines: Bool
    let loadUnit: String
    let responses: [Responses]
    let hasResponses: Bool
    let warnings: [String]
    let hasWarnings: Bool
    let command: String
    let digests: [Fact]
    let hasDigests: Bool

    init(_ content: ReportContent) {
        definitions = Self.definitions(content)
        facts = Self.facts(content)
        let times = NumberColumn.times(content.engines.values.map(\.loadTime))
        engines = content.candidates.compactMap { candidate in
            content.engines[candidate.id].map { facts in
                Engine(
                    candidate: candidate.id,
                    build: [facts.engine, facts.build].compactMap(\.self).joined(separator: " ")
                        + (facts.isSimulated ? ", simulated" : ""),
                    loadTime: times.text(facts.loadTime),
                    file: facts.modelFile.map { EnginePrivacy.name(of: $0.path) } ?? Numbers.undefined,
                    digest: facts.modelFile?.sha256 ?? Numbers.undefined,
                    arguments: EnginePrivacy.arguments(facts).joined(separator: " ")
                )
            }
        }
        hasEngines = !engines.isEmpty
        loadUnit = times.unit
        responses = content.candidates.compactMap { candidate in
            content.responses[candidate.id].map { facts in
                Responses(
                    candidate: candidate.id,
                    responses: Numbers.count(facts.responses), failed: Self.failures(facts),
                    capped: Numbers.smallShare(facts.lengthCappedShare),
                    coalesced: Numbers.smallShare(facts.coalescedShare),
                    tokensPerChunk: facts.tokensPerChunk.map { Numbers.fixed($0, 2) } ?? Numbers.undefined,
                    cached: Numbers.smallShare(facts.cachedShare)
                )
            }
        }
        hasResponses = !responses.isEmpty
        warnings = content.warnings
        hasWarnings = !warnings.isEmpty
        command = content.run.command
        digests = content.suite.digests.sorted { $0.key < $1.key }.map { Fact(name: $0.key, text: $0.value) }
        hasDigests = !digests.isEmpty
    }

    /// `0`, or `3: 2 timedOut, 1 refused`.
    private static func failures(_ facts: ResponseFacts) -> String {
        guard facts.failed > 0 else { return "0" }
        let kinds = facts.failures.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { "\(Numbers.count($0.value)) \($0.key)" }
        return "\(Numbers.count(facts.failed)): \(kinds.joined(separator: ", "))"
    }

    private static func definitions(_ content: ReportContent) -> [Fact] {
        let methods = Set(content.points.compactMap(\.accuracyMethod))
        let intervals =
            switch (methods.contains(.wilson), methods.contains(.bootstrap)) {
            case (true, true): "Wilson where every sample has one 0/1 score, else a bootstrap over samples"
            case (false, true): "a bootstrap over samples"
            default: "Wilson, one 0/1 score a sample"
            }
        let isSummed = content.points.contains { $0.decodeTPSMethod == .ratioOfSums }
        let exception =
            isSummed
            ? "; where fewer than 10 did, Σ(N − n₁) / Σ(last − first): "
                + Numbers.list(
                    content.points.filter { $0.decodeTPSMethod == .ratioOfSums }
                        .map { content.loads.count > 1 ? "\($0.candidate) at load \($0.load)" : $0.candidate }
                ) : ""
        return [
            Fact(
                name: "right",
                text: "the mean score of the scored samples; one that could not be scored is in no denominator"),
            Fact(
                name: "decodeTPS",
                text:
                    "(N − n₁) / (last − first token-bearing chunk), N output tokens without an end token that no "
                    + "chunk carries, n₁ of them in the first chunk; the median over trials that decoded at "
                    + "least 8 tokens\(exception)"
            ),
            Fact(name: "ttft", text: "first chunk with thinking, answer or tool call − started; median over trials"),
            Fact(name: "latency", text: "last token-bearing chunk − started; median over trials"),
            Fact(
                name: "timeToCorrect",
                text:
                    "Σ latency / number correct, a score between 0 and 1 counting as that part; ∞ where nothing was correct"
            ),
            Fact(
                name: "on the front",
                text:
                    "no other candidate at this load is at least as good on both axes and better on one; the share is "
                    + "that of \(Numbers.count(content.resamples)) joint resamples, the same samples drawn for all"
            ),
            Fact(
                name: "intervals",
                text: "95%; right answers: \(intervals); speeds: a bootstrap over samples, and over rounds from 3 on"
            ),
            Fact(
                name: "axes",
                text: "right answers on a linear axis that is cut to the data; speed on a logarithmic one where the "
                    + "largest end is at least \(Numbers.fixed(AxisScale.logarithmicFrom, 0)) times the smallest"
            ),
        ]
    }

    private static func facts(_ content: ReportContent) -> [Fact] {
        let run = content.run
        var facts = [
            Fact(name: "run", text: "\(run.id), \(run.status.rawValue)"),
            Fact(name: "started", text: Wording.dateAndTime(run.startedAt) + Self.duration(run)),
            Fact(name: "machine", text: Wording.machine(run.machine)),
            Fact(name: "engine", text: content.engines.isEmpty ? Numbers.undefined : Wording.engines(content)),
            Fact(name: "Poise", text: run.poiseVersion),
            Fact(name: "seed", text: "\(run.seed), for the order of samples and every resample"),
            Fact(name: "sampling", text: Self.sampling(content)),
            Fact(
                name: "design",
                text: "\(Numbers.counted(content.rounds, "round")), \(Numbers.counted(content.epochs, "epoch")), "
                    + "\(Numbers.counted(content.warmup, "warm-up request")) before each pass"
                    + (content.baseline.map { ", baseline \($0)" } ?? "")
            ),
        ]
        if let speed = content.serverSpeed {
            facts.append(
                Fact(
                    name: "server’s own",
                    text: "our decode speed is \(Numbers.fixed(speed.medianRatio, 3))× the server’s, median over "
                        + "\(Numbers.counted(speed.trials, "trial")) with at least \(speed.minimumTokens) tokens"
                )
            )
        }
        facts.append(Fact(name: "prompt cache", text: Self.promptCache(content)))
        return facts
    }

    /// Over the candidates whose server says it; how many do not is said too.
    private static func promptCache(_ content: ReportContent) -> String {
        let answered = content.responses.values.filter { $0.responses > 0 }
        let known = answered.filter { $0.cachedPromptTokens != nil }
        guard let first = known.first else { return "the server does not say" }
        let total = known.dropFirst().reduce(first, +)
        let silent = answered.count - known.count
        return "\(Numbers.smallShare(total.cachedShare)) of prompt tokens came from it "
            + "(\(Numbers.count(total.cachedPromptTokens ?? 0)))"
            + (silent > 0 ? "; of \(Numbers.counted(silent, "candidate")) the server does not say" : "")
    }

    private static func duration(_ run: RunRecord) -> String {
        guard let seconds = Wording.seconds(from: run.startedAt, to: run.endedAt) else { return "" }
        return ", \(Numbers.span(seconds: seconds))"
    }

    /// The settings that all candidates share, then those of each where they differ.
    private static func sampling(_ content: ReportContent) -> String {
        let settings = content.candidates.map { said($0.sampling) }
        guard Set(settings).count > 1 else { return settings.first ?? Numbers.undefined }
        return zip(content.candidates, settings).map { "\($0.id): \($1)" }.joined(separator: "; ")
    }

    private static func said(_ settings: SamplingSettings) -> String {
        let parts = [
            settings.temperature.map { "temperature \(Numbers.trimmed($0))" },
            settings.topP.map { "top-p \(Numbers.trimmed($0))" }, settings.topK.map { "top-k \($0)" },
            settings.maxTokens.map { "at most \(Numbers.counted($0, "token"))" }, settings.seed.map { "seed \($0)" },
            settings.stop.map { "stop at \($0.map { "“\($0)”" }.joined(separator: ", "))" },
        ].compactMap(\.self)
        return parts.isEmpty ? "the server’s own defaults" : parts.joined(separator: ", ")
    }
}

/// Keeps the directories of the machine that measured out of a page that is shared.
enum EnginePrivacy {
    /// The last component of a path.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The arguments with absolute paths cut to their last component, also behind an equals sign.
    static func arguments(_ facts: EngineFacts) -> [String] {
        facts.arguments.map { argument in
            if argument.hasPrefix("/") { return name(of: argument) }
            guard argument.hasPrefix("-"), let equals = argument.range(of: "=/") else { return argument }
            return argument[..<equals.lowerBound] + "=" + name(of: String(argument[equals.upperBound...]))
        }
    }
}
