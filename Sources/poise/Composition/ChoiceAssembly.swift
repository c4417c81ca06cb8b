import Foundation
import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore
import PoiseSuite

/// Puts a recommendation together from stored runs.
enum ChoiceAssembly {
    /// Joint resamples behind intervals and shares.
    static let resamples = 10_000

    enum Failure: ExplainedError, Hashable {
        case unknownLoad(Load, known: [Load], run: String)
        case unknownTask(String, known: [String], run: String)
        case unknownProfile(String)

        var what: String {
            switch self {
            case .unknownLoad(let load, _, _): "nothing was measured at load \(load)"
            case .unknownTask(let task, _, _): "no task “\(task)”"
            case .unknownProfile(let name): "no profile “\(name)”, and no file of that name"
            }
        }
        var place: String? {
            switch self {
            case .unknownLoad(_, _, let run), .unknownTask(_, _, let run): "run \(run)"
            case .unknownProfile: "--profile"
            }
        }
        var remedy: String? {
            switch self {
            case .unknownLoad(_, let known, _):
                "Loads of the run: \(known.map(\.description).joined(separator: ", "))."
            case .unknownTask(let name, let known, _): Self.suggestion(for: name, among: known, called: "Tasks")
            case .unknownProfile(let name):
                Self.suggestion(for: name, among: Profile.builtIn.map(\.name), called: "Profiles")
            }
        }

        private static func suggestion(for name: String, among known: [String], called plural: String) -> String {
            nearest(to: name, among: known).map { "Did you mean “\($0)”?" }
                ?? "\(plural): \(known.joined(separator: ", "))."
        }
    }

    /// What the command line asks for beyond the runs.
    struct Wish {
        /// A built-in profile's name or a file; nil for the suite's own.
        var profile: String?
        /// Over the profile's.
        var limits: [ProfileLimit] = []
        var load: Load?
        /// All where none is named.
        var tasks: [String] = []
    }

    /// - Parameter records: at least one; runs on machines of another kind than the first one's are left out.
    static func choice(
        of records: [RunRecord], _ wish: Wish, in store: RunStore
    ) async throws -> (choice: Choice, context: ChoiceContext) {
        var runs: [MeasuredRun] = []
        for record in records { runs.append(try await MeasuredRun.load(record, from: store)) }
        guard let group = try RunJoining.machines(of: runs).first, let first = group.first else {
            throw RunStore.Failure.noRuns(path: store.path)
        }
        let loads = Set(group.flatMap(\.plan.loads)).sorted()
        guard let load = wish.load ?? first.plan.loads.first, loads.contains(load) else {
            throw Failure.unknownLoad(wish.load ?? 1, known: loads, run: first.record.id)
        }
        let known = first.plan.tasks.map(\.name)
        for task in wish.tasks where !known.contains(task) {
            throw Failure.unknownTask(task, known: known, run: first.record.id)
        }
        let suite = profile(of: group)
        var profile = try wish.profile.map(profile(called:)) ?? suite ?? .chat
        for limit in wish.limits { profile = profile.adding(limit) }
        var measured: [MeasuredCandidate] = []
        for run in group { measured += try await MeasuredCandidates.load(run.record, from: store) }
        let choice = choice(
            of: group, measured, for: profile, load: load, tasks: wish.tasks.isEmpty ? nil : Set(wish.tasks))
        let chosen = Set(group.map(\.record.id))
        let context = ChoiceContext(
            runs: group.map(\.record), tasks: wish.tasks, otherLoads: loads.filter { $0 != load },
            otherRuns: records.map(\.id).filter { !chosen.contains($0) },
            isUsualProfile: wish.profile == nil && suite == nil,
            isSimulated: measured.contains(where: \.circumstances.isSimulated))
        return (choice, context)
    }

    /// The suite's own; nil where no run of these names one.
    static func profile(of group: [MeasuredRun]) -> Profile? { group.lazy.compactMap(\.plan.profile).first }

    /// The choice at one load of runs on one machine, at least one.
    static func choice(
        of group: [MeasuredRun], _ measured: [MeasuredCandidate], for profile: Profile, load: Load,
        tasks: Set<String>? = nil, resamples: Int = resamples
    ) -> Choice {
        // A candidate of one run was not meant to be measured at the loads of another.
        let candidates = group.filter { $0.plan.loads.contains(load) }.flatMap(\.plan.candidates)
        return ChoiceAnalysis(profile: profile, resamples: resamples, seed: group.first?.record.seed ?? 0).choice(
            among: candidates, measured: measured, load: load, tasks: tasks)
    }

    /// A file where the name looks like one or there is one; else one of the built-in profiles.
    private static func profile(called name: String) throws -> Profile {
        if let profile = Profile.named(name) { return profile }
        let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        guard isPath || FileManager.default.fileExists(atPath: name) else { throw Failure.unknownProfile(name) }
        return try SuiteLoader.forPoise().load(profileAt: name)
    }
}
