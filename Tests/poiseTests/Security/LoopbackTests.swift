#if os(Linux)
    import Foundation
    import PoiseSimulator
    import Testing

    /// What other machines, and other processes of this one, can see of Poise: by /proc, of the real processes.
    @Suite(.serialized) struct LoopbackTests {
        private let workplace: Workplace

        init() throws {
            workplace = try Workplace()
        }

        @Test func `the simulated endpoint listens on loopback alone`() async throws {
            let tool = try CommandLineTool(["simulate", "--port", "0"])
            for await line in tool.errorLines where line.contains("simulated endpoint") { break }
            #expect(SeenProcess(tool.process.processIdentifier).listening == ["127.0.0.1"])
            tool.process.interrupt()
            #expect(await tool.status() == 0)
        }

        @Test func `the live page listens on loopback alone, and its process knows no key`() async throws {
            var slow = SimulatorConfiguration()
            slow.schedule.timeToFirstToken = .milliseconds(100)
            let simulator = try await Simulator.start(slow)
            let suite = try workplace.writeSuite([("slow", simulator.baseURL)], more: "rounds: 50")
            // As for somebody who keeps core dumps.
            let tool = try CommandLineTool(
                executable: "/bin/sh",
                ["-c", #"ulimit -c unlimited; exec "$0" "$@""#, CommandLineTool.binary]
                    + ["run", suite, "--db", workplace.database, "--no-calibrate", "--watch"])
            try await workplace.wait(for: 1, where: "NOT isWarmup", of: tool)
            for await line in tool.errorLines where line.contains("http://127.0.0.1:") { break }
            let run = SeenProcess(tool.process.processIdentifier)
            #expect(run.listening.isEmpty)
            #expect(run.environment.contains(Canary.key))
            #expect(!run.arguments.contains(Canary.key))
            let cores = run.text("limits").split(separator: "\n").first { $0.hasPrefix("Max core file size") }
            #expect(["0", "1"].contains(cores?.split(separator: " ").dropFirst(4).first), "\(cores ?? "")")
            let children = run.children
            #expect(children.flatMap(\.listening) == ["127.0.0.1"])
            for child in children { #expect(!child.environment.contains(Canary.key) && !child.environment.isEmpty) }
            tool.process.interrupt()
            #expect(await tool.status() == 130)
            await simulator.shutdown()
        }

        @Test func `an engine listens on loopback alone, and knows no key`() async throws {
            let suite = try workplace.writeEngineSuite(more: "rounds: 50")
            let tool = try CommandLineTool(
                ["run", suite, "--db", workplace.database, "--no-calibrate"],
                environment: ["HF_TOKEN": Canary.key, "LLAMA_API_KEY": Canary.key])
            try await workplace.wait(for: 1, where: "NOT isWarmup", of: tool)
            let children = SeenProcess(tool.process.processIdentifier).children
            #expect(Set(children.flatMap(\.listening)) == ["127.0.0.1"])
            for child in children {
                #expect(!child.environment.contains(Canary.key) && child.environment.contains("PATH="))
                #expect(!child.arguments.contains(Canary.key))
            }
            tool.process.interrupt()
            #expect(await tool.status() == 130)
        }
    }

    /// A process as proc(5) shows it to its user.
    private struct SeenProcess {
        private let folder: String
        private let id: Int32

        init(_ id: Int32) {
            self.id = id
            folder = "/proc/\(id)"
        }

        var environment: String { text("environ") }
        var arguments: String { text("cmdline") }

        func text(_ name: String) -> String {
            // The kernel gives some pages of a table at a time, which are not its end.
            guard let file = fopen("\(folder)/\(name)", "r") else { return "" }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
            return String(decoding: bytes, as: UTF8.self)
        }

        /// Those that it has started, and theirs.
        var children: [SeenProcess] {
            let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
            let own = all.filter { process in
                let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
                return stat.split(separator: ")").last?.split(separator: " ").dropFirst().first == "\(id)"
            }.map(SeenProcess.init)
            return own + own.flatMap(\.children)
        }

        /// The addresses at which it waits for connections.
        var listening: [String] {
            let links = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd")) ?? []
            let sockets = Set(
                links.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/fd/\($0)") })
            return ["tcp", "tcp6"].flatMap { table -> [String] in
                text("net/\(table)").split(separator: "\n").dropFirst().compactMap { line in
                    let fields = line.split(separator: " ")
                    // 0A is LISTEN.
                    guard fields.count > 9, fields[3] == "0A", sockets.contains("socket:[\(fields[9])]") else {
                        return nil
                    }
                    return Self.address(fields[1].split(separator: ":").first.map(String.init) ?? "")
                }
            }
        }

        /// `0100007F` as 127.0.0.1; those of IPv6 stay as they are.
        private static func address(_ hexadecimal: String) -> String {
            guard hexadecimal.count == 8, let value = UInt32(hexadecimal, radix: 16) else { return hexadecimal }
            return (0..<4).map { "\(value >> (8 * $0) & 0xFF)" }.joined(separator: ".")
        }
    }
#endif
