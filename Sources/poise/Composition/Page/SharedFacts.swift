import PoiseCore
import PoiseReport

extension CircumstanceDifference {
    /// Without folders of the machine and what looks secret: addresses and arguments may hold passwords.
    func shareable(by redaction: inout Redaction) -> CircumstanceDifference {
        var difference = self
        difference.base = redaction.redacting(base.map(EnginePrivacy.withoutFolders))
        difference.candidate = redaction.redacting(candidate.map(EnginePrivacy.withoutFolders))
        return difference
    }
}

extension GateReport {
    /// The same for a page: its warnings and reasons quote servers, addresses and arguments.
    func shareable(by redaction: inout Redaction) -> GateReport {
        var results = results
        for index in results.indices {
            results[index].reasons = results[index].reasons.map { $0.shareable(by: &redaction) }
        }
        let file = redaction.redacting(baseline?.file.map(SharedPath.shown))
        return GateReport(
            run: run, suite: suite,
            baseline: baseline.map { Baseline(candidate: $0.candidate, run: $0.run, file: file) },
            candidates: candidates, results: results, warnings: warnings.map { $0.shareable(by: &redaction) },
            looks: looks, seed: seed)
    }
}

extension GateWarning {
    fileprivate func shareable(by redaction: inout Redaction) -> GateWarning {
        switch self {
        case .differs(let candidate, let difference):
            .differs(candidate: candidate, difference.shareable(by: &redaction))
        case .problem(let candidate, let reason): .problem(candidate: candidate, reason: redaction.redacting(reason))
        default: self
        }
    }
}

extension GateReason {
    fileprivate func shareable(by redaction: inout Redaction) -> GateReason {
        switch self {
        case .otherService(let baseline, let candidate):
            .otherService(baseline: redaction.redacting(baseline), candidate: redaction.redacting(candidate))
        default: self
        }
    }
}

/// Paths as they are shown: one beside the suite as it is, of any other its name, since folders tell of a machine.
enum SharedPath {
    static func shown(_ path: String) -> String {
        path.hasPrefix("/") || path.hasPrefix("../") ? EnginePrivacy.name(of: path) : path
    }
}
