import PoiseCore

/// What was measured, with what, and how to do it again.
struct MethodsView {
    struct Fact {
        let name: String
        let text: String
    }

    /// One grader of a task, with its version.
    struct Grader {
        let task: String
        let role: String
        let grader: String
        let version: String
        let scores: String
        let unscored: String
    }

    /// Behind the names of sections that occur once for each machine: empty for the first.
    let suffix: String
    let heading: String
    let definitions: [Fact]
    /// The definitions stand once on a page.
    let hasDefinitions: Bool
    let facts: [Fact]
    let graders: [Grader]
    let hasGraders: Bool
    /// Rather a list than a table in sight.
    let hasManyGraders: Bool
    /// What of the database is not on the page, and how the page chose.
    let leftOut: [String]
    let hasLeftOut: Bool
    let clientError: ClientErrorView
    let nodes: NodesView
    let warnings: [String]
    let hasWarnings: Bool
    let command: String
    /// Behind what the copy button copies.
    let commandID: String
    /// How to get at the numbers of the page without reading them off.
    let hasData: Bool
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
        graders = content.graders.map { grader in
            Grader(
                task: grader.task, role: grader.position == 0 ? "decides" : "beside it", grader: grader.grader,
                version: grader.version ?? Numbers.undefined, scores: Numbers.count(grader.scores),
                unscored: grader.unscored == 0 ? "" : Numbers.count(grader.unscored))
        }
        hasGraders = !graders.isEmpty
        hasManyGraders = graders.count > 8
        leftOut = LeftOutWords.sentences(content)
        hasLeftOut = !leftOut.isEmpty
        clientError = ClientErrorView(content)
        nodes = NodesView(content)
        warnings = content.warnings
        hasWarnings = !warnings.isEmpty
        commandID = "command" + suffix
        hasData = index == 0
        command = content.runs.map(\.command).joined(separator: "\n")
        digests = content.suite.digests.sorted { $0.key < $1.key }.map { Fact(name: $0.key, text: $0.value) }
        hasDigests = !digests.isEmpty
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
        if content.nodes.count > 1 {
            let kinds = Set(content.nodes.map(\.machine.identity)).count
            let rest = kinds == 1 ? "all of this kind; the facts above are the first one’s" : "of \(kinds) kinds"
            facts.append(Fact(name: "machines", text: "\(content.nodes.count), \(rest)"))
        }
        facts += [
            Fact(name: "engine", text: content.engines.isEmpty ? Numbers.undefined : Wording.engines(content)),
            Fact(name: "Poise", text: run.poiseVersion),
            Fact(name: "seed", text: seeds(content)),
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

    /// One seed for everything that is drawn at random, of each run where they differ.
    private static func seeds(_ content: ReportContent) -> String {
        let seeds = content.runs.map { "\($0.seed)" }
        let all =
            Set(seeds).count == 1
            ? seeds[0] : zip(content.runs, seeds).map { "\($0.id): \($1)" }.joined(separator: "; ")
        return "\(all), for the order of samples, every resample and every sample of streams"
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
        guard let seconds = Wording.seconds(of: run) else { return "" }
        let parts = run.resumed.map { " in \(Numbers.counted($0 + 1, "part"))" } ?? ""
        return ", \(Numbers.span(seconds: seconds))\(parts)"
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
