import Foundation
import PoiseCore

/// Where an export goes, a piece at a time: standard output, or a file that appears when it is whole.
final class ExportFile {
    private let path: String?
    /// Written to until all is there, then renamed.
    private let partial: String?
    private let handle: FileHandle
    /// Whether somebody looks at it: then nothing in it may be obeyed by a terminal.
    private let isShown: Bool
    private var buffer = Data()

    /// Few enough to be held, enough that writing is not what takes the time.
    private static let bufferSize = 1 << 18

    struct Failure: ExplainedError {
        let path: String
        let reason: String
        var what: String { "the export cannot be written: \(reason)" }
        var place: String? { path }
        var remedy: String? { "Name another file, or free some room; the run itself is safe in the database." }
    }

    /// - Parameter path: nil for standard output.
    init(_ path: String?) throws {
        self.path = path
        guard let path else {
            partial = nil
            handle = .standardOutput
            isShown = Terminal.behind(.standardOutput, color: .never).isTerminal
            return
        }
        isShown = false
        let partial = "\(path).part-\(ProcessInfo.processInfo.processIdentifier)"
        self.partial = partial
        let files = FileManager.default
        do {
            try files.createDirectory(
                at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            guard files.createFile(atPath: partial, contents: nil) else {
                throw Failure(path: path, reason: "the file cannot be made")
            }
            handle = try FileHandle(forWritingTo: URL(fileURLWithPath: partial))
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(path: path, reason: error.localizedDescription)
        }
    }

    func write(_ text: String) throws {
        buffer.append(contentsOf: (isShown ? ShownResult.text(text, as: .data, isTerminal: true) : text).utf8)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Writes the rest and puts the file in its place.
    func finish() throws {
        try flush()
        guard let path, let partial else { return }
        do {
            try handle.close()
        } catch {
            throw Failure(path: path, reason: error.localizedDescription)
        }
        guard rename(partial, path) == 0 else {
            throw Failure(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// Leaves nothing behind of an export that failed.
    func abandon() {
        if let partial { try? FileManager.default.removeItem(atPath: partial) }
    }

    private func flush() throws {
        defer { buffer.removeAll(keepingCapacity: true) }
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw Failure(path: path ?? "standard output", reason: error.localizedDescription)
        }
    }
}
