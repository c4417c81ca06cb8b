import Foundation
import PoiseSimulator
import Testing

/// The page of a run in a real browser; skipped, and said so, where there is none.
@Suite(.serialized, .enabled(if: Browser.path != nil, "no Chromium on PATH"))
struct PageTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    /// Runs a suite of two candidates and leaves its page behind.
    private func makePage() async throws -> String {
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        var wrong = SimulatorConfiguration()
        wrong.schedule.answer = .text("a wrong answer of more than eight tokens so that it has a speed of its own")
        wrong.schedule.interTokenGap = .milliseconds(1)
        let simulators = [try await Simulator.start(echo), try await Simulator.start(wrong)]
        let suite = try workplace.writeSuite([
            ("right<b>", simulators[0].baseURL), ("wrong & slow", simulators[1].baseURL),
        ])
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
        for simulator in simulators { await simulator.shutdown() }
        #expect(output.status == 0, "\(output.standardError)")
        return "\(workplace.path)/out/small.html"
    }

    @Test func `it opens from a file without a word on the console`() async throws {
        let page = try await makePage()
        let opened = try await Browser.open("file://\(page)", arguments: ["--enable-logging=stderr"])
        #expect(opened.document.contains("<svg"))
        #expect(opened.document.contains("right&lt;b&gt;"))
        // Where the browser refuses something of the page, it says so there.
        #expect(!opened.log.contains("CONSOLE"), "\(opened.log)")
    }

    @Test(arguments: [360, 768, 1280, 2560])
    func `nothing scrolls sideways`(width: Int) async throws {
        let page = try await makePage()
        try workplace.write(
            "frame.html",
            """
            <!doctype html><iframe id="f" src="file://\(page)" width="\(width)" height="900" style="border:0"></iframe>
            <p id="seen"></p>
            <script>
            f.onload = () => seen.textContent = "width " + f.contentDocument.documentElement.scrollWidth + ".";
            </script>
            """)
        let opened = try await Browser.open(
            "file://\(workplace.path)/frame.html",
            arguments: ["--allow-file-access-from-files", "--hide-scrollbars", "--virtual-time-budget=5000"])
        #expect(opened.document.contains("width \(width)."))
    }
}

/// Chromium without a window.
enum Browser {
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = ["chromium", "chromium-browser", "google-chrome"]
        return folders.lazy.flatMap { folder in names.map { "\(folder)/\($0)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// - Returns: the document after it was loaded, and what the browser logged.
    static func open(_ address: String, arguments: [String]) async throws -> (document: String, log: String) {
        let profile = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: profile) }
        let output = try await CommandLineTool(
            executable: try #require(path),
            ["--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(profile.path)", "--dump-dom"]
                + arguments + [address]
        ).finish()
        return (output.standardOutput, output.standardError)
    }
}
