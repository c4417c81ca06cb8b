import Foundation
import Testing

/// The built binary, run as a user would.
struct CommandLineTool {
    struct Output {
        let status: Int32
        let standardOutput: String
        let standardError: String
    }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// Beside the test bundle.
    static let binary: String = {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("poise").path
        return FileManager.default.isExecutableFile(atPath: beside) ? beside : "\(root)/.build/debug/poise"
    }()

    /// What these tests trust is not what the person who runs them trusts.
    static let data = FileManager.default.temporaryDirectory.appendingPathComponent(
        "poise-data-\(ProcessInfo.processInfo.processIdentifier)"
    ).path

    let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    init(
        executable: String = binary, _ arguments: [String], environment: [String: String] = [:], folder: String = root
    ) throws {
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment
            .merging([Canary.variable: Canary.key, "XDG_DATA_HOME": Self.data]) { $1 }
            .merging(environment) { _, new in new }
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// Lines of standard error as they come.
    var errorLines: AsyncStream<String> {
        let handle = errors.fileHandleForReading
        return AsyncStream { continuation in
            Thread.detachNewThread {
                var rest = ""
                while true {
                    let data = handle.availableData
                    if data.isEmpty { break }
                    rest += String(decoding: data, as: UTF8.self)
                    while let end = rest.firstIndex(of: "\n") {
                        continuation.yield(String(rest[..<end]))
                        rest = String(rest[rest.index(after: end)...])
                    }
                }
                continuation.finish()
            }
        }
    }

    /// Waits for the end.
    func finish() async -> Output {
        async let standardOutput = Self.read(output)
        async let standardError = Self.read(errors)
        let (out, error) = await (standardOutput, standardError)
        #expect(!Canary.isIn(out) && !Canary.isIn(error), "the key of the run was printed")
        return Output(status: await status(), standardOutput: out, standardError: error)
    }

    /// Waits for the end; the streams are read elsewhere or not at all.
    func status() async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [process] in
                process.waitUntilExit()
                continuation.resume(returning: process.terminationStatus)
            }
        }
    }

    static func run(_ arguments: String..., environment: [String: String] = [:], folder: String = root) async throws
        -> Output
    {
        try await CommandLineTool(arguments, environment: environment, folder: folder).finish()
    }

    private static func read(_ pipe: Pipe) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }
}
