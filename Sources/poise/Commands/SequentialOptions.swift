import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore
import PoiseSuite

/// `--sequential --suite SUITE [--looks 4] [--spending o-brien-fleming]`
struct SequentialOptions: ParsableArguments {
    /// How early looks may decide.
    enum Spending: String, ExpressibleByArgument, CaseIterable {
        case obrienFleming = "obrien-fleming"
        case pocock

        var rule: AlphaSpending { self == .pocock ? .pocock : .oBrienFleming }
    }

    @Flag(help: "Run a suite in looks at ever more samples until every rule is decided.")
    var sequential = false

    @Option(
        help: ArgumentHelp("The suite that --sequential runs.", valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var suite: String?

    @Option(help: ArgumentHelp("Looks at most, from 2 to 20; 4 where not given.", valueName: "n"))
    var looks: Int?

    @Option(help: "How much may be decided early: hardly anything (obrien-fleming), or as much at each look (pocock).")
    var spending: Spending?

    func check(run: String?, writesBaseline: Bool) throws {
        guard sequential else {
            if suite != nil { throw ValidationError("--suite is the suite of --sequential: add it, or use --rules.") }
            if looks != nil || spending != nil {
                throw ValidationError("--looks and --spending are options of --sequential.")
            }
            return
        }
        if suite == nil { throw ValidationError("--sequential needs the suite that it runs: --suite FILE.") }
        if let looks, !(2...20).contains(looks) {
            throw ValidationError("--looks must be from 2 to 20, and is \(looks).")
        }
        if run != nil { throw ValidationError("--sequential makes its own runs: leave --run out.") }
        if writesBaseline { throw ValidationError("--sequential and --write-baseline exclude each other.") }
    }

    /// - Throws: `UntrustedSuite`, `InvalidSuite`, `ValidationError`, `BaselineFile.Failure`
    func gating(
        of suite: String, candidates: [String], baseline: String?, rules: String?, load: Load?, database: String,
        isUnsafe: Bool, trust: TrustDesk, color: ColorChoice
    ) throws -> SequentialGating {
        let plan = try trust.load(suite, environment: ProcessInfo.processInfo.environment) {
            try $0.load(suiteAt: suite)
        }
        try trust.admit(plan.candidates + plan.judges, of: suite)
        let gate = try rules.map {
            try SuiteLoader.forPoise().load(gateAt: $0, tasks: plan.tasks.map(\.name), loads: plan.loads)
        }
        let chosen = gate ?? plan.gate
        guard !chosen.isEmpty else {
            throw ValidationError("\(suite) has no rules: add gate, or name a file with --rules.")
        }
        let ids = plan.candidates.map(\.id)
        let base = try Self.baseline(baseline ?? plan.baseline, among: ids)
        let selection = try GateSelection(
            of: plan, owner: suite, rules: chosen, hasBaseline: base.isNamed, baseline: base.candidate,
            names: candidates, load: load)
        return SequentialGating(
            plan: plan, suite: suite, rules: chosen, candidates: selection.candidates, baseline: base, load: load,
            looks: looks ?? 4, spending: (spending ?? .obrienFleming).rule,
            store: try RunStore(path: database, creating: true), calibrates: false, isUnsafe: isUnsafe,
            errors: Terminal.behind(.standardError, color: color))
    }

    private static func baseline(_ name: String?, among ids: [String]) throws -> SequentialGating.Baseline {
        guard let name else { return .none }
        if ids.contains(name) { return .candidate(name) }
        guard name.hasSuffix(".json") || FileManager.default.fileExists(atPath: name) else {
            throw ValidationError(
                "--baseline \(name) is no candidate of the suite and no file; " + GateBaseline.hint(name, among: ids))
        }
        return .file(try GateBaseline.read(name), path: name)
    }
}
