import PoiseCore
import PoiseReport
import Synchronization

/// Blacks out what somebody wrote beside the transcripts: commands, arguments, warnings, names of hosts.
enum PageRedaction {
    /// - Parameter redaction: counts what it blacks out.
    static func apply(_ redaction: inout Redaction, to content: inout ReportContent) {
        // Folders are cut also where nothing is blacked out.
        if let gate = content.detail?.gate { content.detail?.gate = gate.shareable(by: &redaction) }
        guard !redaction.isIdle else { return }
        content.run = content.run.redacted(by: &redaction)
        for index in content.joinedRuns.indices {
            content.joinedRuns[index] = content.joinedRuns[index].redacted(by: &redaction)
        }
        for id in content.engines.keys.sorted() {
            content.engines[id] = content.engines[id]?.redacted(by: &redaction)
        }
        for index in content.warnings.indices {
            content.warnings[index] = redaction.redacting(content.warnings[index])
        }
        content.suite.description = redaction.redacting(content.suite.description)
        for index in content.tasks.indices {
            content.tasks[index].title = redaction.redacting(content.tasks[index].title)
        }
        for index in content.candidates.indices {
            content.candidates[index].service = redaction.redacting(content.candidates[index].service)
        }
        // What a server says of its responses' ends.
        for id in content.responses.keys.sorted() {
            let reasons = (content.responses[id]?.finishReasons ?? [:]).sorted { $0.key < $1.key }
            content.responses[id]?.finishReasons = Dictionary(
                reasons.map { (redaction.redacting($0.key), $0.value) }, uniquingKeysWith: +)
        }
        guard var detail = content.detail else { return }
        detail.gateObstacle = redaction.redacting(detail.gateObstacle)
        if let context = detail.choiceContext {
            detail.choiceContext?.runs = context.runs.map { $0.redacted(by: &redaction) }
        }
        var counts = redaction.counts
        counts += detail.transcripts.redactions
        detail.redactions = counts
        content.detail = detail
    }
}

extension RunRecord {
    func redacted(by redaction: inout Redaction) -> RunRecord {
        RunRecord(
            id: id, suite: suite, startedAt: startedAt, endedAt: endedAt, status: status, seed: seed, machine: machine,
            poiseVersion: poiseVersion, command: redaction.redacting(command), resumed: resumed, paused: paused)
    }
}

extension EngineFacts {
    fileprivate func redacted(by redaction: inout Redaction) -> EngineFacts {
        let shown = arguments.indices.map { index -> String in
            // An option and its value are two arguments, and only `--api-key` says that what follows is a key.
            let option = index > 0 ? arguments[index - 1] : ""
            guard option.hasPrefix("--"), !option.contains("=") else { return redaction.redacting(arguments[index]) }
            return String(redaction.redacting("\(option) \(arguments[index])").dropFirst(option.count + 1))
        }
        var details = details
        let (server, model) = (details?.server, details?.model)
        details?.server = redaction.redacting(server)
        details?.model = redaction.redacting(model)
        return EngineFacts(
            engine: redaction.redacting(engine), build: redaction.redacting(build),
            arguments: shown, loadTime: loadTime,
            peakMemory: peakMemory, modelFile: modelFile, isSimulated: isSimulated, details: details)
    }
}

/// Blacks texts out for whoever asks, and counts over all of them.
final class SharedRedaction: Sendable {
    private let redaction: Mutex<Redaction>

    init(_ redaction: Redaction) {
        self.redaction = Mutex(redaction)
    }

    func redacting(_ text: String) -> String { redaction.withLock { $0.redacting(text) } }

    /// With what was counted by now.
    var current: Redaction { redaction.withLock { $0 } }
}
