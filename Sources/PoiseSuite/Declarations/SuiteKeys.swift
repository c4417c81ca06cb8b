import PoiseCore

/// The keys of a suite file.
enum SuiteKeys {
    static let name = Key.required(
        "name", Form.text, "A short name for the suite; runs and result files are called after it."
    )
    static let description = Key.optional("description", Form.text, "What the suite is for, in a sentence.")
    static let candidates = Key.required(
        "candidates", Form.tree(.list(CandidateKeys.shape.withPlaceholders)),
        "What is compared: models at quantizations, each served by Poise or behind an endpoint."
    )
    static let judges = Key<YAMLValue>.optional(
        "judges", .tree(.list(CandidateKeys.shape.withPlaceholders)),
        "The models that grade where a rubric asks: written as candidates are. Several make a panel."
    )
    static let tasks = Key.required(
        "tasks", Form<[LocatedText]>.oneOrMore(of: .locatedText),
        "Task files, relative to this file; *, ?, [abc] and ** match several, in sorted order."
    )
    static let sampling = Key.optional(
        "sampling", Form.tree(.mapping(SamplingKeys.all)), "Settings that are sent with every request."
    )
    static let epochs = Key.optional(
        "epochs", Form.repeats, default: 1, as: .number(1), "How often each sample is asked in a round."
    )
    static let rounds = Key.optional(
        "rounds", Form.repeats, default: 1, as: .number(1),
        "Passes over all candidates, interleaved so that a machine that drifts favours none."
    )
    static let load = Key<[Load]>.optional(
        "load", .loads, default: [1], as: .array([.number(1)]),
        "How requests come: a number is kept in flight, {rate: 5 per second} sends them at their instants whatever the"
            + " server does; a list is measured one after the other."
    )
    static let stop = Key<YAMLValue>.optional(
        "stop", .tree(.mapping(StopKeys.all)),
        "What ends a candidate's load level, in each round, before all its trials are asked: whichever holds first."
    )
    static let uniquePrefix = Key.optional(
        "unique_prefix", Form.bool, default: false, as: .bool(false),
        "Whether every request begins with words of its own, so that no prompt cache helps. It changes the prompt, and"
            + " can change answers."
    )
    static let candidatesAtOnce = Key.optional(
        "candidates_at_once", Form.whole(1...100), default: 1, as: .number(1),
        "Candidates that are asked at the same time; more than 1 only for endpoints that do not share a machine."
    )
    static let limits = Key<YAMLValue>.optional(
        "limits", .tree(.mapping(LimitKeys.all)), "How long each part of a request may take before it is a failure."
    )
    static let warmup = Key.optional(
        "warmup", Form.whole(0...10_000), default: 3, as: .number(3),
        "Requests before each pass over a candidate that are not measured."
    )
    static let seed = Key.optional(
        "seed", Form.countOrZero, default: 1, as: .number(1),
        "Decides the order of samples, the subset of a limit and every draw of the analysis."
    )
    static let limit = Key.optional(
        "limit", Form.count,
        "At most so many samples of each task: a random subset that the seed decides, not the first ones."
    )
    static let profile = Key<YAMLValue>.optional(
        "profile", .tree(.anyOf([ProfileKeys.names, .mapping(ProfileKeys.all)])),
        "The use case by its name, or one of your own: limits that must hold, and what is best where they do."
    )
    static let baseline = Key.optional(
        "baseline", Form<LocatedText>.locatedText, "The candidate that the others are compared with, by its id."
    )
    static let gate = Key<YAMLValue>.optional(
        "gate", .tree(.list(GateKeys.shape)),
        "Rules that decide whether a candidate passes (poise gate): each the name of a number with a limit to it."
    )

    static let all: [KeyDeclaration] =
        [
            name.declaration, description.declaration, candidates.declaration, judges.declaration, tasks.declaration,
            sampling.declaration,
            epochs.declaration, rounds.declaration, load.declaration, stop.declaration, warmup.declaration,
            uniquePrefix.declaration, candidatesAtOnce.declaration, limits.declaration, seed.declaration,
            limit.declaration, profile.declaration, baseline.declaration, gate.declaration,
        ] + RunLimitKeys.all
}

/// The sampling settings of the OpenAI API; `null` keeps a setting out of the request.
enum SamplingKeys {
    static let temperature = Key<Double?>.optional(
        "temperature", .orNull(.decimal(0...2)), default: 0, as: .number(0),
        "0 always takes the likeliest token, so that a difference comes from the candidate and not from a draw."
    )
    static let topP = Key<Double?>.optional(
        "top_p", .orNull(.decimal(0...1)), "Draws only from the likeliest tokens that hold this share of probability."
    )
    static let topK = Key<Int?>.optional(
        "top_k", .orNull(.whole(-1...Int.max)), "Draws only from this many likeliest tokens.")
    static let maxTokens = Key<Int?>.optional(
        "max_tokens", .orNull(.count), default: 1024, as: .number(1024),
        "The longest response; a task may set its own. Without one an endless response never ends."
    )
    static let seed = Key<Int?>.optional(
        "seed", .orNull(.countOrZero), "The seed of the engine's own draws, where it takes one."
    )
    static let stop = Key<[String]?>.optional(
        "stop", .orNull(.oneOrMore(of: .text)), "Texts at which the response ends."
    )

    static let all: [KeyDeclaration] = [
        temperature.declaration, topP.declaration, topK.declaration, maxTokens.declaration, seed.declaration,
        stop.declaration,
    ]

    /// What judges are sent where they say nothing: the same question gets the same grade, as far as the engine can.
    static let judges = SamplingSettings(temperature: 0, maxTokens: 1024, seed: 1)

    /// What is sent where a suite says nothing.
    static let defaults = SamplingSettings(
        temperature: temperature.fallback() ?? nil, maxTokens: maxTokens.fallback() ?? nil
    )
}

/// A text that may be wrong in a way that only shows later, with its place.
struct LocatedText {
    let text: String
    let value: YAMLValue
}

extension Form where Value == LocatedText {
    static var locatedText: Form {
        Form(.text) { value in Form<String>.text.read(value).map { LocatedText(text: $0, value: value) } }
    }
}

extension Form where Value == Int {
    /// Bounded, so that the product of candidates, samples, loads, epochs and rounds always fits.
    fileprivate static var repeats: Form { whole(1...1000) }
}
