import Foundation
import PoiseCore

@testable import PoiseGrading
@testable import PoiseSuite

/// The files that people write, and that a suite from elsewhere brings along.
extension FuzzTarget {
    static let suite = FuzzTarget(name: "suite") { bytes in
        try ScratchFolder.with(bytes, named: "suite.yaml") { path in
            try refuses { try loader.load(suiteAt: path) }
            try refuses { try loader.load(gateAt: path, tasks: ["add"], loads: nil) }
        }
    }

    static let task = FuzzTarget(name: "task") { bytes in
        try ScratchFolder.with(bytes, named: "task.yaml") { path in
            try refuses { try loader.load(taskAt: path) }
        }
    }

    static let rubric = FuzzTarget(name: "rubric") { bytes in
        try ScratchFolder.with(bytes, named: "rubric.yaml") { path in
            try refuses { try loader.load(rubricNamed: path) }
        }
    }

    /// Samples, and the lines of responses and labels, which are read alike.
    static let samples = FuzzTarget(name: "samples") { bytes in
        let log = ProblemLog()
        let lines = DatasetReader(path: "samples.jsonl", log: log, graders: loader.graders).samples(in: Data(bytes))
        try promise(log.count > 0 || !lines.isEmpty, "no samples, and no problem")
        try promise(log.problems.allSatisfy { ($0.line ?? 1) > 0 }, "a problem before the first line")
        try ScratchFolder.with(bytes, named: "lines.jsonl") { path in
            try refuses { try ResponsesReader.responses(at: path, to: ["1", "add-1"]) }
            try refuses { try LabelsReader.labels(at: path, grades: ["C", "I"]) }
        }
    }

    static let loader = SuiteLoader(
        checks: CheckCatalog.specifications, trial: { try CheckCatalog.validate($0) }, environment: [:])

    /// Reads; what is bad must be refused with its problems, each of which can be shown.
    private static func refuses(_ read: () throws -> some Any) throws {
        do {
            _ = try read()
        } catch let error as InvalidSuite {
            try promise(!error.problems.isEmpty, "refused without a problem")
            try canBeShown(error.errorDescription)
        } catch let error as UntrustedSuite {
            try promise(!error.needs.isEmpty, "refused though it needs nothing")
            try canBeShown(error.errorDescription)
        }
    }

    private static func canBeShown(_ problem: String?) throws {
        let said = problem ?? ""
        try promise(!said.isEmpty && !said.utf8.contains(0x1B), "a problem that cannot be shown: \(said)")
    }
}
