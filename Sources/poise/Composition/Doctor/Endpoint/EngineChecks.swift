import PoiseCore
import PoiseReport

/// Whether a file of weights is there and whole enough to be read.
enum WeightsCheck: DoctorCheck {
    static let name = "weights"

    enum Outcome: Hashable, Sendable {
        /// - type: of the numbers, by the file itself.
        case read(bytes: Int64, architecture: String, type: String, hasTemplate: Bool)
        case unreadable(what: String, remedy: String?)
    }

    static func finding(_ outcome: Outcome, file: String) -> Finding {
        switch outcome {
        case .unreadable(let what, let remedy):
            return failed("\(file): \(what)", remedy ?? "Check the path under serve.file.")
        case .read(let bytes, let architecture, let type, let hasTemplate):
            let text = "\(Numbers.bytes(bytes)), \(architecture), \(type)"
            guard !hasTemplate else { return ok(text, ["bytes": Double(bytes)]) }
            return warning(
                "\(text), and no chat template in it: the engine takes one that may not fit",
                "Take a file that holds its template, or convert the model anew with one.", ["bytes": Double(bytes)])
        }
    }

    static let examples = [
        DoctorExample(
            "whole",
            finding(
                .read(bytes: 4_000_000_000, architecture: "llama", type: "Q4_0", hasTemplate: true), file: "m.gguf"),
            .ok, "4.00 GB, llama, Q4_0"),
        DoctorExample(
            "no template",
            finding(
                .read(bytes: 4_000_000_000, architecture: "llama", type: "Q4_0", hasTemplate: false), file: "m.gguf"),
            .warning, "template"),
        DoctorExample(
            "cut off",
            finding(.unreadable(what: "it ends within its header", remedy: "Load it again."), file: "m.gguf"),
            .failed, "m.gguf: it ends"),
    ]
}

/// Whether the engine serves these weights.
enum EngineStartCheck: DoctorCheck {
    static let name = "start"

    enum Outcome: Hashable, Sendable {
        case started(milliseconds: Double?)
        case failed(what: String, remedy: String?)
        /// Too large to be started unasked; bytes.
        case tooLarge(Int64)
        case timedOut(Duration)
    }

    static func finding(_ outcome: Outcome) -> Finding {
        switch outcome {
        case .started(let time): return ok("ready after \(Numbers.time(time))", time.map { ["loadTime": $0] } ?? [:])
        case .failed(let what, let remedy): return failed(what, remedy ?? "Try the file with llama-server by hand.")
        case .tooLarge(let bytes):
            return skipped("\(Numbers.bytes(bytes)) are not loaded unasked; --start-engines does")
        case .timedOut(let limit):
            return timedOut(after: limit, "Try the file with llama-server by hand; a slow disk may need longer.")
        }
    }

    static let examples = [
        DoctorExample("ready", finding(.started(milliseconds: 640)), .ok, "640 ms"),
        DoctorExample("ended", finding(.failed(what: "it ended (signal 9)", remedy: nil)), .failed, "by hand"),
        DoctorExample("large", finding(.tooLarge(40_000_000_000)), .skipped, "--start-engines"),
        DoctorExample("slow", finding(.timedOut(.seconds(120))), .failed, "within 2 min"),
    ]
}

/// Whether a judge gives grades that can be read.
enum JudgeFormatCheck: DoctorCheck {
    static let name = "grades"

    enum Outcome: Hashable, Sendable {
        case graded(String, criterion: String, rubric: String)
        case ungraded(reason: String)
        case nothingAsked
    }

    static func finding(_ outcome: Outcome) -> Finding {
        switch outcome {
        case .graded(let grade, let criterion, let rubric):
            return ok("it gave “\(grade)” for \(criterion) of the rubric \(rubric), in the form that was asked for")
        case .nothingAsked: return skipped("no rubric of the suite asks a judge")
        case .ungraded(let reason):
            return failed(
                reason.split(separator: "\n").first.map(String.init) ?? reason,
                "Take a larger judge, raise its max_tokens, or let the rubric ask for JSON (structured: true).")
        }
    }

    static let examples = [
        DoctorExample(
            "a grade", finding(.graded("C", criterion: "concise", rubric: "judged")), .ok, "“C” for concise"),
        DoctorExample("none", finding(.ungraded(reason: "its reply held no grade")), .failed, "larger judge"),
        DoctorExample("no question", finding(.nothingAsked), .skipped),
    ]
}
