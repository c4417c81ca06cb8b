import PoiseCore

/// What the page's template is filled with; markup made here stands in properties that the template does not escape.
struct PageView {
    let policy: String
    let style: String
    let script: String
    let title: String
    let mast: String
    let notices: [Notice]
    let answer: AnswerView
    let loads: [LoadView]
    let comparisons: [LoadComparison]
    let hasComparisons: Bool
    let ladder: LadderView
    let feel: FeelView
    let samples: SamplesView
    let hasCandidates: Bool
    let hasTasks: Bool
    let hasWaiting: Bool
    /// The marks that the dot plots of tasks refer to.
    let marks: String
    /// One for each machine on which judges were asked.
    let judges: [JudgeView]
    let hasJudges: Bool
    /// One for each machine.
    let methods: [MethodsView]
    let footer: String
    let data: String
    /// Whether it is of a run that goes on, and asks the server that made it for newer ones.
    let isLive: Bool
    let liveVersion: String

    struct Notice {
        let title: String
        let text: String
    }

    /// - Parameter liveVersion: counts the pages of a run that goes on; nil for a page that is a file.
    init(_ content: ReportContent, liveVersion: Int? = nil) {
        // A run that was cut short may have points at fewer loads than its suite names.
        let parts = content.parts
        let sections = parts.enumerated().flatMap { index, part in
            part.measuredLoads.map { load in
                AnswerView.Section(part: part, machine: parts.machineName(index), view: FrontView(part, load: load))
            }
        }
        isLive = liveVersion != nil
        self.liveVersion = liveVersion.map(String.init) ?? ""
        style = isLive ? PageStyle.livePage : PageStyle.page
        script = isLive ? PageStyle.liveScript : PageStyle.script
        policy = Self.policy(style: style, script: script, isLive: isLive)
        title = "\(content.suite.name), \(Wording.date(content.run.startedAt)): Poise"
        mast = "Suite \(content.suite.name), \(Wording.dateAndTime(content.run.startedAt))"
        notices = Self.notices(content)
        answer = AnswerView(content, sections)
        loads = sections.enumerated().map { index, section in
            LoadView(
                section.part, section.view, index: index,
                isOnly: section.part.measuredLoads.count == 1, machine: section.machine)
        }
        comparisons = parts.enumerated().compactMap {
            LoadComparison($1, index: $0, machine: parts.machineName($0))
        }
        hasComparisons = !comparisons.isEmpty
        ladder = LadderView(content)
        feel = FeelView(content)
        samples = SamplesView(content)
        hasCandidates = loads.contains(where: \.hasCandidates)
        hasTasks = loads.contains(where: \.tasks.hasRows)
        hasWaiting = loads.contains(where: \.waiting.isShown)
        marks = hasTasks ? TaskChart.marks(of: sections.map(\.view.models.count).max() ?? 0) : ""
        judges = parts.enumerated().compactMap { JudgeView($1, index: $0, machine: parts.machineName($0)) }
        hasJudges = !judges.isEmpty
        methods = parts.enumerated().map { MethodsView($1, whole: content, index: $0, machine: parts.machineName($0)) }
        let runs = parts.flatMap(\.runs).map(\.id)
        footer =
            "Made by Poise \(content.run.poiseVersion) from \(runs.count == 1 ? "run" : "runs") "
            + "\(Numbers.list(runs))."
        data = PageJSON.text(content)
    }

    /// Nothing but the page's own style and script, each named by its hash, and the icon in it.
    ///
    /// - Parameter isLive: whether it may ask the server that it came from.
    static func policy(style: String, script: String, isLive: Bool = false) -> String {
        "default-src 'none'; style-src 'sha256-\(SHA256Digest.base64(of: style))'; "
            + "script-src 'sha256-\(SHA256Digest.base64(of: script))'; img-src data:; base-uri 'none'; form-action 'none'"
            + (isLive ? "; connect-src 'self'" : "")
    }

    static func notices(_ content: ReportContent) -> [Notice] {
        let parts = content.parts
        var notices: [Notice] = []
        if parts.contains(where: \.isSimulated) {
            let all = parts.allSatisfy { part in
                part.candidates.allSatisfy { part.engines[$0.id]?.isSimulated ?? false }
            }
            notices.append(
                Notice(
                    title: "Simulated",
                    text: (all ? "The" : "Some of the") + " answers on this page come from a simulated endpoint. No "
                        + "model wrote them, and their speed is that of a schedule."
                )
            )
        }
        let runs = parts.flatMap(\.runs)
        for run in runs { if let notice = notice(run, isOnly: runs.count == 1) { notices.append(notice) } }
        return notices
    }

    /// That a run was cut short.
    static func notice(_ run: RunRecord, isOnly: Bool) -> Notice? {
        let (this, the) = isOnly ? ("This run", "The run") : ("Run \(run.id)", "Run \(run.id)")
        switch run.status {
        case .done: return nil
        case .running: return Notice(title: "Unfinished", text: "\(this) had not ended when the page was made.")
        case .incomplete:
            let text = "ome candidates could not be run to their end."
            return Notice(title: "Incomplete", text: isOnly ? "S\(text)" : "Run \(run.id): s\(text)")
        case .interrupted: return Notice(title: "Interrupted", text: "\(the) was stopped before its end.")
        }
    }
}
