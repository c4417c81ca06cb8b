import Foundation
import PoiseCore

/// Writes reports to files.
enum ReportFile {
    struct Failure: ExplainedError {
        let path: String
        let reason: String
        var what: String { "the report cannot be written: \(reason)" }
        var place: String? { path }
        var remedy: String? { "Name another file, or free some room; the run itself is safe in the database." }
    }

    /// `Results/demo.sqlite` and the suite `demo` → `Results/demo.html`.
    static func page(of suite: String, besideDatabase database: String) -> String {
        let folder = (database as NSString).deletingLastPathComponent
        let name = suite.replacingOccurrences(of: "/", with: "-") + ".html"
        return folder.isEmpty ? name : "\(folder)/\(name)"
    }

    /// Replaces the file in one step: a reader never sees half of it.
    static func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw Failure(path: path, reason: error.localizedDescription)
        }
    }
}
