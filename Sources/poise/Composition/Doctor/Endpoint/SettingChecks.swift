import PoiseCore
import PoiseReport

/// Whether the server counts its tokens.
enum UsageCheck: DoctorCheck {
    static let name = "usage"

    static func finding(_ report: ServerReport, source: TrialMetrics.TokenSource?) -> Finding {
        if let output = report.completionTokens {
            let prompt = report.promptTokens.map { "\(Numbers.count($0)) in, " } ?? ""
            let cached = report.cachedTokens.map { ", \(Numbers.count($0)) of the prompt cached" } ?? ""
            return ok("\(prompt)\(Numbers.count(output)) out\(cached)")
        }
        if source == .timings { return ok("none, and the server's timings count the tokens") }
        return warning(
            "none in the stream: tokens are counted by chunks, which may hold several",
            "Take a server that answers stream_options.include_usage; without it tokens per second are a guess.")
    }

    private static func report(_ prompt: Int?, _ output: Int?) -> ServerReport {
        var report = ServerReport()
        report.promptTokens = prompt
        report.completionTokens = output
        return report
    }

    static let examples = [
        DoctorExample("counted", finding(report(12, 8), source: .usage), .ok, "12 in, 8 out"),
        DoctorExample("timings", finding(report(nil, nil), source: .timings), .ok),
        DoctorExample("nothing", finding(report(nil, nil), source: .chunks), .warning, "include_usage"),
    ]
}

/// Whether the cap on tokens is kept.
enum TokenCapCheck: DoctorCheck {
    static let name = "max_tokens"

    /// - Parameters:
    ///   - tokens: that came; nil where nobody counts.
    ///   - reason: why the response ended, as the server says.
    ///   - uncut: tokens that the same question had where more were allowed; nil where that is not known.
    static func finding(cap: Int, tokens: Int?, reason: String?, uncut: Int?) -> Finding {
        let count = tokens.map { Numbers.counted($0, "token") } ?? "an unknown number of tokens"
        let figures = tokens.map { ["outputTokens": Double($0)] } ?? [:]
        if let tokens, tokens > cap {
            return failed(
                "\(count) came where \(cap) were allowed",
                "The server takes no notice of max_tokens: responses get as long, slow and dear as they like. Set the cap at"
                    + " the server.", figures)
        }
        switch reason {
        case "length": return ok("\(count) of at most \(cap), ended for it", figures)
        case nil:
            return warning(
                "\(count) of at most \(cap), and no finish_reason",
                "Without it nobody sees which answers were cut; update the server.", figures)
        default:
            guard let tokens, tokens >= cap, let uncut, uncut > cap else {
                return skipped("the answer ended by itself after \(count), so that no cap of \(cap) was met", figures)
            }
            return warning(
                "\(count) of at most \(cap), and the finish_reason is “\(reason ?? "")” where “length” was due",
                "Cut answers will not be seen as such; update the server.", figures)
        }
    }

    static let examples = [
        DoctorExample("kept", finding(cap: 8, tokens: 8, reason: "length", uncut: 32), .ok, "8 tokens of at most 8"),
        DoctorExample("ignored", finding(cap: 8, tokens: 120, reason: "stop", uncut: 120), .failed, "120 tokens came"),
        DoctorExample("not said", finding(cap: 8, tokens: 8, reason: nil, uncut: nil), .warning, "finish_reason"),
        DoctorExample("said wrongly", finding(cap: 8, tokens: 8, reason: "stop", uncut: 32), .warning, "“stop”"),
        DoctorExample("a short answer", finding(cap: 8, tokens: 3, reason: "stop", uncut: 3), .skipped, "by itself"),
        DoctorExample("one as long as the cap", finding(cap: 8, tokens: 8, reason: "stop", uncut: 8), .skipped),
    ]
}

/// Whether a seed makes draws the same.
enum SeedCheck: DoctorCheck {
    static let name = "seed"

    /// - Parameters:
    ///   - texts: with one seed at temperature 1.
    ///   - other: with another one; nil where it did not come.
    static func finding(texts: [String], other: String?) -> Finding {
        guard let first = texts.first, texts.count > 1 else { return skipped("too few answers came") }
        guard !first.isEmpty else { return skipped("the answers are empty") }
        let repeats = texts.count - 1
        let same = texts.dropFirst().count { $0 == first }
        let figures = ["sameText": Double(same), "repeats": Double(repeats)]
        let text = "at temperature 1, the same seed gave the same text \(same) of \(repeats) times"
        guard same == repeats else {
            return warning(
                text, "Draws cannot be made again here; ask more epochs in place of trusting one, or temperature 0.",
                figures)
        }
        guard let other, other == first else { return ok("\(text), another seed another one", figures) }
        return ok("\(text), and so did another seed", figures)
    }

    static let examples = [
        DoctorExample(
            "honoured", finding(texts: ["a b", "a b", "a b", "a b"], other: "c"), .ok,
            "3 of 3 times, another seed another"),
        DoctorExample("a fixed text", finding(texts: ["a", "a"], other: "a"), .ok, "so did another"),
        DoctorExample("not honoured", finding(texts: ["a", "b", "a", "c"], other: "d"), .warning, "1 of 3 times"),
        DoctorExample("too few", finding(texts: ["a"], other: nil), .skipped),
        DoctorExample("empty", finding(texts: ["", ""], other: ""), .skipped),
    ]
}

/// Whether the same question has the same answer at temperature 0.
enum RepeatCheck: DoctorCheck {
    static let name = "temperature 0"

    static func finding(texts: [String]) -> Finding {
        guard let first = texts.first, texts.count > 1 else { return skipped("too few answers came") }
        let same = texts.dropFirst().count { $0 == first }
        guard same < texts.count - 1 else { return ok("the same answer again") }
        return warning(
            "the same question, and other answers",
            "Batching or several machines behind the address change the arithmetic: repeat samples (epochs: 3 or more)."
        )
    }

    static let examples = [
        DoctorExample("the same", finding(texts: ["1 2 3", "1 2 3"]), .ok),
        DoctorExample("another", finding(texts: ["1 2 3", "1, 2, 3"]), .warning, "epochs"),
        DoctorExample("too few", finding(texts: []), .skipped),
    ]
}
