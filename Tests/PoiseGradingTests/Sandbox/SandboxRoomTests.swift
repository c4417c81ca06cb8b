#if os(Linux)
    import Foundation
    import Testing

    @testable import PoiseGrading

    /// What a sandbox holds in the kernel's own memory.
    struct SandboxRoomTests {
        private func outcome(_ code: String) async throws -> SandboxOutcome {
            let execution = await CodeExecution.find()
            guard case .available(let sandbox, let python) = execution else { throw CancellationError() }
            return try await sandbox.run(
                SandboxedProgram(
                    command: [python.executable, "-c", code], readable: python.folders, limits: SandboxLimits()))
        }

        @Test(.needsSandbox) func `files without end are ended before they fill the kernel`() async throws {
            let outcome = try await outcome(
                """
                import os
                for number in range(10_000_000): os.close(os.open('/tmp/%d' % number, os.O_WRONLY | os.O_CREAT))
                """)
            #expect(outcome.isOversized || outcome.isTimedOut)
        }

        @Test(.needsSandbox) func `more sockets than any test needs end a program`() async throws {
            let outcome = try await outcome(
                """
                import os, socket, time
                for _ in range(8):
                    if os.fork() == 0:
                        held = [socket.socketpair() for _ in range(20)]
                        time.sleep(60)
                time.sleep(60)
                """)
            #expect(outcome.isOversized)
        }

        @Test(.needsSandbox) func `some thousand files and some sockets are fine`() async throws {
            let outcome = try await outcome(
                """
                import os, socket, time
                for number in range(5000): os.close(os.open('/tmp/%d' % number, os.O_WRONLY | os.O_CREAT))
                held = [socket.socketpair() for _ in range(20)]
                time.sleep(0.5)
                """)
            #expect(outcome.status == 0 && !outcome.isOversized)
        }

        @Test func `this machine is no sandbox, and what is gone holds nothing`() {
            let folders = [(path: "/tmp", size: 1 << 20)]
            #expect(SandboxRoom(of: ProcessInfo.processInfo.processIdentifier, folders: folders).sockets == 0)
            #expect(!SandboxRoom(of: pid_t.max, folders: folders).isTooMuch)
            #expect(SandboxRoom.sockets(in: "sockets: used 12\nTCP: inuse 3\n") == 12)
            #expect(SandboxRoom.sockets(in: "") == 0)
        }

        @Test(.needsSandbox) func `a socket that a network namespace does not hold in cannot be made`() async throws {
            let outcome = try await outcome(
                """
                import socket
                for family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
                    socket.socket(family, socket.SOCK_DGRAM).close()
                for family in (40, 38, 31, 29, 44):
                    try: print('made', socket.socket(family, socket.SOCK_STREAM))
                    except OSError as error: print(error.errno)
                """)
            #expect(String(decoding: outcome.output, as: UTF8.self) == "97\n97\n97\n97\n97\n")
        }
    }
#endif
