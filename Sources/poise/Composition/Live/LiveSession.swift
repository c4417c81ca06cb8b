import Foundation
import PoiseCore

/// The server's life: it serves, makes pages, and ends when its input does.
struct LiveSession: Sendable {
    let desk: LiveDesk
    let port: UInt16

    /// What is seen of the end is waited for so long.
    static let farewell = Duration.seconds(8)

    func run() async throws {
        let server = LiveServer(desk: desk, port: port)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.run { address in
                    Console.result(address)
                    // Not before: the run waits for the address.
                    LowPriority.take()
                }
            }
            group.addTask { try await makePages() }
            group.addTask { await readInput() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func makePages() async throws {
        while true {
            try await Task.sleep(for: .milliseconds(500))
            await desk.makePageIfDue(now: .now())
        }
    }

    /// A line is the path of the ended run's page; the end of the input is the end.
    private func readInput() async {
        for await line in Self.lines(of: .standardInput) {
            await desk.end(page: line, now: .now())
            let deadline = Instant.now() + Self.farewell
            while await !desk.isToldOfEnd, Instant.now() < deadline {
                try? await Task.sleep(for: .milliseconds(100))
            }
            return
        }
    }

    private static func lines(of handle: FileHandle) -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                var line = Data()
                while let byte = try? handle.read(upToCount: 1), let first = byte.first {
                    if first == UInt8(ascii: "\n") {
                        continuation.yield(String(decoding: line, as: UTF8.self))
                        line = Data()
                    } else {
                        line.append(first)
                    }
                }
                continuation.finish()
            }
        }
    }
}
