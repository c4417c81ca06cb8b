import Foundation
import PoiseCore

/// Files of a suite that are not as they were when its plan was made.
///
/// The plan holds all that is run, so that nothing is wrong with it; but who changed a file may believe otherwise.
enum ChangedFiles {
    /// Their paths, sorted; one that is not there, as on another machine, says nothing.
    ///
    /// - Parameter suite: the suite's path, from whose folder files are named.
    static func all(in digests: [String: String], suite: String) -> [String] {
        let folder = URL(fileURLWithPath: suite).deletingLastPathComponent()
        return digests.sorted { $0.key < $1.key }.compactMap { name, digest in
            let file = URL(fileURLWithPath: name, relativeTo: folder)
            guard let data = try? Data(contentsOf: file), SHA256Digest.of(data) != digest else { return nil }
            return name
        }
    }
}
