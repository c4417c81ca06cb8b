package import PoiseCore

/// What a command line names one by one, without a suite.
extension SuiteLoader {
    /// One task with its samples and graders, and the SHA-256 of its files.
    ///
    /// - Throws: `InvalidSuite` with every problem that was found.
    package func load(taskAt path: String) throws -> (task: EvaluationTask, digests: [String: String]) {
        let log = ProblemLog()
        let files = SourceFiles(for: path, granted: granted, log: log)
        let task = TaskReader(files: files, graders: graders).task(at: path, named: Paths.name(of: path), by: nil)
        files.confinement.check(CandidateReach.graders(of: task.map { [$0] } ?? []))
        try files.confinement.finish()
        guard let task, log.count == 0 else { throw InvalidSuite(problems: log.problems) }
        return (task, files.digests)
    }

    /// One rubric by its path, or by its name in a `Rubrics` folder of this folder or of one above it.
    ///
    /// - Throws: `InvalidSuite` with every problem that was found.
    package func load(rubricNamed name: String) throws -> RubricDefinition {
        let log = ProblemLog()
        let files = SourceFiles(for: "./rubric", granted: granted, log: log)
        switch RubricReader.path(of: name, besides: "./rubric") {
        case .failure(let absence):
            log.add(.init(path: name, what: absence.what, expected: absence.expected))
        case .success(let path):
            let found = RubricReader(files: files, graders: graders).rubric(at: path, named: name, by: nil)
            if let found, log.count == 0 { return found.definition }
        }
        throw InvalidSuite(problems: log.problems)
    }

    /// A profile of a file of its own, written as a suite's `profile` is.
    ///
    /// - Throws: `InvalidSuite` with every problem that was found.
    package func load(profileAt path: String) throws -> Profile {
        let log = ProblemLog()
        let files = SourceFiles(for: path, granted: granted, log: log)
        if let text = files.text(at: path, named: Paths.name(of: path), noun: "the profile", by: nil),
            let root = YAMLSource(path: path, log: log).root(of: text),
            let profile = ProfileReader.profile(from: root), log.count == 0
        {
            return profile
        }
        throw InvalidSuite(problems: log.problems)
    }

    /// The judges that a file names: a suite, or one that holds `judges` alone.
    ///
    /// - Throws: `InvalidSuite` with every problem that was found.
    package func load(judgesAt path: String) throws -> [Candidate] {
        let log = ProblemLog()
        let files = SourceFiles(for: path, granted: granted, log: log)
        if let text = files.text(at: path, named: Paths.name(of: path), noun: "the file of judges", by: nil),
            let root = YAMLSource(path: path, log: log).root(of: text),
            let mapping = Mapping(root, "a file of judges", keys: SuiteKeys.all.map(\.asOptional))
        {
            if mapping.has(SuiteKeys.judges) {
                let judges = judges(in: mapping, files: files)
                files.confinement.check(judges.map(CandidateReach.init))
                try files.confinement.finish()
                if log.count == 0 { return judges }
            } else {
                root.refuse("the file names no judges", expected: "judges: a list, each written as a candidate is.")
            }
        }
        throw InvalidSuite(problems: log.problems)
    }

    /// The rules of a gate: those of a suite, or of a file that holds `gate` alone.
    ///
    /// - Parameters:
    ///   - tasks: the tasks that rules may name, of the run that they are held against; nil leaves that to the gate.
    ///   - loads: its loads.
    /// - Throws: `InvalidSuite` with every problem that was found.
    package func load(gateAt path: String, tasks: [String]?, loads: [Load]?) throws -> [GateRule] {
        let log = ProblemLog()
        let files = SourceFiles(for: path, granted: granted, log: log)
        if let text = files.text(at: path, named: Paths.name(of: path), noun: "the file of rules", by: nil),
            let root = YAMLSource(path: path, log: log).root(of: text),
            let mapping = Mapping(root, "a file of rules", keys: SuiteKeys.all.map(\.asOptional))
        {
            if let value = mapping.read(SuiteKeys.gate) {
                let rules = GateReader(tasks: tasks, loads: loads).rules(in: value)
                if log.count == 0 { return rules }
            } else {
                root.refuse("the file has no rules", expected: "gate: a list, as - accuracy: {non_inferior_by: 0.03}.")
            }
        }
        throw InvalidSuite(problems: log.problems)
    }
}
