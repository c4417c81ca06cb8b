import Foundation
import PoiseCore
import PoiseSimulator
import Testing

/// `poise run --watch` as a user runs it, and a reader looks at it.
@Suite(.serialized) struct LiveRunTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    /// Answers after a while, so that the run goes on while it is looked at.
    private func simulator(milliseconds: Int) async throws -> Simulator {
        var slow = SimulatorConfiguration()
        slow.schedule.answer = .echo
        slow.schedule.timeToFirstToken = .milliseconds(milliseconds)
        return try await Simulator.start(slow)
    }

    private func address(of tool: CommandLineTool) async throws -> (port: Int, path: String) {
        for await line in tool.errorLines {
            guard let start = line.range(of: "http://127.0.0.1:") else { continue }
            let parts = line[start.upperBound...].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            return (try #require(Int(parts[0])), "/" + parts[1])
        }
        throw CancellationError()
    }

    @Test func `the page follows the run for whom the address was given to, and for nobody else`() async throws {
        let simulator = try await simulator(milliseconds: 150)
        let suite = try workplace.writeSuite([("slow", simulator.baseURL)], more: "rounds: 3")
        let tool = try CommandLineTool(
            ["run", suite, "--db", workplace.database, "--no-calibrate", "--watch", "--format", "json"])
        let (port, path) = try await address(of: tool)
        #expect(path.count == 34)

        let page = try #require(await LoopbackRequest.send(path, port: port))
        #expect(page.status == 200 && page.body.contains("small is under way"))
        for header in ["Cache-Control: no-store", "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff"] {
            #expect(page.head.contains(header), "\(header)")
        }
        #expect(!page.head.contains("Access-Control"))
        let head = try #require(await LoopbackRequest.send(path, method: "HEAD", port: port))
        #expect(head.status == 200 && head.body.isEmpty)
        #expect(await LoopbackRequest.send("/", port: port)?.status == 404)
        #expect(await LoopbackRequest.send("/0123456789abcdef0123456789abcdef/", port: port)?.status == 404)
        #expect(await LoopbackRequest.send(path + "other", port: port)?.status == 404)
        #expect(await LoopbackRequest.send(path, method: "POST", port: port)?.status == 405)
        #expect(await LoopbackRequest.send(path, host: "evil.example:\(port)", port: port)?.status == 421)
        #expect(await LoopbackRequest.send(path, host: "localhost:\(port)", port: port)?.status == 200)
        // All of 127/8 is this machine's on Linux: what listens on every interface would answer there.
        #expect(await LoopbackRequest.send(path, port: port, address: "127.0.0.2") == nil)

        var versions: Set<Double> = []
        var counts: Set<String> = []
        var ended: String?
        while ended == nil, let answer = await LoopbackRequest.send(path + "state", port: port) {
            let state = try JSONValue(parsing: answer.body)
            versions.insert(state["version"]?.number ?? -1)
            counts.insert(state["progress"]?.string ?? "")
            #expect(state["problem"]?.string == nil, "\(answer.body)")
            ended = state["ended"]?.string
        }
        #expect(ended == "\(workplace.path)/out/small.html")
        let last = try #require(await LoopbackRequest.send(path, port: port))
        #expect(last.body.contains("<svg") && last.body.contains("connect-src &#39;self&#39;"))
        #expect(counts.contains { $0.hasPrefix("36 of 36 trials (100%)") } && counts.count > 2, "\(counts)")
        #expect(versions.count > 1, "\(versions)")
        // Who has the last page and asks once more knows all that there is.
        _ = await LoopbackRequest.send(path + "state", port: port)
        #expect(await tool.status() == 0)
        #expect(await LoopbackRequest.send(path, port: port) == nil)
        await simulator.shutdown()
        let file = try workplace.read("out/small.html")
        #expect(!file.contains("connect-src") && !file.contains("fetch("))
    }

    @Test func `a run that nobody looks at ends at once, and a port that is taken is a warning`() async throws {
        let simulator = try await simulator(milliseconds: 1)
        let suite = try workplace.writeSuite([("fast", simulator.baseURL)])
        let output = try await CommandLineTool.run(
            "run", suite, "--db", workplace.database, "--no-calibrate", "--watch", "--watch-port", "\(simulator.port)")
        await simulator.shutdown()
        #expect(output.status == 0, "\(output.standardError)")
        #expect(output.standardError.contains("warning: the live page is not served: port \(simulator.port)"))
        #expect(output.standardOutput.contains("fast"))
    }

    @Test func `a page server that dies is said, and the run goes on`() async throws {
        let simulator = try await simulator(milliseconds: 150)
        let suite = try workplace.writeSuite([("slow", simulator.baseURL)], more: "rounds: 3")
        let tool = try CommandLineTool(["run", suite, "--db", workplace.database, "--no-calibrate", "--watch"])
        var said: [String] = []
        for await line in tool.errorLines {
            if line.contains("http://127.0.0.1:") {
                let list = try await CommandLineTool(
                    executable: "/usr/bin/pgrep", ["-P", "\(tool.process.processIdentifier)"]
                ).finish()
                let children = list.standardOutput.split(separator: "\n").compactMap { pid_t($0) }
                #expect(children.count == 1)
                for child in children { kill(child, SIGKILL) }
            }
            said.append(line)
        }
        #expect(await tool.status() == 0)
        await simulator.shutdown()
        #expect(
            said.filter { $0.contains("no longer served") } == [
                "warning: the live page is no longer served: its process ended early (signal 9); the run goes on"
            ])
    }

    @Test func `Ctrl-C ends the run and the page`() async throws {
        let simulator = try await simulator(milliseconds: 200)
        let suite = try workplace.writeSuite([("slow", simulator.baseURL)], more: "rounds: 50")
        let tool = try CommandLineTool(["run", suite, "--db", workplace.database, "--no-calibrate", "--watch"])
        let (port, path) = try await address(of: tool)
        try await workplace.wait(for: 1, where: "NOT isWarmup", of: tool)
        tool.process.interrupt()
        #expect(await tool.status() == 130)
        #expect(await LoopbackRequest.send(path, port: port) == nil)
        await simulator.shutdown()
    }

    @Test func `a port without a page is wrong usage`() async throws {
        let output = try await CommandLineTool.run("run", "suite.yaml", "--watch-port", "4000")
        #expect(output.status == 64 && output.standardError.contains("--watch-port goes with --watch"))
    }
}
