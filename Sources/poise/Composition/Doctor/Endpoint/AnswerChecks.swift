import PoiseCore
import PoiseReport

/// Whether the model is among those that the server lists.
enum ModelListCheck: DoctorCheck {
    static let name = "model"

    /// - Parameter listed: nil where there is no list.
    static func finding(_ model: String, listed: [String]?) -> Finding {
        guard let listed, !listed.isEmpty else { return skipped("the server lists no models") }
        // A name without a tag means that tag (Ollama).
        if listed.contains(model) || listed.contains("\(model):latest") {
            return ok("\(model), of \(Numbers.counted(listed.count, "model")) listed")
        }
        let meant = nearest(to: model, among: listed).map { "Did you mean \($0)? " } ?? ""
        let some = listed.prefix(5).joined(separator: ", ") + (listed.count > 5 ? ", …" : "")
        return warning("\(model) is not listed", "\(meant)The server lists: \(some).")
    }

    static let examples = [
        DoctorExample("listed", finding("qwen3", listed: ["llama", "qwen3"]), .ok, "of 2 models"),
        DoctorExample("by its tag", finding("qwen3", listed: ["qwen3:latest"]), .ok),
        DoctorExample("mistyped", finding("qwen", listed: ["llama", "qwen3"]), .warning, "Did you mean qwen3?"),
        DoctorExample("no list", finding("m", listed: nil), .skipped),
    ]
}

/// Whether the model answers at all: the key is taken, the model known, the response whole.
enum AnswerCheck: DoctorCheck {
    static let name = "answer"

    enum Outcome: Hashable, Sendable {
        /// - ttft: milliseconds; nil where no token came.
        case answered(String, ttft: Double?)
        /// It said nothing but its thinking, up to the cap on tokens.
        case onlyThought(tokens: Int?)
        case failed(RequestFailure)
        /// Before anything could be asked.
        case notOpened(what: String, remedy: String?)
    }

    static func finding(_ outcome: Outcome) -> Finding {
        switch outcome {
        case .answered(let text, let ttft):
            let time = ttft.map { ", first token after \(Numbers.time($0))" } ?? ""
            let figures = ttft.map { ["ttft": $0] } ?? [:]
            guard !text.allSatisfy(\.isWhitespace) else {
                return warning(
                    "to “\(EndpointQuestions.word)” it said nothing\(time)",
                    "Ask it by hand; an empty answer often means a wrong chat template or a stop word that comes first.",
                    figures)
            }
            return ok("“\(Self.quoted(text))”\(time)", figures)
        case .onlyThought(let tokens):
            return ok(
                "it was still thinking after \(tokens.map { Numbers.counted($0, "token") } ?? "its cap"): give it a"
                    + " max_tokens that holds thinking and answer")
        case .failed(let failure):
            return failed(failure.message, failure.remedy ?? "Ask it by hand (curl), and see the server's log.")
        case .notOpened(let what, let remedy): return failed(what, remedy ?? "Correct the suite.")
        }
    }

    /// A few words of a text, on one line.
    static func quoted(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 40 ? words.prefix(39) + "…" : words
    }

    static let examples = [
        DoctorExample("a word", finding(.answered(" ready\n", ttft: 41)), .ok, "“ready”, first token after 41.0 ms"),
        DoctorExample("nothing", finding(.answered("\n", ttft: nil)), .warning, "chat template"),
        DoctorExample("thinking", finding(.onlyThought(tokens: 64)), .ok, "64 tokens"),
        DoctorExample(
            "no key",
            finding(
                .failed(RequestFailure(kind: .unauthorized, message: "h answered 401", remedy: "Name api_key_env."))),
            .failed, "api_key_env"),
        DoctorExample(
            "not opened", finding(.notOpened(what: "the variable K is not set", remedy: "export K=…")), .failed),
    ]
}

/// Whether the chat template fits the model: nothing of it may get into the answer.
enum TemplateCheck: DoctorCheck {
    static let name = "chat template"

