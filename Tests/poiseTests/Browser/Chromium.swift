import Foundation
import Synchronization

/// The browser that the tests share, without a window.
enum Chromium {
    /// nil where none is installed.
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = ["chromium", "chromium-browser", "google-chrome"]
        return folders.lazy.flatMap { folder in names.map { "\(folder)/\($0)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Where CI says that it must be there, tests run and fail without it; elsewhere they are skipped.
    static let isNeeded = ProcessInfo.processInfo.environment["POISE_NEEDS_BROWSER"] != nil

    static var isAwaited: Bool { path != nil || isNeeded }

    /// Started by the first test that needs it.
    static let shared = Task { try start() }

    private static func start() throws -> DevToolsPipe {
        guard let path else { throw BrowserError("no Chromium on PATH, and POISE_NEEDS_BROWSER is set") }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("poise-browser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        Leftovers.remove(folder.path)
        let (commands, events) = ("\(folder.path)/commands", "\(folder.path)/events")
        guard mkfifo(commands, 0o600) == 0, mkfifo(events, 0o600) == 0 else {
            throw BrowserError("no pipe could be made in \(folder.path)")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // It reads its commands from descriptor 3 and writes events to 4, where only a shell can put something.
        process.arguments =
            ["-c", #"exec "$@" 3<"$0/commands" 4>"$0/events""#, folder.path, path] + arguments(profile: folder.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Leftovers.end(process.processIdentifier)
        return try DevToolsPipe(commands: commands, events: events)
    }

    private static func arguments(profile: String) -> [String] {
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
            "--user-data-dir=\(profile)/profile",
            "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb",
            "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding", "about:blank",
        ]
    }
}

/// What outlives every test and ends with the test process: nothing tells a suite that it was the last.
enum Leftovers {
    private static let state = Mutex<(paths: [String], processes: [Int32])>(([], []))

    private static let registration: Void = {
        atexit {
            let (paths, processes) = Leftovers.state.withLock { $0 }
            for process in processes { kill(process, SIGKILL) }
            // A browser that dies may still be writing.
            for _ in 0..<100 where paths.contains(where: FileManager.default.fileExists) {
                for path in paths { try? FileManager.default.removeItem(atPath: path) }
                usleep(20_000)
            }
        }
    }()

    static func remove(_ path: String) {
        registration
        state.withLock { $0.paths.append(path) }
    }

    static func end(_ process: Int32) {
        registration
        state.withLock { $0.processes.append(process) }
    }
}
