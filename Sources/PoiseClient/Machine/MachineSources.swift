import Foundation

/// Where a machine's facts are read: files and programs. Tests put recorded ones in their place.
struct MachineSources: Sendable {
    /// The text of a file; nil where it cannot be read.
    let text: @Sendable (_ path: String) -> String?
    /// The names in a folder, sorted; none where it cannot be read.
    let names: @Sendable (_ folder: String) -> [String]
    /// What a program prints; nil where it is not there, fails or takes too long.
    let output: @Sendable (_ program: String, _ arguments: [String]) async -> String?

    /// This machine.
    static let live = MachineSources(
        text: { path in
            // Not String(contentsOfFile:) nor Data(contentsOf:): a device tree's texts end in a zero byte, a name may be in
            // any encoding, and of a file whose size the kernel calls 0 they read no more than the first page.
            (try? FileHandle(forReadingAtPath: path)?.readToEnd()).map { String(decoding: $0, as: UTF8.self) }
        },
        names: { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        },
        output: { program, arguments in
            guard let path = executable(program) else { return nil }
            guard let (status, bytes) = await Program.run(path, arguments, within: .seconds(3)), status == 0 else {
                return nil
            }
            return String(decoding: bytes, as: UTF8.self)
        })

    /// The first line of a file, without white space and zero bytes; nil where that leaves nothing.
    func line(_ path: String) -> String? {
        let line = text(path)?.split(whereSeparator: \.isNewline).first?
            .trimmingCharacters(in: .whitespaces.union(.controlCharacters))
        return line.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func executable(_ program: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        // ROCm stands beside the PATH of most systems.
        let folders = path.split(separator: ":").map(String.init) + ["/usr/bin", "/opt/rocm/bin"]
        return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
