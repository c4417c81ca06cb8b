import Foundation

@testable import PoiseGrading

/// The machine's processes that run a sandboxed program.
enum SandboxProcesses {
    /// Command lines of those that no process of ours is a parent of, of any degree.
    static func orphans() -> [String] {
        #if os(Linux)
            list().filter { !descends($0.id) }.map(\.line)
        #else
            []
        #endif
    }

    /// Everything that runs a program of these tests.
    private static func list() -> [(id: Int32, line: String)] {
        let ids = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
        return ids.compactMap { id in
            guard let words = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") else { return nil }
            let line = String(decoding: words, as: UTF8.self).replacingOccurrences(of: "\0", with: " ")
            return line.contains("-s -B main.py") && !line.contains("bwrap") ? (id, line) : nil
        }
    }

    #if os(Linux)
        private static func descends(_ id: Int32) -> Bool {
            var current = id
            while current > 1 {
                if current == getpid() { return true }
                guard let text = FileManager.default.contents(atPath: "/proc/\(current)/stat"),
                    let entry = ProcessTree.entry(String(decoding: text, as: UTF8.self))
                else { return true }
                current = entry.parent
            }
            return false
        }
    #endif
}
