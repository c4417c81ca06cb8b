import Foundation
import PoiseCore
import PoiseStore

/// A merge from its shards to the database in its place.
struct MergeSession: Sendable {
    let shards: [String]
    let output: String
    /// Goes on where something is missing.
    var isPartial = false
    /// Puts all kinds of machine into one run.
    var isPooled = false
    /// Replaces what is there.
    var replaces = false
    let command: String

    /// - Returns: what was merged; the same where it is there already.
    func run() async throws -> MergeSummary {
        let files = try ShardFiles.found(at: shards)
        let place = URL(fileURLWithPath: output).resolvingSymlinksInPath().path
        guard !files.contains(where: { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path == place }) else {
            throw MergeFailure.isShard(path: output)
        }
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
        if isThere, isFolder.boolValue { throw MergeFailure.exists(path: output) }
        let merge = try Merge(
            await RunStore.shards(at: files), isPartial: isPartial, isPooled: isPooled, command: command)
        for line in merge.missing { Console.say("missing: \(line)") }
        for run in merge.runs {
            for text in NodeWarnings.pooled(run.record.machine) { Console.say("warning: \(text)") }
            for warning in run.warnings {
                Console.say("warning: \(warning.candidate.isEmpty ? "" : "\(warning.candidate): ")\(warning.reason)")
            }
        }
        let summary = MergeSummary(merge, output: output)
        if isThere, !replaces {
            guard await merge.isWritten(at: output) else { throw MergeFailure.exists(path: output) }
            Console.say("\(output) is there already, merged from these shards")
            return summary
        }
        try await write(merge)
        Console.say("merged \(files.count == 1 ? "1 file" : "\(files.count) files") into \(output)")
        return summary
    }

    private func write(_ merge: Merge) async throws {
        let file = try FreshDatabase(for: output)
        let progress = MergeProgress()
        do {
            try file.write(merge) { done, all in
                if let line = progress.line(done: done, of: all) { Console.say(line) }
            }
            let store = try RunStore(path: file.path, creating: false)
            for run in merge.runs {
                try Task.checkCancellation()
                try await ReportAssembly.analyse(run.record, in: store)
            }
            try Task.checkCancellation()
            try file.put(closing: store)
        } catch {
            file.discard()
            throw error
        }
    }
}

/// What is said of a merge that takes long.
private final class MergeProgress: Sendable {
    private let began = ContinuousClock.now

    /// nil where there is nothing to say yet: for some seconds nobody wonders, and then each tenth is enough.
    func line(done: Int, of all: Int) -> String? {
        guard ContinuousClock.now - began > .seconds(5), done == all || done * 10 / all > (done - 1) * 10 / all else {
            return nil
        }
        return "\(done) of \(all) files are copied" + (done == all ? "; analysing" : "")
    }
}
