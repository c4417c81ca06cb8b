#if os(Linux)
    import Foundation
    import PoiseSimulator
    import Testing

    /// What Poise starts ends with it, also where it is killed and can end nothing itself.
    @Suite(.serialized) struct ChildrenTests {
        private let workplace: Workplace

        init() throws {
            workplace = try Workplace()
        }

        /// Waits for so many descendants, kills the process, and waits until none of them lives.
        private func kill(_ tool: CommandLineTool, having count: Int) async throws {
            var family = Descendants(of: tool.process.processIdentifier)
            while family.members.count < count {
                try #require(tool.process.isRunning, "it ended before")
                await Task.yield()
                family = Descendants(of: tool.process.processIdentifier)
            }
            #expect(!family.living.isEmpty)
            Foundation.kill(tool.process.processIdentifier, SIGKILL)
            #expect(await tool.status() == SIGKILL)
            await family.waitForEnd()
        }

        /// A `llama-server` on PATH that never reads its input: the simulated endpoint under that name.
        private func writeServer() throws -> String {
            try workplace.write(
                "llama-server",
                """
                #!/bin/sh
                if [ "$1" = --version ]; then echo "version: 1 (simulated)"; exit 0; fi
                while [ $# -gt 1 ]; do if [ "$1" = --port ]; then port=$2; fi; shift; done
                exec "\(CommandLineTool.binary)" simulate --port "$port" --ttft 20ms
                """)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: "\(workplace.path)/llama-server")
            return "\(workplace.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
        }

        @Test(.timeLimit(.minutes(2)))
        func `a server that pays no heed to its input ends with a Poise that was killed`() async throws {
            let suite = try workplace.writeEngineSuite(more: "rounds: 50")
            let tool = try CommandLineTool(
                ["run", suite, "--db", workplace.database, "--no-calibrate"], environment: ["PATH": try writeServer()])
            try await workplace.wait(for: 3, where: "NOT isWarmup", of: tool)
            // The server, and the shell that watches over it.
            try await kill(tool, having: 2)
        }

        @Test(.timeLimit(.minutes(2)))
        func `an engine that still loads ends with a Poise that was killed`() async throws {
            try workplace.write(
                "llama-server", "#!/bin/sh\n[ \"$1\" = --version ] && echo 'version: 1' && exit\nsleep 600\n")
            let path = "\(workplace.path)/llama-server"
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            let suite = try workplace.writeEngineSuite()
            let tool = try CommandLineTool(
                ["run", suite, "--db", workplace.database, "--no-calibrate"],
                environment: ["PATH": "\(workplace.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"])
            // The script, its sleep, and the shell that watches over it.
            try await kill(tool, having: 3)
        }

        @Test(.timeLimit(.minutes(2)))
        func `the real engine and what watches over it end with a Poise that was killed`() async throws {
            let suite = try workplace.writeEngineSuite(more: "rounds: 50")
            let tool = try CommandLineTool(["run", suite, "--db", workplace.database, "--no-calibrate"])
            try await workplace.wait(for: 3, where: "NOT isWarmup", of: tool)
            try await kill(tool, having: 2)
        }

        @Test(.timeLimit(.minutes(2)))
        func `the live page ends with a Poise that was killed`() async throws {
            var slow = SimulatorConfiguration()
            slow.schedule.timeToFirstToken = .milliseconds(50)
            let simulator = try await Simulator.start(slow)
            let suite = try workplace.writeSuite([("slow", simulator.baseURL)], more: "rounds: 50")
            let tool = try CommandLineTool(["run", suite, "--db", workplace.database, "--no-calibrate", "--watch"])
            for await line in tool.errorLines where line.contains("http://127.0.0.1:") { break }
            try await kill(tool, having: 1)
            await simulator.shutdown()
        }

        @Test(.timeLimit(.minutes(2)))
        func `the endpoint of a calibration ends with a Poise that was killed`() async throws {
            let tool = try CommandLineTool(["calibrate", "--db", workplace.database])
            try await kill(tool, having: 1)
        }

        @Test(.timeLimit(.minutes(2)), arguments: [[], ["--unsafe-no-sandbox"]])
        func `code that a model wrote ends with a Poise that was killed`(options: [String]) async throws {
            if options.isEmpty, !FileManager.default.isExecutableFile(atPath: "/usr/bin/bwrap") { return }
            try workplace.write(
                "code.jsonl",
                #"{"id": "one", "input": "Write f.", "target": "", "metadata": {"test_list": ["assert f() == 1"], "timeout": 60}}"#
            )
            try workplace.write(
                "code.yaml", "name: code\nsamples: code.jsonl\nprompt: \"{input}\"\ngraders:\n  - check: unit_tests\n")
            try workplace.write(
                "answers.jsonl",
                #"{"id": "one", "response": "import time, subprocess\nsubprocess.Popen(['/bin/sleep', '600'])\ntime.sleep(600)\ndef f():\n    return 1\n"}"#
            )
            let tool = try CommandLineTool(
                ["grade", "\(workplace.path)/code.yaml", "--responses", "\(workplace.path)/answers.jsonl"] + options)
            // The program, and what it started in the middle: the family is killed when its sleep is there.
            var family = Descendants(of: tool.process.processIdentifier)
            while !family.members.contains(where: { $0.name == "sleep" }) {
                try #require(tool.process.isRunning, "it ended before")
                await Task.yield()
                family = Descendants(of: tool.process.processIdentifier)
            }
            try await kill(tool, having: family.members.count)
            await family.waitForEnd()
        }
    }
#endif
