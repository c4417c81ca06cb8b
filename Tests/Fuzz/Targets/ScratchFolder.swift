import Foundation
import Synchronization

/// A folder of this process, for readers that read files; in memory where the machine has such a place.
enum ScratchFolder {
    private static let path: String = {
        let memory = "/dev/shm"
        let home = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
        let path = "\(home)/poise-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in neighbours {
            _ = FileManager.default.createFile(atPath: "\(path)/\(name)", contents: Data(text.utf8))
        }
        atexit { ScratchFolder.remove() }
        return path
    }()

    private static let count = Mutex(0)

    private static func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a new file that holds these bytes, and is gone afterwards.
    static func with<Result>(_ bytes: [UInt8], named ending: String, _ body: (String) throws -> Result) rethrows
        -> Result
    {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let file = "\(path)/\(number)-\(ending)"
        _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
        defer { unlink(file) }
        return try body(file)
    }

    /// The path of a new folder, which is gone afterwards.
    static func withFolder<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let folder = "\(path)/folder-\(number)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    /// What suites and tasks may name.
    private static let neighbours = [
        "add.yaml": """
        name: add
        samples: add.jsonl
        prompt: "{input}"
        graders: [{check: number}, {rubric: ./short.yaml}]
        """,
        "add.jsonl": """
        {"id": "1", "input": "Add 1 and 2.", "target": "3", "choices": ["3", "4"], "metadata": {"facts": ["1", "2"]}}
        """,
        "short.yaml": """
        name: short
        criteria: [{name: brief, check: length, unit: words, max: 20}]
        """,
    ]
}
