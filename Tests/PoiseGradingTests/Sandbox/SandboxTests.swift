import Foundation
import PoiseCore
import Testing

@testable import PoiseGrading

/// What a sandbox keeps a program from, tried with programs that try.
@Suite(.needsSandbox) struct SandboxTests {
    /// Runs Python in the machine's sandbox.
    private func run(
        _ code: String, input: String = "", _ change: (inout SandboxLimits) -> Void = { _ in }
    ) async throws -> SandboxOutcome {
        let (sandbox, python) = try await TestServices.requireSandbox()
        var limits = SandboxLimits()
        limits.wallTime = .seconds(20)
        change(&limits)
        return try await sandbox.run(
            SandboxedProgram(
                command: [python.executable, "-s", "-B", "main.py"], files: ["main.py": code], input: Array(input.utf8),
                readable: python.folders, limits: limits))
    }

    private func printed(_ code: String) async throws -> String {
        let outcome = try await run(code)
        #expect(outcome.status == 0, "\(String(decoding: outcome.errors, as: UTF8.self))")
        return String(decoding: outcome.output, as: UTF8.self)
    }

    // MARK: What works

    @Test func `a program reads its input and its files, prints, and ends with its status`() async throws {
        let outcome = try await run(
            "import sys\nprint(sys.stdin.read().upper(), open('main.py').read()[:6])\nprint('no', file=sys.stderr)\nsys.exit(3)",
            input: "héllo")
        #expect(outcome.status == 3)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "HÉLLO import\n")
        #expect(String(decoding: outcome.errors, as: UTF8.self) == "no\n")
        #expect(!outcome.isTimedOut && !outcome.isTruncated && !outcome.isOversized)
        #expect(outcome.wallTime > .zero)
    }

