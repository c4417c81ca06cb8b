import PoiseCore
import PoiseReport
import PoiseStore

/// Which candidates of which runs are compared at which load.
struct ComparisonSelection: Sendable {
    /// One candidate of one run.
    struct Side: Hashable, Sendable {
        let run: String
        let candidate: String
    }

    enum Failure: ExplainedError, Hashable {
        case unknownCandidate(String, run: String, known: [String])
        case noCandidateNamed(run: String, known: [String])
        case noBaseline(run: String, known: [String])
        case onlyOne(String, run: String)
        case twice(String)
        case unknownTask(String, run: String, known: [String])
        case nothingMeasured(String, run: String)
        case noCommonLoad([String])
        case notAtLoad(String, Load, measured: [Load])
        case noLadder(model: String?, run: String, known: [String])
        case nothingComparable([String])
        case noRungHeld([String])

        var what: String {
            switch self {
            case .unknownCandidate(let name, let run, _): "there is no candidate \(name) in run \(run)"
            case .noCandidateNamed(let run, _): "run \(run) is named without a candidate"
            case .noBaseline(let run, _): "the suite of run \(run) names no baseline, and no candidate is named"
            case .onlyOne(let name, let run): "run \(run) has no candidate beside \(name)"
            case .twice(let name): "\(name) is named twice"
            case .unknownTask(let name, let run, _): "no task \(name) was asked in run \(run)"
            case .nothingMeasured(let name, let run): "nothing of \(name) was measured in run \(run)"
            case .noCommonLoad(let loads): "no load was measured of all of them: \(loads.joined(separator: "; "))"
            case .notAtLoad(let name, let load, _): "\(name) was not measured at load \(load)"
            case .noLadder(let model, let run, _):
                model.map { "run \(run) has no two quantizations of a model \($0)" }
                    ?? "run \(run) has no two quantizations of one model"
            case .noRungHeld(let models):
                "no rung of \(models.joined(separator: ", ")) could be held against its reference in accuracy"
            case .nothingComparable(let names):
                "nothing of \(names.joined(separator: ", ")) could be held against the base"
            }
        }

        var place: String? { nil }

        var remedy: String? {
            func known(_ name: String, _ names: [String]) -> String {
                (nearest(to: name, among: names).map { "Did you mean \($0)? " } ?? "")
                    + "It has \(names.joined(separator: ", "))."
            }
            return switch self {
            case .unknownCandidate(let name, _, let names), .unknownTask(let name, _, let names): known(name, names)
            case .noCandidateNamed(_, let names): "Write RUN:CANDIDATE; it has \(names.joined(separator: ", "))."
            case .noBaseline(_, let names):
                "Name the base, or set `baseline` in the suite; the run has \(names.joined(separator: ", "))."
            case .onlyOne: "Name a candidate of another run as RUN:CANDIDATE; `poise runs` lists them."
            case .twice: "Name the base and each candidate once; a candidate of another run is RUN:CANDIDATE."
            case .nothingMeasured: "See `poise front`; run the suite again to measure it."
            case .noCommonLoad: "Name candidates that were measured at one load, or measure them at one."
            case .notAtLoad(_, _, let loads):
                "It was measured at \(loads.map(\.description).joined(separator: ", "))."
            case .noLadder(let model?, _, let names): known(model, names)
            case .noLadder(nil, _, let names): "It has \(names.joined(separator: ", "))."
            case .nothingComparable, .noRungHeld: "The same samples must have been asked of both, and answered."
            }
        }
    }

    let base: Side
    /// What was read of the base, where it is a file that was committed; nil where it is stored.
    let baseFile: BaselineFile?
    let candidates: [Side]
    /// Whether the candidates are all others of a run, of which those that were not measured are left out.
    let areAllOthers: Bool
    /// Why these, where not all were named; nil where they were.
    let explanation: String?

