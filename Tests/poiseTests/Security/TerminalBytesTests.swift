import Foundation
import PoiseSimulator
import Testing

@testable import poise

/// The bytes that reach a terminal when models, files and servers are hostile.
@Suite(.serialized) struct TerminalBytesTests {
    /// One of each kind that a terminal obeys.
    private static let hostile =
        "a\u{1B}]0;owned\u{7}\u{1B}[2J\u{1B}[31m\u{1B}[8mb\rc\u{8}"
        + "\u{9B}2Jd\u{202E}e\u{2066}f\u{200F}g\u{2028}h\u{E0041}i\u{7F}"

    @Test(arguments: [ShownResult.Kind.words, .json, .data])
    func `nothing that a terminal obeys is left of a result`(kind: ShownResult.Kind) {
        let shown = ShownResult.text("\u{1B}[1m\(Self.hostile)\u{1B}[0m\n\tend", as: kind, isTerminal: true)
        let own = kind == .words ? ["\u{1B}[1m", "\u{1B}[0m"] : []
        #expect(obeyed(in: own.reduce(shown) { $0.replacingOccurrences(of: $1, with: "") }).isEmpty)
        #expect(shown.hasSuffix("\n\tend"))
        #expect(kind != .words || shown.hasPrefix("\u{1B}[1ma␛]0;owned␇␛[2J␛[31m␛[8mb␍c␈"))
    }

    @Test func `a file of data keeps its bytes, and JSON its meaning`() throws {
        #expect(ShownResult.text(Self.hostile, as: .data, isTerminal: false) == Self.hostile)
        let json = String(decoding: try JSONEncoder().encode([Self.hostile]), as: UTF8.self)
        let shown = ShownResult.text(json, as: .json, isTerminal: false)
        #expect(obeyed(in: shown).isEmpty)
        #expect(try JSONDecoder().decode([String].self, from: Data(shown.utf8)) == [Self.hostile])
    }

    @Test func `plain text of any language is left as it is`() {
        for text in ["what\n\twhere: é 😀 −5", "👩‍👩‍👧 می‌خواهم", "שלום", ""] {
            for kind in [ShownResult.Kind.words, .json, .data] {
                #expect(ShownResult.text(text, as: kind, isTerminal: true) == text)
            }
        }
    }

    /// The scalars that a terminal obeys, but for those of our own lines.
    private func obeyed(in text: String) -> [String] {
        text.unicodeScalars.filter {
            $0.value < 0x20 && $0 != "\n" && $0 != "\t" || (0x7F..<0xA0).contains($0.value)
                || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
                || [0x200E, 0x200F, 0x2028, 0x2029, 0x061C].contains($0.value) || (0xE0000...0xE007F).contains($0.value)
        }.map { "U+" + String($0.value, radix: 16) }
    }

    /// A command on a terminal of its own, and all that it wrote there.
    private func onTerminal(_ arguments: [String], in folder: String) async throws -> String {
        let spawn = """
            import os, pty, sys
            sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
            """
        let tool = try CommandLineTool(
            executable: "/usr/bin/env", ["python3", "-c", spawn, CommandLineTool.binary] + arguments,
            environment: ["TERM": "xterm", "COLUMNS": "100"], folder: folder)
        return await tool.finish().standardOutput
    }

    @Test func `the commands show hostile names, answers and errors on a real terminal without obeying them`()
        async throws
    {
        let workplace = try Workplace()
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .text(Self.hostile)
        var other = SimulatorConfiguration()
        other.schedule.answer = .echo
        other.faults = SimulatorFaults([.init(.status(503), on: .requests(3))])
        let simulators = [try await Simulator.start(echo), try await Simulator.start(other)]
        let quoted = String(decoding: try JSONEncoder().encode(Self.hostile), as: UTF8.self)
        try workplace.write("evil.jsonl", "{\"id\": \(quoted), \"input\": \(quoted), \"target\": \(quoted)}\n")
        try workplace.write(
            "evil.yaml",
            "name: \"t\\e[2J\\u202E\"\nsamples: evil.jsonl\nprompt: \"{input}\"\ngraders:\n  - check: exact\n")
        try workplace.write(
            "suite.yaml",
            """
            name: "s\\e[31m\\u202E"
            candidates:
              - {model: "one\\e[2J\\u202E", endpoint: {base_url: "\(simulators[0].baseURL)", model: m}}
              - {model: "two\\e]0;x\\a", endpoint: {base_url: "\(simulators[1].baseURL)", model: m}}
            tasks: [evil.yaml, words.yaml]
            rounds: 2
            """)
        let commands = [
            ["run", "suite.yaml", "--no-calibrate"], ["front"], ["front", "--format", "csv"], ["runs"],
            ["front", "--format", "json"], ["compare", "--flips", "all"], ["report", "--format", "markdown"],
            ["export"], ["choose"], ["grade"], ["report", "--format", "csv"], ["report", "--format", "html"],
        ]
        var seen = ""
        for command in commands {
            let shown = try await onTerminal(command + ["--db", workplace.database], in: workplace.path)
            let own = ["\u{1B}[1m", "\u{1B}[2m", "\u{1B}[0m", "\r\u{1B}[2K", "\r\n"]
            let rest = own.reduce(shown) { $0.replacingOccurrences(of: $1, with: "") }
            #expect(obeyed(in: rest).isEmpty, "\(command): \(obeyed(in: rest))")
            #expect(!shown.isEmpty, "\(command)")
            seen += shown
        }
        for simulator in simulators { await simulator.shutdown() }
        #expect(seen.contains("one") && seen.contains("␛[2J") || seen.contains("\u{FFFD}[2J"))
    }
}
