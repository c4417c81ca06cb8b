import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// What candidates are held against, found by the name that the user gave.
enum GateBaseline {
    case none
    /// A candidate of a stored run.
    case stored(RunRecord, candidate: String)
    case file(BaselineFile, path: String)

    /// A candidate of this run, `RUN:CANDIDATE` of another, or a file that `--write-baseline` made; the suite's own where
    /// nothing is named.
    ///
    /// - Throws: `ValidationError` where nothing of that name is there; `BaselineFile.Failure`.
    static func named(_ name: String?, run: RunRecord, plan: Plan, in store: RunStore) async throws -> GateBaseline {
        let ids = plan.candidates.map(\.id)
        if name == nil, let own = plan.baseline { return .stored(run, candidate: own) }
        if let name, ids.contains(name) { return .stored(run, candidate: name) }
        // On another kind of machine, in the same merge: answers can be compared, and of speeds it is said that they cannot.
        for other in try await store.merged(with: run).dropFirst() {
            let plan = try await store.plan(of: other.id)
            if let found = plan.candidates.map(\.id).first(where: { $0 == name ?? plan.baseline }) {
                return .stored(other, candidate: found)
            }
        }
        guard let name else { return .none }
        if isFile(name) {
            return .file(try read(name), path: name)
        }
        // Ids of candidates may hold colons themselves, so that every one of them is tried.
        for (index, letter) in zip(name.indices, name) where letter == ":" {
            guard index > name.startIndex else {
                throw ValidationError(
                    "--baseline \(name) names no run before its colon: write RUN:CANDIDATE, or the candidate alone.")
            }
            guard let other = try await Self.run(String(name[..<index]), in: store) else { continue }
            let candidate = String(name[name.index(after: index)...])
            let others = try await store.plan(of: other.id).candidates.map(\.id)
            guard others.contains(candidate) else {
                throw ValidationError(
                    "--baseline: run \(other.id) has no candidate \(candidate); " + hint(candidate, among: others))
            }
            return .stored(other, candidate: candidate)
        }
        throw ValidationError(
            "--baseline \(name) is no candidate of run \(run.id), no RUN:CANDIDATE and no file; "
                + hint(name, among: ids))
    }

    /// Nil where there is none of that name; several of which it is the beginning are an error, as a damaged database is.
    private static func run(_ name: String, in store: RunStore) async throws -> RunRecord? {
        do {
            return try await store.run(name)
        } catch RunStore.Failure.unknownRun {
            return nil
        }
    }

    /// Whether a name that is no candidate's means a file.
    static func isFile(_ name: String) -> Bool {
        name.hasSuffix(".json") || FileManager.default.fileExists(atPath: name)
    }

    static func read(_ path: String) throws -> BaselineFile {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue {
            throw BaselineFile.Failure(
                path: path, what: "the baseline cannot be read: it is a directory",
                remedy: "Name the file in it that poise gate --write-baseline wrote.")
        }
        if isThere, !FileManager.default.isReadableFile(atPath: path) {
            throw BaselineFile.Failure(
                path: path, what: "the baseline cannot be read: reading it is not allowed",
                remedy: "Allow it: chmod +r \(path).")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BaselineFile.Failure(
                path: path, what: "the baseline cannot be read: there is no such file",
                remedy: "Write one: poise gate --write-baseline \(path).")
        }
        return try BaselineFile(parsing: data, path: path)
    }

    /// The nearest name, or all of them.
    static func hint(_ name: String, among ids: [String]) -> String {
        nearest(to: name, among: ids).map { "did you mean \($0)?" } ?? "it has \(ids.joined(separator: ", "))."
    }

    /// Its measurements at every load.
    func measured(in store: RunStore) async throws -> [MeasuredCandidate] {
        switch self {
        case .none: []
        case .stored(let record, let candidate):
            try await MeasuredCandidates.load(record, candidates: [candidate], from: store)
        case .file(let file, _): file.loads
        }
    }

    var description: GateReport.Baseline? {
        switch self {
        case .none: nil
        case .stored(let record, let candidate): GateReport.Baseline(candidate: candidate, run: record.id)
        case .file(let file, let path): GateReport.Baseline(candidate: file.candidate, run: file.run, file: path)
        }
    }

    /// The candidate's id where it is one of this run.
    func candidate(in run: RunRecord) -> String? {
        if case .stored(let record, let candidate) = self, record.id == run.id { candidate } else { nil }
    }
}
