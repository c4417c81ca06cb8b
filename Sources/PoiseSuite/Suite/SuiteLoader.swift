import Foundation
package import PoiseCore

/// Reads a suite and all files that it names into a validated plan.
///
/// All problems are collected, so that one run of the loader shows everything that is to be mended.
package struct SuiteLoader: Sendable {
    let graders: GraderReader
    private let environment: [String: String]?
    /// What the files to be loaded were trusted with: sentences of needs.
    let granted: Set<String>

    /// - Parameters:
    ///   - checks: what task and rubric files may name.
    ///   - trial: builds a check, to hear what it says of its options beyond their kinds.
    ///   - environment: where `api_key_env` must be set; nil leaves that to the run.
    ///   - granted: sentences of the needs that are granted; what else reaches beyond a suite's folder is turned away.
    package init(
        checks: [CheckSpecification], trial: @escaping @Sendable (CheckDefinition) throws -> Void = { _ in },
        environment: [String: String]? = nil, granted: Set<String> = []
    ) {
        graders = GraderReader(checks: checks, trial: trial)
        self.environment = environment
        self.granted = granted
    }

    /// The plan of a suite.
    ///
    /// - Parameter limit: goes over the suite's own; at least 1.
    /// - Throws: `UntrustedSuite` with all that was turned away; else `InvalidSuite` with every problem that was found.
    package func load(suiteAt path: String, limit: Int? = nil) throws -> Plan {
        let log = ProblemLog()
        if let limit, limit < 1 {
            log.add(.init(path: path, what: "a limit of \(limit)", expected: "Keep at least 1 sample of each task."))
            throw InvalidSuite(problems: log.problems)
        }
        let files = SourceFiles(for: path, granted: granted, log: log)
        guard let text = files.text(at: path, named: Paths.name(of: path), noun: "the suite", by: nil),
            let root = YAMLSource(path: path, log: log).root(of: text),
            let mapping = Mapping(root, "a suite", keys: SuiteKeys.all)
        else { throw InvalidSuite(problems: log.problems) }
        let plan = plan(from: mapping, text: text, files: files, limit: limit)
        // First: what was not read looks like mistakes in what was.
        try files.confinement.finish()
        guard let plan, log.count == 0 else { throw InvalidSuite(problems: log.problems) }
        return plan
    }

    private func plan(from mapping: Mapping, text: String, files: SourceFiles, limit: Int?) -> Plan? {
        let name = mapping.read(SuiteKeys.name)
        let description = mapping.read(SuiteKeys.description)
        let candidates = candidates(in: mapping, files: files)
        let judges = judges(in: mapping, files: files)
        let before = files.log.count
        let tasks = tasks(in: mapping, files: files)
        files.confinement.check(
            ((candidates ?? []) + judges).map(CandidateReach.init) + CandidateReach.graders(of: tasks))
        let areTasksSound = files.log.count == before
        let epochs = mapping.read(SuiteKeys.epochs)
        let rounds = mapping.read(SuiteKeys.rounds)
        let loads = mapping.read(SuiteKeys.load)
        let settings = RunSettingsReader.settings(in: mapping, candidates: candidates)
        let warmup = mapping.read(SuiteKeys.warmup)
        let seed = mapping.read(SuiteKeys.seed).map(UInt64.init)
        let asked = limit ?? mapping.read(SuiteKeys.limit)
        let baseline = mapping.read(SuiteKeys.baseline)
        let profile = mapping.read(SuiteKeys.profile).flatMap(ProfileReader.profile(from:))
        let reader = GateReader(tasks: areTasksSound ? tasks.map(\.name) : nil, loads: loads)
        let gate = mapping.read(SuiteKeys.gate).map(reader.rules) ?? []
        if let baseline, let candidates { check(baseline, among: candidates) }
        if let candidates { check(candidates, canCallToolsOf: tasks, mapping) }
        guard let name, let candidates, let epochs, let rounds, let loads, let settings, let warmup, let seed else {
            return nil
        }
        // A limit that takes nothing away is none.
        let limit = asked.flatMap { most in tasks.contains { $0.samples.count > most } ? most : nil }
        return Plan(
            name: name, description: description, candidates: candidates,
            tasks: limit.map { limit in tasks.map { SampleSubset.of($0, limit: limit, seed: seed) } } ?? tasks,
            loads: loads, rounds: rounds, epochs: epochs, warmup: warmup, seed: seed, limit: limit,
            baseline: baseline?.text, settings: settings, judges: judges, gate: gate, profile: profile,
            source: .init(path: mapping.value.source.path, text: text, digests: files.digests)
        )
    }

    /// The candidates; nil where one of them is wrong, so that the baseline is not held against half of them.
    private func candidates(in mapping: Mapping, files: SourceFiles) -> [Candidate]? {
        let sampling = SamplingReader.settings(in: mapping.read(SuiteKeys.sampling), over: SamplingKeys.defaults)
        guard let list = mapping.read(SuiteKeys.candidates) else { return nil }
        let before = files.log.count
        let reader = CandidateReader(
            sampling: sampling, environment: environment, confinement: files.confinement)
        let candidates = reader.candidates(in: list)
        return files.log.count == before ? candidates : nil
    }

    /// A suite's judges, or those of a file that holds nothing else; their sampling is their own and not the suite's.
    func judges(in mapping: Mapping, files: SourceFiles) -> [Candidate] {
        guard let list = mapping.read(SuiteKeys.judges) else { return [] }
        let reader = CandidateReader(
            sampling: SamplingKeys.judges, environment: environment, confinement: files.confinement, noun: "judge")
        return reader.candidates(in: list)
    }

    private func check(_ baseline: LocatedText, among candidates: [Candidate]) {
        let ids = candidates.map(\.id)
        guard !ids.contains(baseline.text) else { return }
        baseline.value.refuse(
            "the baseline “\(baseline.text)” is none of the candidates",
            expected: suggestion(for: baseline.text, among: ids, called: "candidates")
        )
    }

    /// Legacy completions have no place for tools: their answers would say nothing about who can use them.
    private func check(_ candidates: [Candidate], canCallToolsOf tasks: [EvaluationTask], _ suite: Mapping) {
        guard let task = tasks.first(where: { $0.samples.contains { !$0.tools.isEmpty } }) else { return }
        for candidate in candidates {
            guard case .endpoint(let endpoint) = candidate.serving, endpoint.connection?.api == .completions else {
                continue
            }
            suite.value.refuse(
                "\(candidate.id) cannot call the tools of \(task.name): its API is completions",
                expected: "Ask it by chat, or leave the task out.")
        }
    }

    // MARK: - Tasks

    private func tasks(in mapping: Mapping, files: SourceFiles) -> [EvaluationTask] {
        let reader = TaskReader(files: files, graders: graders)
        var paths: Set<String> = []
        var tasks: [EvaluationTask] = []
        var places: [String: String] = [:]
        for reference in mapping.read(SuiteKeys.tasks) ?? [] {
            for path in taskPaths(of: reference, files: files) where paths.insert(Paths.absolute(path)).inserted {
                guard let task = reader.task(at: path, named: reference.text, by: reference.value) else { continue }
                if let earlier = places[task.name] {
                    files.log.add(
                        .init(
                            path: path, what: "a second task “\(task.name)”; the first is \(earlier)",
                            expected: "Give each task a name of its own."
                        )
                    )
                }
                places[task.name] = places[task.name] ?? path
                tasks.append(task)
            }
        }
        return tasks
    }

    /// The files that an entry of `tasks` names.
    private func taskPaths(of reference: LocatedText, files: SourceFiles) -> [String] {
        let path = Paths.resolved(reference.text, against: reference.value.source.path)
        let glob = Glob(pattern: path)
        if !glob.isPattern { return [path] }
        guard files.confinement.admits(pattern: path, at: reference.value.place) else { return [] }
        if FileManager.default.fileExists(atPath: path) { return [path] }
        guard let matches = glob.matches() else {
            reference.value.refuse(
                "“\(reference.text)” looks through more than \(Glob.mostEntries) files",
                expected: "Name a folder nearer to the tasks.")
            return []
        }
        if matches.isEmpty {
            reference.value.refuse(
                "no task file matches “\(reference.text)”",
                expected: "Looked for \(path); paths are relative to the file that names them."
            )
        }
        return matches
    }
}
