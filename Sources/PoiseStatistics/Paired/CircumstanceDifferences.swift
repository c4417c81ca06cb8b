package import PoiseCore

/// What shapes two candidates' numbers and differs between them, though the candidates are not about it.
package enum CircumstanceDifferences {
    /// - Parameter tasks: the tasks that both were asked and that count.
    /// - Returns: the gravest first, in the order of the subjects.
    package static func between(
        _ base: MeasuredCandidate, _ candidate: MeasuredCandidate, tasks: [String]
    ) -> [CircumstanceDifference] {
        let (one, other) = (base.circumstances, candidate.circumstances)
        return CircumstanceDifference.Subject.allCases.compactMap { subject in
            difference(in: subject, one, other, ofOneModel: base.model == candidate.model, tasks: tasks)
        }
    }

    /// Tasks whose scores come from graders of other versions on the two sides.
    package static func regraded(
        _ base: MeasuredCandidate, _ candidate: MeasuredCandidate, tasks: [String]
    ) -> [String] {
        tasks.filter { base.circumstances.graders[$0] != candidate.circumstances.graders[$0] }
    }

    private static func difference(
        in subject: CircumstanceDifference.Subject, _ one: Circumstances, _ other: Circumstances, ofOneModel: Bool,
        tasks: [String]
    ) -> CircumstanceDifference? {
        func unequal<Value: Equatable>(
            _ path: KeyPath<Circumstances, Value>, _ words: (Value) -> String?
        ) -> CircumstanceDifference? {
            one[keyPath: path] == other[keyPath: path]
                ? nil
                : CircumstanceDifference(
                    subject, base: words(one[keyPath: path]), candidate: words(other[keyPath: path]))
        }
        func of(
            _ concerned: [String], _ values: (Circumstances, String) -> String?
        ) -> CircumstanceDifference? {
            guard let first = concerned.first else { return nil }
            // Digests say nothing to people; of one task they tell which is which.
            return CircumstanceDifference(
                subject, base: concerned.count == 1 ? values(one, first) : nil,
                candidate: concerned.count == 1 ? values(other, first) : nil, tasks: concerned)
        }
        switch subject {
        case .status:
            guard one.status != .done || other.status != .done else { return nil }
            return CircumstanceDifference(subject, base: one.status.rawValue, candidate: other.status.rawValue)
        case .simulated:
            guard one.isSimulated || other.isSimulated else { return nil }
            return CircumstanceDifference(
                subject, base: one.isSimulated ? "simulated" : "real",
                candidate: other.isSimulated ? "simulated" : "real")
        case .machine:
            guard one.machine != other.machine else { return nil }
            return CircumstanceDifference(subject, base: one.machineSummary, candidate: other.machineSummary)
        case .nodes:
            guard one.machine == other.machine, let these = one.nodes, let those = other.nodes,
                Set(these) != Set(those)
            else { return nil }
            return CircumstanceDifference(subject, base: machines(these), candidate: machines(those))
        case .service: return unequal(\.service) { $0 }
        case .prompts: return of(tasks.filter { one.prompts[$0] != other.prompts[$0] }) { $0.prompts[$1] }
        case .graders:
            return of(tasks.filter { one.graders[$0] != other.graders[$0] }) {
                $0.graders[$1].map { $0.joined(separator: ", ") }
            }
        case .mixedGraders:
            return of(tasks.filter { (one.graders[$0]?.count ?? 0) > 1 || (other.graders[$0]?.count ?? 0) > 1 }) {
                $0.graders[$1].map { $0.joined(separator: ", ") }
            }
        // Models have templates of their own.
        case .chatTemplate: return ofOneModel ? unequal(\.chatTemplate) { $0.map { String($0.prefix(12)) } } : nil
        case .sampling: return pairs(subject, listed(one.sampling), listed(other.sampling))
        case .engine: return unequal(\.engine) { $0 }
        case .engineBuild: return unequal(\.engineBuild) { $0 }
        case .engineArguments: return pairs(subject, listed(one.engineArguments), listed(other.engineArguments))
        case .settings: return pairs(subject, listed(one.settings), listed(other.settings))
        case .rounds: return unequal(\.rounds, String.init)
        case .epochs: return unequal(\.epochs, String.init)
        case .warmup: return unequal(\.warmup, String.init)
        case .poiseVersion: return unequal(\.poiseVersion) { $0 }
        }
    }

    private static func machines(_ nodes: [String]) -> String {
        let count = Set(nodes).count
        return count == 1 ? "1 machine" : "\(count) machines"
    }

    // MARK: - Settings by name

    /// Only what differs, each side as `name value, name value`; nil where nothing does.
    private static func pairs(
        _ subject: CircumstanceDifference.Subject, _ one: [(name: String, text: String)],
        _ other: [(name: String, text: String)]
    ) -> CircumstanceDifference? {
        func words(_ side: [(name: String, text: String)], not others: [(name: String, text: String)]) -> String? {
            let own = side.filter { entry in !others.contains { $0 == entry } }
            return own.isEmpty
                ? nil
                : own.map { $0.text.isEmpty ? $0.name : "\($0.name) \($0.text)" }
                    .joined(separator: ", ")
        }
        let (base, candidate) = (words(one, not: other), words(other, not: one))
        guard base != nil || candidate != nil else { return nil }
        return CircumstanceDifference(subject, base: base, candidate: candidate)
    }

    private static func listed(_ sampling: SamplingSettings) -> [(name: String, text: String)] {
        [
            ("temperature", sampling.temperature.map { "\($0)" }), ("top_p", sampling.topP.map { "\($0)" }),
            ("top_k", sampling.topK.map(String.init)), ("max_tokens", sampling.maxTokens.map(String.init)),
            ("seed", sampling.seed.map(String.init)), ("stop", sampling.stop.map { "\($0)" }),
        ].compactMap { name, text in text.map { (name, $0) } }
    }

    /// An option with its value, where it has one.
    private static func listed(_ arguments: [String]) -> [(name: String, text: String)] {
        var options: [(name: String, text: String)] = []
        for argument in arguments {
            if argument.hasPrefix("-") && Double(argument) == nil || options.isEmpty {
                options.append((argument, ""))
            } else {
                let last = options.removeLast()
                options.append((last.name, last.text.isEmpty ? argument : "\(last.text) \(argument)"))
            }
        }
        return options
    }

    private static func listed(_ settings: RunSettings) -> [(name: String, text: String)] {
        [
            ("stop.requests", settings.stop.requests.map(String.init)),
            ("stop.time", settings.stop.seconds.map { "\($0) s" }),
            ("stop.precision", settings.stop.precision.map { "\($0)" }),
            ("unique_prefix", settings.hasUniquePrefix ? "true" : nil),
            ("candidates_at_once", settings.candidatesAtOnce == 1 ? nil : "\(settings.candidatesAtOnce)"),
            ("limits.connect", "\(settings.limits.connect) s"),
            ("limits.first_token", "\(settings.limits.firstToken) s"),
            ("limits.stall", "\(settings.limits.stall) s"), ("limits.total", "\(settings.limits.total) s"),
        ].compactMap { name, text in text.map { (name, $0) } }
    }
}
