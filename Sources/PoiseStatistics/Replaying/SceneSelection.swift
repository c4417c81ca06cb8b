import Foundation
package import PoiseCore

/// Which samples the player shows: of every kind one, typical for its task in time, where candidates part if there is one.
package struct SceneSelection: Sendable {
    package struct Selected: Hashable, Sendable {
        package let task: String
        package let sample: String
        package let kind: SceneKind
    }

    /// What is known of a task before anything was answered.
    package struct TaskTraits: Hashable, Sendable {
        package var name: String
        /// What its answers are by its graders; nil where only the answers tell.
        package var kind: SceneKind?
        /// Samples in the order of the task's file.
        package var samples: [String]

        package init(name: String, kind: SceneKind? = nil, samples: [String]) {
            self.name = name
            self.kind = kind
            self.samples = samples
        }
    }

    /// An answer of fewer characters is read at a glance: some fifteen words.
    private static let shortCharacters = 80

    package var most = 6
    /// Whether only samples that somebody failed may be shown.
    package var failuresOnly = false

    package init(most: Int = 6, failuresOnly: Bool = false) {
        self.most = most
        self.failuresOnly = failuresOnly
    }

    /// - Parameters:
    ///   - sketches: one for each candidate and sample.
    ///   - tasks: in the suite's order; sketches of other tasks are left out.
    /// - Returns: the kinds in the order in which they differ most from a plain answer, then the longest of other tasks.
    package func scenes(
        from sketches: [TrialSketch], tasks: [TaskTraits], lead: String, rival: String?
    ) -> [Selected] {
        let byTask = Dictionary(grouping: sketches, by: \.task)
        let ranked = tasks.enumerated().compactMap { place, task in
            Ranked(
                task, at: place, byTask[task.name] ?? [], lead: lead, rival: rival, failuresOnly: failuresOnly)
        }
        var chosen: [Ranked] = []
        for kind in SceneKind.allCases where chosen.count < most {
            if let best = ranked.filter({ $0.kind == kind }).min(by: { $0.isBefore($1) }) { chosen.append(best) }
        }
        // Then other tasks: what takes longest is felt most.
        let others = ranked.filter { task in !chosen.contains { $0.task.name == task.task.name } }
            .sorted { ($0.characters, $1.place) > ($1.characters, $0.place) }
        chosen += others.prefix(max(0, most - chosen.count))
        return chosen.map { Selected(task: $0.task.name, sample: $0.sample, kind: $0.kind) }
    }

    /// The best sample of one task.
    private struct Ranked {
        let task: TaskTraits
        let kind: SceneKind
        let sample: String
        /// Whether lead and rival part on it, or at least some two candidates: 0, 1, 2.
        let unanimity: Int
        /// The median length of what the lead wrote in this task.
        let characters: Int
        /// In the suite.
        let place: Int

        init?(
            _ task: TaskTraits, at place: Int, _ sketches: [TrialSketch], lead: String, rival: String?,
            failuresOnly: Bool
        ) {
            let bySample = Dictionary(grouping: sketches, by: \.sample)
            let own = sketches.filter { $0.candidate == lead && !$0.hasFailed && ($0.latency ?? 0) > 0 }
            guard let typical = median(of: own.compactMap(\.latency)) else { return nil }
            let others = Set(sketches.map(\.candidate)).subtracting([lead])
            var best: (rank: (Int, Double, Int), sample: String)?
            for (order, sample) in task.samples.enumerated() {
                guard let trials = bySample[sample], let first = own.first(where: { $0.sample == sample }),
                    !failuresOnly || trials.contains(where: \.isFailure)
                else { continue }
                let answered = trials.filter { !$0.hasFailed && $0.latency != nil && $0.candidate != lead }
                guard others.isEmpty || !answered.isEmpty else { continue }
                let second = answered.first { $0.candidate == rival }
                let verdicts = Set(trials.filter { $0.score != nil && !$0.hasFailed }.map(\.isRight))
                let parts = second.map { first.score != nil && $0.score != nil && first.isRight != $0.isRight } ?? false
                let unanimity = parts && first.isRight ? 0 : verdicts.count > 1 ? 1 : 2
                // A sample that the rival has no answer to shows only half.
                let lonely = rival != nil && second == nil ? 3 : 0
                let distance = abs(log((first.latency ?? typical) / typical))
                let rank = (unanimity + lonely, distance, order)
                if best.map({ rank < $0.rank }) ?? true { best = (rank, sample) }
            }
            guard let best else { return nil }
            self.task = task
            sample = best.sample
            unanimity = best.rank.0
            self.place = place
            let lengths = own.map { Double($0.answerCharacters + $0.reasoningCharacters) }
            characters = Int(median(of: lengths) ?? 0)
            kind = task.kind == .conversation ? .conversation : SceneSelection.kind(of: own, by: task.kind)
        }

        /// Of two tasks of one kind: where candidates part, then the longer one, then the suite's order.
        func isBefore(_ other: Ranked) -> Bool {
            (unanimity, -characters, place) < (other.unanimity, -other.characters, other.place)
        }
    }

    /// Of most of a task's answers.
    private static func kind(of sketches: [TrialSketch], by traits: SceneKind?) -> SceneKind {
        let half = (sketches.count + 1) / 2
        if sketches.count(where: { $0.reasoningCharacters > 0 }) >= half { return .thinking }
        if sketches.count(where: \.hasFence) >= half { return .code }
        if let traits { return traits }
        let length = median(of: sketches.map { Double($0.answerCharacters) }) ?? 0
        return length < Double(shortCharacters) ? .short : .prose
    }
}
