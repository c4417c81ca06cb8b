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
        let details: String
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

    /// Behind the names of sections that occur once for each machine: empty for the first.
    let suffix: String
    let heading: String
    let definitions: [Fact]
    /// The definitions stand once on a page.
    let hasDefinitions: Bool
    let facts: [Fact]
    let engines: [Engine]
    let hasEngines: Bool
    let hasEngineDetails: Bool
    let loadUnit: String
    let responses: [Responses]
    let hasResponses: Bool
    let clientError: ClientErrorView
    let warnings: [String]
    let hasWarnings: Bool
    let command: String
    let digests: [Fact]
    let hasDigests: Bool

    /// - Parameters:
    ///   - whole: that of all machines, where there are several: the first one's part has the definitions for all.
    ///   - index: the machine's place in the report, from 0.
    ///   - machine: what tells it from the others; empty where there is one.
    init(_ content: ReportContent, whole: ReportContent? = nil, index: Int = 0, machine: String = "") {
        suffix = index == 0 ? "" : "-\(index + 1)"
        heading = "Methods" + (machine.isEmpty ? "" : ", \(machine)")
        definitions = MethodDefinitions.all(whole ?? content)
        hasDefinitions = index == 0
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
                    arguments: EnginePrivacy.arguments(facts).joined(separator: " "),
                    details: EnginePrivacy.details(facts)
                )
            }
        }
        hasEngines = !engines.isEmpty
        hasEngineDetails = engines.contains { !$0.details.isEmpty }
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
        clientError = ClientErrorView(content)
        warnings = content.warnings
        hasWarnings = !warnings.isEmpty
        command = content.runs.map(\.command).joined(separator: "\n")
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

    private static func facts(_ content: ReportContent) -> [Fact] {
        let run = content.run
        let starts = content.runs.map { Wording.dateAndTime($0.startedAt) + Self.duration($0) }
        var facts = [
            Fact(
                name: content.runs.count == 1 ? "run" : "runs",
                text: content.runs.map { "\($0.id), \($0.status.rawValue)" }.joined(separator: "; ")),
            Fact(name: "started", text: starts.joined(separator: "; ")),
        ]
        facts += MachineWords.facts(run.machine).map { Fact(name: $0.name, text: $0.text) }
        facts += [
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
        if let asking = asking(content.settings) { facts.append(Fact(name: "asking", text: asking)) }
        facts.append(Fact(name: "limits", text: limits(content.settings.limits)))
        if let services = services(content) { facts.append(Fact(name: "services", text: services)) }
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
        if let detail = content.detail {
            facts.append(
                Fact(name: "privacy", text: RedactionWords.sentence(detail.redactions) ?? "nothing was blacked out"))
        }
        return facts
    }

    /// What ends a load early, a prefix against prompt caches, candidates at once; nil where nothing was set.
    private static func asking(_ settings: RunSettings) -> String? {
        let ends = [
            settings.stop.requests.map { Numbers.counted($0, "request") },
            settings.stop.seconds.map { Numbers.setting(seconds: $0) },
            settings.stop.precision.map { "a speed known to ±\(Numbers.smallShare($0))" },
        ].compactMap(\.self)
        let parts = [
            ends.isEmpty ? nil : "each load ends with \(Numbers.list(ends, joinedBy: "or")), whichever comes first",
            settings.hasUniquePrefix ? "each request begins with words of its own, so that no prompt cache helps" : nil,
            settings.candidatesAtOnce > 1 ? "\(settings.candidatesAtOnce) candidates at once" : nil,
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private static func limits(_ limits: RequestLimits) -> String {
        "connection \(Numbers.setting(seconds: limits.connect)), first token \(Numbers.setting(seconds: limits.firstToken)), "
            + "between reads \(Numbers.setting(seconds: limits.stall)), whole request \(Numbers.setting(seconds: limits.total))"
    }

    /// Speeds of what answers from elsewhere are not this machine's.
    private static func services(_ content: ReportContent) -> String? {
        let remote = content.candidates.filter { $0.service != nil }
        guard !remote.isEmpty else { return nil }
        let hosts = Set(remote.compactMap(\.service)).sorted()
        let isOne = remote.count == 1
        return
            "the speed of \(Numbers.list(remote.map(\.id))) is that of \(hosts.count == 1 ? "a service" : "services") as "
            + "seen from this machine, the network included (\(Numbers.list(hosts))); what \(isOne ? "it runs" : "they run") "
            + "on is not known"
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