    /// What models of the field mark turns with; none of it belongs into an answer.
    private static let marks = [
        "<|im_start|>", "<|im_end|>", "<|eot_id|>", "<|start_header_id|>", "<|end_header_id|>", "<|begin_of_text|>",
        "<|end_of_text|>", "<|endoftext|>", "<|end|>", "<|user|>", "<|assistant|>", "<|system|>", "<|start|>",
        "<|message|>", "<|channel|>", "<start_of_turn>", "<end_of_turn>", "[INST]", "[/INST]", "<<SYS>>", "<s>", "</s>",
        "<|eom_id|>", "<|turn|>", "### Instruction:", "<｜User｜>", "<｜Assistant｜>", "<bos>", "<eos>",
    ]
    /// How a model begins that speaks for both sides.
    private static let roles = ["user:", "human:", "assistant:", "system:", "### response", "assistant\n"]

    /// - Parameters:
    ///   - answers: all that it said.
    ///   - engineHasTemplate: whether the engine says that it has one; nil where it does not say.
    static func finding(answers: [String], engineHasTemplate: Bool?) -> Finding {
        let remedy =
            "Serve the model with its own template (llama.cpp: --jinja, --chat-template-file; vLLM: --chat-template), or"
            + " take a file that holds it."
        let found = marks.filter { mark in answers.contains { $0.contains(mark) } }
        guard found.isEmpty else {
            return failed("marks of turns stand in the answers: \(found.joined(separator: " "))", remedy)
        }
        let confused = answers.compactMap { answer in
            let start = answer.drop(while: \.isWhitespace).lowercased()
            return roles.first { start.hasPrefix($0) || answer.lowercased().contains("\n\($0)") }
        }
        if let role = confused.first {
            return warning(
                "an answer speaks for a role (“\(role.filter { !$0.isNewline })”)", remedy)
        }
        if engineHasTemplate == false {
            return warning("the engine has none for this model, and takes one that may not fit", remedy)
        }
        let engine = engineHasTemplate == true ? "; the engine has the model's own" : ""
        return ok("no mark of turns in \(Numbers.counted(answers.count, "answer"))\(engine)")
    }

    static let examples = [
        DoctorExample("clean", finding(answers: ["ready"], engineHasTemplate: true), .ok, "the model's own"),
        DoctorExample("not told", finding(answers: ["ready", "1 2 3"], engineHasTemplate: nil), .ok, "2 answers"),
        DoctorExample(
            "ChatML", finding(answers: ["ready<|im_end|>"], engineHasTemplate: nil), .failed, "<|im_end|>"),
        DoctorExample("Llama 2", finding(answers: ["[INST] ready [/INST]"], engineHasTemplate: nil), .failed, "[INST]"),
        DoctorExample("Llama 3", finding(answers: ["ready<|eot_id|>"], engineHasTemplate: true), .failed),
        DoctorExample("an end", finding(answers: ["ready</s>"], engineHasTemplate: nil), .failed, "--chat-template"),
        DoctorExample(
            "both sides", finding(answers: ["ready\nUser: and now?"], engineHasTemplate: nil), .warning, "“user:”"),
        DoctorExample("words that only look so", finding(answers: ["The user: nobody"], engineHasTemplate: nil), .ok),
        DoctorExample("no template", finding(answers: ["ready"], engineHasTemplate: false), .warning, "may not fit"),
    ]
}

/// Whether thinking is told from the answer.
enum ThinkingCheck: DoctorCheck {
    static let name = "thinking"

    private static let tags = [
        "<think>", "</think>", "<thinking>", "</thinking>", "<reasoning>", "[THINK]", "[/THINK]",
    ]

    /// - Parameters:
    ///   - answers: what counts as answer.
    ///   - hasReasoning: whether any thinking came as such.
    static func finding(answers: [String], hasReasoning: Bool) -> Finding {
        let found = tags.filter { tag in answers.contains { $0.contains(tag) } }
        guard found.isEmpty else {
            return failed(
                "it stands in the answers (\(found.joined(separator: " "))), where it would be graded",
                "Let the server part it (llama.cpp: --reasoning-format deepseek; vLLM: --reasoning-parser), or raise"
                    + " max_tokens, so that it ends.")
        }
        return ok(hasReasoning ? "comes apart from the answer" : "none in the answers")
    }

    static let examples = [
        DoctorExample("none", finding(answers: ["ready"], hasReasoning: false), .ok, "none"),
        DoctorExample("apart", finding(answers: ["ready"], hasReasoning: true), .ok, "apart"),
        DoctorExample(
            "leaking", finding(answers: ["so the user wants…</think>ready"], hasReasoning: false), .failed, "</think>"),
    ]
}
