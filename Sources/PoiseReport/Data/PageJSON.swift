import PoiseCore

/// The page's data as it stands at its end: everything shown, under the names of the database.
enum PageJSON {
    /// What no script reads, and other programs may read without trailing digits.
    private static let lean: Set = [
        "run", "suite", "candidates", "tasks", "points", "calibration", "lags", "judged", "judges", "judgeCalibrations",
        "lengths", "graders", "joinedRuns",
    ]

    static func text(_ content: ReportContent) -> String {
        inScript(
            .object(
                [("version", .integer(1))]
                    + members(content).map { ($0.name, lean.contains($0.name) ? $0.value.lean : $0.value) }))
    }

    /// Inside a script element only `<` can end it or change how it is read; in JSON it stands in strings alone.
    static func inScript(_ document: OrderedJSON) -> String {
        document.compact.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
    }

    /// What the page of one machine shows, then the other machines'.
    static func members(_ content: ReportContent) -> [(name: String, value: OrderedJSON)] {
        [
            ("run", FrontJSON.run(content)),
            ("suite", suite(content)),
            ("candidates", .array(content.candidates.map { candidate($0, content) })),
            (
                "tasks",
                .array(
                    content.tasks.map { task in
                        .object([
                            ("name", .string(task.name)), ("title", .optional(task.title)),
                            ("samples", .count(task.sampleCount)),
                        ])
                    }
                )
            ),
            ("points", .array(FrontJSON.points(content))),
            ("taskAccuracy", .array(content.taskAccuracies.map(taskAccuracy))),
            ("serverSpeed", content.serverSpeed.map(serverSpeed) ?? .null),
            ("warnings", .array(content.warnings.map(OrderedJSON.string))),
            ("calibration", content.calibration.map(CalibrationJSON.document) ?? .null),
            ("lags", .array(FrontJSON.lags(content))),
            ("taskCharts", TaskChartJSON.charts(content)), ("waits", WaitJSON.waits(content)),
            ("lengths", WaitJSON.lengths(content)), ("graders", WaitJSON.graders(content)),
            ("taskFigures", .array(FrontJSON.taskFigures(content))),
            ("judged", .array(JudgingJSON.shares(content.judgedShares))),
            ("judges", .array(JudgingJSON.usage(content.judgeUsage))),
            ("judgeCalibrations", .array(content.judgeCalibrations.map(JudgeCalibrationJSON.document))),
            ("fronts", FrontViewsJSON.value(content)),
            ("joinedRuns", .array(content.joinedRuns.map { FrontJSON.run($0, of: content) })),
        ] + DecisionJSON.members(content.detail) + [
            ("scenes", SceneJSON.scenes(content.detail?.scenes ?? [])),
            ("otherMachines", .array(content.otherMachines.map { .object(members($0)) })),
        ]
    }

    private static func suite(_ content: ReportContent) -> OrderedJSON {
        .object([
            ("name", .string(content.suite.name)), ("description", .optional(content.suite.description)),
            ("loads", .array(content.loads.map(OrderedJSON.load))), ("rounds", .count(content.rounds)),
            ("epochs", .count(content.epochs)), ("warmup", .count(content.warmup)),
            ("resamples", .count(content.resamples)),
            ("sha256", .sorted(content.suite.digests, OrderedJSON.string)),
            ("settings", settings(content.settings)),
        ])
    }

    /// Times in seconds.
    private static func settings(_ settings: RunSettings) -> OrderedJSON {
        .object([
            (
                "stop",
                .object([
                    ("requests", .optional(settings.stop.requests)), ("seconds", .optional(settings.stop.seconds)),
                    ("precision", .optional(settings.stop.precision)),
                ])
            ), ("uniquePrefix", .bool(settings.hasUniquePrefix)),
            ("candidatesAtOnce", .count(settings.candidatesAtOnce)),
            (
                "limits",
                .object([
                    ("connect", .number(settings.limits.connect)), ("firstToken", .number(settings.limits.firstToken)),
                    ("stall", .number(settings.limits.stall)), ("total", .number(settings.limits.total)),
                ])
            ),
        ])
    }

    private static func candidate(_ candidate: CandidateSummary, _ content: ReportContent) -> OrderedJSON {
        .object([
            ("id", .string(candidate.id)), ("model", .string(candidate.model)),
            ("quantization", .optional(candidate.quantization)),
            ("sampling", sampling(candidate.sampling)),
            ("service", .optional(candidate.service)),
            ("engine", content.engines[candidate.id].map(engine) ?? .null),
            ("responses", content.responses[candidate.id].map(responses) ?? .null),
        ])
    }

    private static func sampling(_ settings: SamplingSettings) -> OrderedJSON {
        .object([
            ("temperature", .optional(settings.temperature)), ("topP", .optional(settings.topP)),
            ("topK", .optional(settings.topK)), ("maxTokens", .optional(settings.maxTokens)),
            ("seed", .optional(settings.seed)),
            ("stop", settings.stop.map { .array($0.map(OrderedJSON.string)) } ?? .null),
        ])
    }

    private static func engine(_ facts: EngineFacts) -> OrderedJSON {
        .object([
            ("engine", .string(facts.engine)), ("build", .optional(facts.build)),
            ("arguments", .array(EnginePrivacy.arguments(facts).map(OrderedJSON.string))),
            ("loadTime", .optional(facts.loadTime)), ("peakMemory", .optional(facts.peakMemory)),
            ("isSimulated", .bool(facts.isSimulated)),
            ("details", facts.details.map(details) ?? .null),
            (
                "file",
                facts.modelFile.map { file in
                    .object([
                        ("name", .string(EnginePrivacy.name(of: file.path))),
                        ("architecture", .string(file.architecture)), ("parameters", .integer(file.parameters)),
                        ("fileType", .string(file.fileType)), ("bytes", .integer(file.bytes)),
                        ("sha256", .string(file.sha256)), ("contextLength", .optional(file.contextLength)),
                        ("templateSHA256", .optional(file.templateSHA256)),
                    ])
                } ?? .null
            ),
        ])
    }

    private static func details(_ details: EngineDetails) -> OrderedJSON {
        .object(details.listed.map { ($0.name, .string($0.text)) })
    }

    private static func responses(_ facts: ResponseFacts) -> OrderedJSON {
        .object([
            ("responses", .count(facts.responses)), ("fromCache", .count(facts.fromCache)),
            ("lengthCapped", .count(facts.lengthCapped)),
            ("chunks", .count(facts.chunks)), ("coalescedChunks", .count(facts.coalescedChunks)),
            ("carriedTokens", .optional(facts.carriedTokens)), ("promptTokens", .count(facts.promptTokens)),
            ("cachedPromptTokens", .optional(facts.cachedPromptTokens)),
            ("failures", .sorted(facts.failures, OrderedJSON.count)),
            (
                "finishReasons",
                .object(facts.endings(atMost: 20).named.map { ($0.reason, .count($0.responses)) })
            ),
        ])
    }

    private static func taskAccuracy(_ score: TaskAccuracy) -> OrderedJSON {
        .object([
            ("candidate", .string(score.candidate)), ("task", .string(score.task)), ("load", .load(score.load)),
            ("correct", .number(score.correct)), ("n", .count(score.n)), ("unscored", .count(score.unscored)),
        ])
    }

    private static func serverSpeed(_ speed: ServerSpeed) -> OrderedJSON {
        .object([
            ("medianRatio", .number(speed.medianRatio)), ("trials", .count(speed.trials)),
            ("minimumTokens", .count(speed.minimumTokens)),
        ])
    }
}