    @Test func `an input larger than a pipe arrives whole, and one that nobody reads is no error`() async throws {
        let large = String(repeating: "x", count: 3_000_000)
        let outcome = try await run("import sys\nprint(len(sys.stdin.read()))", input: large)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "3000000\n")
        #expect(try await run("print('done')", input: large).status == 0)
    }

    @Test func `temporary files, threads, processes and pipes work as programs expect`() async throws {
        let text = try await printed(
            """
            import os, subprocess, tempfile, threading
            from multiprocessing import Pool
            with tempfile.NamedTemporaryFile('w') as file: file.write('x' * 1000)
            open(os.path.expanduser('~/note'), 'w').write('note')
            thread = threading.Thread(target=lambda: print('thread', flush=True))
            thread.start(); thread.join()
            def square(x): return x * x
            if __name__ == '__main__':
                with Pool(2) as pool: print(pool.map(square, [1, 2, 3]), flush=True)
            print(subprocess.run(['/bin/echo', 'child'], capture_output=True, text=True).stdout.strip())
            """)
        #expect(text == "thread\n[1, 4, 9]\nchild\n")
    }

    // MARK: What is not there

    @Test func `nothing of the environment is passed on, nor to be read of another process`() async throws {
        setenv("POISE_TEST_SECRET", "sk-very-secret", 1)
        defer { unsetenv("POISE_TEST_SECRET") }
        let text = try await printed(
            """
            import glob, os
            found = [str(dict(os.environ))]
            for path in glob.glob('/proc/*/environ') + glob.glob('/proc/*/cmdline'):
                try: found.append(open(path).read())
                except OSError as error: found.append(str(error))
            print(sorted(os.environ), 'sk-very-secret' in str(found), len(glob.glob('/proc/[0-9]*')))
            """)
        #expect(text.contains("False"))
        let names = text.prefix { $0 != "]" }
        #expect(!names.contains("KEY") && !names.contains("POISE"))
        // Only its own processes: the sandbox's first one, and itself.
        #expect(text.hasSuffix("False 2\n"))
    }

    @Test func `no file of a person can be read`() async throws {
        let home = NSHomeDirectory()
        let here = FileManager.default.currentDirectoryPath
        let secret = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)").path
        try "secret".write(toFile: secret, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: secret) }
        let text = try await printed(
            """
            import os
            paths = ['/etc/shadow', '/etc/passwd', '/root/.bashrc', '\(home)/.ssh', '\(home)/.bashrc', '\(here)/Package.swift',
                '\(secret)', '/proc/1/root/etc/passwd', '/proc/1/cwd/Package.swift', '/sys/class', '/var/log', '/run',
                '/proc/kcore', '/dev/mem', '/dev/sda', '/boot']
            for path in paths:
                try:
                    print(path, os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(1))
                except OSError: pass
            """)
        #expect(text.isEmpty, "it could read \(text)")
    }

    @Test func `nothing can be written but a little temporary memory`() async throws {
        let text = try await printed(
            """
            import os
            for path in ['/note', '/usr/note', '/program/note', '/etc/note', '/dev/note', '/home/note', '/proc/sys/kernel/hostname',
                '/proc/self/oom_score_adj_note', '/program/main.py']:
                try:
                    open(path, 'w').write('x')
                    print('wrote', path)
                except OSError: pass
            def fill(folder):
                total = 0
                try:
                    for number in range(64):
                        with open(f'{folder}/{number}', 'wb') as file:
                            for _ in range(16): total += file.write(bytes(1 << 20))
                except OSError as error: pass
                return total >> 20
            print(fill('/tmp') <= 32, fill('/dev/shm') <= 32, fill(os.path.expanduser('~')) <= 1)
            try:
                with open('/dev/full', 'w') as file: file.write('x')
            except OSError: pass
            """)
        #expect(text == "True True True\n")
    }

    @Test func `a huge file is refused`() async throws {
        let text = try await printed(
            """
            import os
            with open('/tmp/huge', 'wb') as file:
                try:
                    file.truncate(1 << 40); print('grew')
                except OSError as error: print('refused')
            """)
        #expect(text == "refused\n")
    }

    @Test func `no other machine can be reached, nor this one`() async throws {
        let (listener, port) = try listening()
        defer { close(listener) }
        let text = try await printed(
            """
            import socket
            for address in [('127.0.0.1', \(port)), ('1.1.1.1', 53), ('192.168.0.1', 80)]:
                try:
                    socket.create_connection(address, timeout=2); print('reached', address)
                except OSError: pass
            try:
                socket.getaddrinfo('example.com', 80); print('resolved')
            except OSError: pass
            """)
        #expect(text.isEmpty, "\(text)")
    }

    /// A socket of this machine that takes connections in.
    private func listening() throws -> (Int32, UInt16) {
        #if canImport(Glibc)
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, 4) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        try #require(isListening)
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    #if os(Linux)
        @Test func `system calls that get around the limits are refused`() async throws {
            let text = try await printed(
                """
                import ctypes, os
                libc = ctypes.CDLL(None, use_errno=True)
                def refused(call, *arguments):
                    ctypes.set_errno(0)
                    return call(*arguments) == -1 and ctypes.get_errno() == 1
                print(refused(libc.unshare, 0x10000000), refused(libc.shmget, 0, 1 << 20, 0o1600),
                    refused(libc.ptrace, 0, 0, 0, 0), refused(libc.mount, b'x', b'/tmp', b'tmpfs', 0, None))
                try: os.memfd_create('x'); print('made')
                except PermissionError: print('refused')
                print(os.getuid() != 0, open('/proc/self/status').read().count('0000000000000000') >= 5)
                """)
            #expect(text == "True True True True\nrefused\nTrue True\n")
        }
    #endif

    @Test func `no descriptor of ours is handed on`() async throws {
        let leak = open("/dev/null", O_RDONLY)
        defer { close(leak) }
        #expect(
            try await printed("import os\nprint(sorted(map(int, os.listdir('/proc/self/fd'))))") == "[0, 1, 2, 3]\n")
    }

    // MARK: Limits

    @Test func `a fork bomb meets its limit and is gone afterwards`() async throws {
        let mark = "bomb-\(UUID().uuidString)"
        let outcome = try await run(
            """
            # \(mark)
            import os, time
            open('/tmp/\(mark)', 'w')
            while True:
                try: os.fork()
                except OSError: time.sleep(0.01)
            """
        ) { limits in
            limits.wallTime = .seconds(3)
            limits.processes = 32
        }
        #expect(outcome.isTimedOut || outcome.isOversized)
        #expect(outcome.wallTime < .seconds(10))
        try await expectNothingLeft()
    }

    @Test func `memory beyond the limit is not given`() async throws {
        let outcome = try await run("try: bytes(10 << 30)\nexcept MemoryError: print('none')") { $0.memory = 256 << 20 }
        #expect(String(decoding: outcome.output, as: UTF8.self) == "none\n")
    }

    @Test func `many processes do not get many times the memory`() async throws {
        let outcome = try await run(
            """
            import os, time
            for _ in range(12):
                if os.fork() == 0:
                    block = bytearray(os.urandom(1 << 10)) * (180 << 10)
                    time.sleep(60)
            time.sleep(60)
            """
        ) { $0.memory = 256 << 20 }
        #expect(outcome.isOversized)
        #expect(outcome.wallTime < .seconds(15))
        try await expectNothingLeft()
    }

    @Test(arguments: ["while True: print('y' * 4000)", "import os\nwhile True: os.write(2, b'y' * 4000)"])
    func `a program that prints forever is ended, and no more than the limit is kept`(_ code: String) async throws {
        let outcome = try await run(code) { $0.output = 100_000 }
        #expect(outcome.isTruncated)
        #expect(!outcome.isTimedOut)
        #expect(outcome.output.count + outcome.errors.count == 100_000)
    }

    @Test func `a program that sleeps is ended at its time`() async throws {
        let outcome = try await run("import time\ntime.sleep(600)") { $0.wallTime = .seconds(1) }
        #expect(outcome.isTimedOut)
        #expect(outcome.wallTime >= .seconds(1) && outcome.wallTime < .seconds(8))
    }

    @Test func `a program that computes forever meets the limit on processor time`() async throws {
        let outcome = try await run("while True: pass") { $0.cpuTime = 1 }
        #expect(outcome.isTimedOut)
        #expect(outcome.status > 128)
    }

    @Test func `a program that ignores every signal is ended all the same`() async throws {
        let outcome = try await run(
            """
            import signal, time
            for number in range(1, 65):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
            while True: time.sleep(1)
            """
        ) { $0.wallTime = .seconds(1) }
        #expect(outcome.isTimedOut)
        try await expectNothingLeft()
    }

    @Test func `a daemon that it leaves behind is gone, and does not hold up the end`() async throws {
        let outcome = try await run(
            """
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(600)
                os._exit(0)
            print('left')
            """)
        #expect(outcome.status == 0)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "left\n")
        #expect(outcome.wallTime < .seconds(10))
        try await expectNothingLeft()
    }

    #if os(Linux)
        @Test func `the machine's own root is never a program's user, a container's may be`() {
            typealias Identity = BubblewrapCommand.Identity
            #expect(Identity.choices(isRoot: false, users: "0 0 4294967295") == [.user])
            #expect(Identity.choices(isRoot: true, users: "         0          0 4294967295\n") == [.stranger])
            #expect(Identity.choices(isRoot: true, users: nil) == [.stranger])
            #expect(Identity.choices(isRoot: true, users: "0 100000 65536\n") == [.stranger, .user])
        }

        @Test(arguments: [BubblewrapCommand.Identity.user, .stranger])
        func `whoever a program is to the kernel, it can change nothing`(
            _ identity: BubblewrapCommand.Identity
        ) async throws {
            // Only root can become a stranger.
            if identity == .stranger, getuid() != 0 { return }
            let program = try #require(SearchPath("/usr/bin:/usr/local/bin").program("bwrap"))
            let sandbox = BubblewrapSandbox(program: program, identity: identity)
            let writing = try await sandbox.run(
                SandboxedProgram(
                    command: [
                        "/bin/sh", "-c", "id -u; echo x > /usr/x; echo x > /proc/sys/kernel/hostname; cat /etc/shadow",
                    ]))
            #expect(!String(decoding: writing.output, as: UTF8.self).hasPrefix("0\n"))
            #expect(writing.status != 0)
            #expect(String(decoding: writing.errors, as: UTF8.self).split(separator: "\n").count == 3)
        }
    #endif

    @Test func `a cancelled task ends its program`() async throws {
        let task = Task { try await run("import time\ntime.sleep(600)") { $0.wallTime = .seconds(60) } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await expectNothingLeft()
    }

    @Test func `programs run at once do not see each other`() async throws {
        try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await printed(
                        """
                        import os, time
                        before = os.listdir('/tmp') + os.listdir('/dev/shm')
                        open('/tmp/\(number)', 'w').write('x')
                        time.sleep(0.1)
                        print(before, os.listdir('/tmp'), len([n for n in os.listdir('/proc') if n.isdigit()]))
                        """)
                }
            }
            var answers: Set<String> = []
            for try await answer in group { answers.insert(answer) }
            #expect(answers == Set((0..<8).map { "[] ['\($0)'] 2\n" }))
        }
    }

    /// Waits until no process of the tests' own sandboxes that should be gone is left; other tests have theirs.
    private func expectNothingLeft() async throws {
        // Sandboxes of tests that run at the same time end within their own limits.
        for _ in 0..<400 {
            if SandboxProcesses.orphans().isEmpty { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("left behind: \(SandboxProcesses.orphans())")
    }
}
