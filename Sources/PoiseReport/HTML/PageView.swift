import PoiseCore

/// What the page's template is filled with; markup made here stands in properties that the template does not escape.
struct PageView {
    let policy: String
    let style: String
    let title: String
    let mast: String
    let notices: [Notice]
    let kicker: String
    let description: String
    let hasDescription: Bool
    let headline: [AnswerText.Run]
    let isLong: Bool
    let verdict: [[AnswerText.Run]]
    let facts: [PageFact]
    let compared: String
    let loads: [LoadView]
    let hasCandidates: Bool
    let hasTasks: Bool
    let methods: MethodsView
    let footer: String
    let data: String

    struct Notice {
        let title: String
        let text: String
    }

    init(_ content: ReportContent) {
        // A run that was cut short may have points at fewer loads than its suite names.
        let all = content.allLoads
        let measured = all.filter { load in content.points.contains { $0.load == load } }
        let views = (measured.isEmpty ? Array(all.prefix(1)) : measured).map { FrontView(content, load: $0) }
        let first = views.first ?? FrontView(content, load: 1)
        let answer = AnswerText(first)
        style = PageStyle.page
        policy = Self.policy(style: PageStyle.page)
        title = "\(content.suite.name), \(Wording.date(content.run.startedAt)): Poise"
        mast = "Suite \(content.suite.name), \(Wording.dateAndTime(content.run.startedAt))"
        notices = Self.notices(content)
        kicker = "On this machine, \(Wording.load(first.load))"
        description = content.suite.description ?? ""
        hasDescription = !description.isEmpty
        headline = answer.title
        isLong = answer.headline.count > 56
        verdict = answer.paragraphs + views.dropFirst().map { AnswerText($0).summary($0) }
        facts = PageFact.six(content, first)
        compared = Self.compared(content)
        loads = views.enumerated().map { LoadView(content, $1, index: $0, isOnly: views.count == 1) }
        hasCandidates = loads.contains(where: \.hasCandidates)
        hasTasks = loads.contains(where: \.tasks.hasRows)
        methods = MethodsView(content)
        footer = "Made by Poise \(content.run.poiseVersion) from run \(content.run.id)."
        data = PageJSON.text(content)
    }

    /// Nothing but the page's own style and the icon in it; the style is named by its hash.
    static func policy(style: String) -> String {
        "default-src 'none'; style-src 'sha256-\(SHA256Digest.base64(of: style))'; img-src data:; base-uri 'none'; "
            + "form-action 'none'"
    }

    private static func notices(_ content: ReportContent) -> [Notice] {
        var notices: [Notice] = []
        if content.isSimulated {
            let all = content.candidates.allSatisfy { content.engines[$0.id]?.isSimulated ?? false }
            notices.append(
                Notice(
                    title: "Simulated",
                    text: (all ? "The" : "Some of the") + " answers on this page come from a simulated endpoint. No "
                        + "model wrote them, and their speed is that of a schedule."
                )
            )
        }
        switch content.run.status {
        case .done: break
        case .running:
            notices.append(Notice(title: "Unfinished", text: "This run had not ended when the page was made."))
        case .incomplete:
            notices.append(Notice(title: "Incomplete", text: "Some candidates could not be run to their end."))
        case .interrupted:
            notices.append(Notice(title: "Interrupted", text: "The run was stopped before its end."))
        }
        return notices
    }

    private static func compared(_ content: ReportContent) -> String {
        let models = Set(content.candidates.map(\.model)).count
        let samples = content.tasks.reduce(0) { $0 + $1.sampleCount }
        let responses = content.responses.values.reduce(0) { $0 + $1.responses }
        let failed = content.responses.values.reduce(0) { $0 + $1.failed }
        let loads =
            content.loads.count == 1 || content.loads.contains(where: \.isOpenLoop)
            ? Numbers.list(content.loads.map(Wording.load))
            : "at \(Numbers.list(content.loads.map(\.description))) requests in flight"
        var text =
            "Compared: \(Numbers.counted(content.candidates.count, "candidate")) of "
            + "\(Numbers.counted(models, "model")) on \(Numbers.counted(content.tasks.count, "task")) with "
            + "\(Numbers.counted(samples, "sample")), \(loads), in \(Numbers.counted(content.rounds, "round"))"
        if !content.responses.isEmpty {
            text += ": \(Numbers.counted(responses, "response"))"
            if failed > 0 { text += " and \(Numbers.counted(failed, "failed trial"))" }
        }
        if let seconds = Wording.seconds(from: content.run.startedAt, to: content.run.endedAt) {
            text += " in \(Numbers.span(seconds: seconds))"
        }
        let engines = Wording.engines(content)
        text += ". \(engines.isEmpty ? "" : "\(engines) on ")\(Wording.machine(content.run.machine))."
        return text + " Intervals are 95% throughout."
    }
}
