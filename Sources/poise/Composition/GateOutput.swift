import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport

/// Where a gate's report goes, and what its exit code is.
struct GateOutput: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, markdown, junit, github
    }

    @Option(
        help: """
            What is printed on standard output: a table, JSON, Markdown, JUnit XML, or GitHub's workflow commands, which \
            become annotations.
            """)
    var format = Format.table

    @Option(help: "Colour: auto follows the terminal and NO_COLOR.")
    var color = ColorChoice.auto

    @Option(help: ArgumentHelp("Also write JUnit XML.", valueName: "file"), completion: .file(extensions: ["xml"]))
    var junit: String?

    @Option(
        help: ArgumentHelp(
            "Also write Markdown. The file that GITHUB_STEP_SUMMARY names is added to, any other one is replaced.",
            valueName: "file"))
    var markdown: String?

    @Option(help: ArgumentHelp("Also write JSON.", valueName: "file"), completion: .file(extensions: ["json"]))
    var json: String?

    @Option(
        help: ArgumentHelp(
            "What an inconclusive gate counts as: fail (100), or pass or warn (0), both said loudly; 101 where not given.",
            valueName: "fail|pass|warn"))
    var inconclusive: GateReport.InconclusivePolicy?

    /// Before anything is run: `--markdown "$GITHUB_STEP_SUMMARY"` is empty outside of GitHub's own runners.
    func validate() throws {
        for (option, path) in [("--junit", junit), ("--markdown", markdown), ("--json", json)] where path == "" {
            throw ValidationError(
                "\(option) names no file: its value is empty."
                    + (option == "--markdown" ? " Is GITHUB_STEP_SUMMARY set? Only GitHub's own runners set it." : ""))
        }
    }

    /// Prints the report, then writes the files: a file that cannot be written must not hide the verdict.
    func write(_ report: GateReport) throws {
        switch format {
        case .table:
            let terminal = Terminal.behind(.standardOutput, color: color)
            Console.result(
                GateTable.text(report, policy: inconclusive, width: terminal.width, color: terminal.hasColor))
        case .json: Console.result(GateJSON.text(report, policy: inconclusive), as: .json)
        case .markdown: Console.result(GateMarkdown.text(report, policy: inconclusive))
        case .junit: Console.result(GateJUnit.text(report, policy: inconclusive), as: .data)
        case .github: Console.result(GateAnnotations.text(report, policy: inconclusive))
        }
        if let policy = GateTable.policy(inconclusive, report) { Console.say("warning: \(policy)") }
        if let junit { try ReportFile.write(GateJUnit.text(report, policy: inconclusive), to: junit) }
        if let json { try ReportFile.write(GateJSON.text(report, policy: inconclusive), to: json) }
        if let markdown { try Self.writeMarkdown(GateMarkdown.text(report, policy: inconclusive), to: markdown) }
    }

    /// Throws the exit code where it is not 0.
    func end(_ report: GateReport) throws {
        switch report.verdict(inconclusiveAs: inconclusive) {
        case .pass: break
        case .fail: throw Exit.gateFailed
        case .inconclusive: throw Exit.gateInconclusive
        }
    }

    private static func writeMarkdown(_ text: String, to path: String) throws {
        guard path == ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"],
            let before = FileManager.default.contents(atPath: path), !before.isEmpty
        else { return try ReportFile.write(text, to: path) }
        try ReportFile.write(String(decoding: before, as: UTF8.self) + "\n" + text, to: path)
    }
}

extension GateReport.InconclusivePolicy: ExpressibleByArgument {}