    /// - Parameters:
    ///   - names: as they were typed: the base, which may be a baseline file, then the candidates.
    ///   - record: the run that names without a run belong to.
    init(_ names: [String], in record: RunRecord, of store: RunStore) async throws {
        let own = try await store.plan(of: record.id)
        baseFile = try names.first.flatMap { name in
            guard !own.candidates.contains(where: { $0.id == name }), GateBaseline.isFile(name) else { return nil }
            return try GateBaseline.read(name)
        }
        var sides: [Side] = []
        if let baseFile { sides.append(Side(run: baseFile.run, candidate: baseFile.candidate)) }
        for name in names.dropFirst(sides.count) {
            let side = try await Self.side(name, in: record, of: store)
            guard !sides.contains(side) else { throw Failure.twice(name) }
            sides.append(side)
        }
        if sides.count > 1 {
            (base, candidates, areAllOthers, explanation) = (sides[0], Array(sides.dropFirst()), false, nil)
            return
        }
        // A file is of no stored run: it is held against the one that was asked for.
        let run = baseFile == nil ? sides.first?.run ?? record.id : record.id
        let plan = try await store.plan(of: run)
        let known = plan.candidates.map(\.id)
        let merged = try await Self.merged(with: run, of: store)
        let usual = plan.baseline.map { Side(run: run, candidate: $0) } ?? merged.lazy.compactMap(\.baseline).first
        guard let base = sides.first ?? usual else { throw Failure.noBaseline(run: run, known: known) }
        let beside = merged.flatMap(\.candidates).filter { !known.contains($0.candidate) }
        let others = (known.map { Side(run: run, candidate: $0) } + beside).filter { $0 != base }
        guard !others.isEmpty else { throw Failure.onlyOne(base.candidate, run: run) }
        self.base = base
        candidates = others
        areAllOthers = true
        explanation =
            (sides.isEmpty ? "the suite's baseline is \(base.candidate)" : "the base is \(base.candidate)")
            + "; it is compared with all others of run \(run)"
            + (beside.isEmpty ? "" : ", and of those merged with it on other kinds of machine")
    }

    /// A run on another kind of machine that came from the same merge.
    private struct Merged {
        let candidates: [Side]
        let baseline: Side?
    }

    private static func merged(with run: String, of store: RunStore) async throws -> [Merged] {
        var merged: [Merged] = []
        for other in try await store.merged(with: try await store.run(run)).dropFirst() {
            let plan = try await store.plan(of: other.id)
            merged.append(
                Merged(
                    candidates: plan.candidates.map { Side(run: other.id, candidate: $0.id) },
                    baseline: plan.baseline.map { Side(run: other.id, candidate: $0) }))
        }
        return merged
    }

    /// `CANDIDATE`, or `RUN:CANDIDATE`; a candidate's own name may hold colons.
    private static func side(_ name: String, in record: RunRecord, of store: RunStore) async throws -> Side {
        let known = try await store.plan(of: record.id).candidates.map(\.id)
        if known.contains(name) { return Side(run: record.id, candidate: name) }
        let beside = try await merged(with: record.id, of: store).flatMap(\.candidates)
        if let side = beside.first(where: { $0.candidate == name }) { return side }
        guard let colon = name.firstIndex(of: ":") else {
            throw Failure.unknownCandidate(name, run: record.id, known: known)
        }
        let (run, candidate) = (String(name[..<colon]), String(name[name.index(after: colon)...]))
        let ids = try await store.runs().map(\.id)
        // Neither a run nor one's beginning: the colon is the candidate's.
        guard !run.isEmpty, ids.contains(where: { $0.hasPrefix(run) }) else {
            throw Failure.unknownCandidate(name, run: record.id, known: known)
        }
        let other = try await store.run(run)
        let others = try await store.plan(of: other.id).candidates.map(\.id)
        guard !candidate.isEmpty else { throw Failure.noCandidateNamed(run: other.id, known: others) }
        guard others.contains(candidate) else {
            throw Failure.unknownCandidate(candidate, run: other.id, known: others)
        }
        return Side(run: other.id, candidate: candidate)
    }

    /// What was measured at all, or at the load that is wanted, and what was not.
    static func parted(
        _ measured: [(side: Side, atLoads: [MeasuredCandidate])], wanted: Load?
    ) -> (measured: [(side: Side, atLoads: [MeasuredCandidate])], unmeasured: [Side]) {
        func isMeasured(_ atLoads: [MeasuredCandidate]) -> Bool {
            wanted.map { load in atLoads.contains { $0.load == load } } ?? !atLoads.isEmpty
        }
        return (
            measured.filter { isMeasured($0.atLoads) }, measured.filter { !isMeasured($0.atLoads) }.map(\.side)
        )
    }

    /// The first load at which all were measured, or the one that is wanted; each at it, in their order.
    ///
    /// - Parameter measured: what there is of each at each load.
    static func atOneLoad(
        _ measured: [(side: Side, atLoads: [MeasuredCandidate])], wanted: Load?
    ) throws(Failure) -> [MeasuredCandidate] {
        for (side, atLoads) in measured {
            guard !atLoads.isEmpty else { throw .nothingMeasured(side.candidate, run: side.run) }
            if let wanted, !atLoads.contains(where: { $0.load == wanted }) {
                throw .notAtLoad(side.candidate, wanted, measured: atLoads.map(\.load))
            }
        }
        let loads = measured.first?.atLoads.map(\.load) ?? []
        let common = loads.first { load in measured.allSatisfy { $0.atLoads.contains { $0.load == load } } }
        guard let load = wanted ?? common else {
            throw .noCommonLoad(
                measured.map { "\($0.side.candidate) at \($0.atLoads.map(\.load.description).joined(separator: ", "))" }
            )
        }
        return measured.compactMap { $0.atLoads.first { $0.load == load } }
    }
}
