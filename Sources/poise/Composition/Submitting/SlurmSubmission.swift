import Foundation
import PoiseClient

/// Writes the scripts of a job and hands them to sbatch.
struct SlurmSubmission {
    /// The numbers under which Slurm knows what was submitted; nil for what was not.
    struct IDs: Hashable {
        var array: String?
        var merge: String?
    }

    let job: SlurmJob
    /// False where the shards are to be merged by hand.
    let merges: Bool
    /// sbatch hands it on to the job, so that all of it goes there: also keys, which stand in no script.
    var environment = ProcessInfo.processInfo.environment

    /// - Throws: `SubmitFailure`; what is written by then stays.
    func submit() async throws -> IDs {
        try write()
        var ids = IDs()
        let sbatch = try executable()
        if !job.missing.isEmpty {
            let array = try await id(of: job.places.arrayScript, sbatch: sbatch)
            note(array)
            ids.array = array
        }
        guard merges else { return ids }
        let waitsFor = [ids.array].compactMap(\.self) + job.earlier
        let dependency = waitsFor.isEmpty ? [] : ["--dependency=afterany:\(waitsFor.joined(separator: ":"))"]
        do {
            ids.merge = try await id(of: job.places.mergeScript, sbatch: sbatch, options: dependency)
        } catch let failure as SubmitFailure {
            guard let array = ids.array else { throw failure }
            throw SubmitFailure.noMerge(array: array, script: job.places.mergeScript, words: failure.what)
        }
        return ids
    }

    private func write() throws {
        var texts = job.missing.isEmpty ? [] : [(job.places.arrayScript, job.arrayText)]
        if merges { texts.append((job.places.mergeScript, job.mergeText)) }
        var path = job.places.logs
        do {
            // sbatch makes no folder for the log; without one the job fails and says nothing.
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for (script, text) in texts {
                path = script
                try Data(text.utf8).write(to: URL(fileURLWithPath: script), options: .atomic)
            }
        } catch {
            throw SubmitFailure.notWritten(path: path, reason: error.localizedDescription)
        }
    }

    /// So that another submission knows which jobs are this plan's; without it shards would only be run twice.
    private func note(_ array: String) {
        let known = (try? String(contentsOfFile: job.places.arrays, encoding: .utf8)) ?? ""
        try? Data("\(known)\(array)\n".utf8).write(to: URL(fileURLWithPath: job.places.arrays), options: .atomic)
    }

    private func executable() throws -> String {
        if let found = SlurmQueue.program("sbatch", in: environment) { return found }
        throw SubmitFailure.noScheduler(script: job.missing.isEmpty ? job.places.mergeScript : job.places.arrayScript)
    }

    private func id(of script: String, sbatch: String, options: [String] = []) async throws -> String {
        let ended = await Program.run(
            sbatch, ["--parsable"] + options + [script], within: .seconds(60), withErrors: true,
            environment: environment)
        let words = String(decoding: ended?.output ?? Data(), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let status = ended?.status, status == 0 else {
            throw SubmitFailure.refused(script: script, status: ended?.status, words: words)
        }
        guard let id = Self.id(in: words) else { throw SubmitFailure.noID(script: script, words: words) }
        return id
    }

    /// The number that `sbatch --parsable` prints: `4711`, or `4711;cluster` where there are several clusters.
    static func id(in words: String) -> String? {
        words.split(whereSeparator: \.isNewline).lazy
            .compactMap { $0.split(separator: ";", omittingEmptySubsequences: false).first }
            .first { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
            .map(String.init)
    }
}
