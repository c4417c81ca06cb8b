import PoiseClient
import PoiseCore
import PoiseReport

/// Whether something answers at the address, and how long it takes to get there.
enum ConnectionCheck: DoctorCheck {
    static let name = "connection"

    enum Outcome: Hashable, Sendable {
        /// - phases: nil where libcurl did not tell.
        case stood(HTTPExchange.Phases?)
        case failed(RequestFailure)
    }

    static func finding(_ outcome: Outcome) -> Finding {
        switch outcome {
        case .failed(let failure):
            return failed(failure.message, failure.remedy ?? "Start the server, or correct the base_url.")
        case .stood(nil): return ok("stands")
        case .stood(let phases?):
            var parts = [
                "name \(Numbers.time(phases.nameLookup.milliseconds))",
                "connection \(Numbers.time(phases.connecting.milliseconds))",
            ]
            var figures = [
                "nameLookup": phases.nameLookup.milliseconds, "connect": phases.connecting.milliseconds,
            ]
            if let handshake = phases.handshake {
                parts.append("TLS \(Numbers.time(handshake.milliseconds))")
                figures["handshake"] = handshake.milliseconds
            }
            return ok("\(parts.joined(separator: ", ")); no latency includes them", figures)
        }
    }

    static let examples = [
        DoctorExample(
            "by TLS",
            finding(
                .stood(
                    .init(nameLookup: .milliseconds(12), connecting: .milliseconds(20), handshake: .milliseconds(45)))),
            .ok, "name 12.0 ms, connection 20.0 ms, TLS 45.0 ms"),
        DoctorExample("not told", finding(.stood(nil)), .ok),
        DoctorExample(
            "nobody",
            finding(
                .failed(RequestFailure(kind: .refused, message: "nothing answers at http://h", remedy: "Start it."))),
            .failed, "Start it."),
    ]
}

/// Whether a connection is used again, so that no request but the first waits for one.
enum KeepAliveCheck: DoctorCheck {
    static let name = "kept connections"

    /// - Parameters:
    ///   - opened: connections that later requests opened; 0 where each took a kept one.
    ///   - requests: of those.
    static func finding(opened: Int, requests: Int) -> Finding {
        guard requests > 0 else { return skipped("one request is too few to tell") }
        let figures = ["openedConnections": Double(opened), "requests": Double(requests)]
        guard opened > 0 else { return ok("\(Numbers.counted(requests, "request")) took the one that stood", figures) }
        let text = "\(opened) of \(Numbers.counted(requests, "request")) had to connect anew"
        // llama.cpp does so behind each streamed response.
        return ok("\(text): the server closes them; that time is kept out of every latency", figures)
    }

    static let examples = [
        DoctorExample("kept", finding(opened: 0, requests: 8), .ok, "8 requests took the one"),
        DoctorExample("closed each time", finding(opened: 8, requests: 8), .ok, "kept out of every latency"),
        DoctorExample("too few", finding(opened: 0, requests: 0), .skipped),
    ]
}

/// Whether the server's clock agrees with this machine's.
enum ServerClockCheck: DoctorCheck {
    static let name = "server's clock"

    /// Seconds: the header has whole ones, and takes its way.
    private static let most = 5.0

    /// - Parameter ahead: seconds by the `Date` header; nil where there is none.
    static func finding(ahead: Double?) -> Finding {
        guard let ahead else { return skipped("no Date header") }
        let figures = ["clockSkew": ahead * 1000]
        guard ahead.magnitude > most else { return ok("agrees with this machine's", figures) }
        return warning(
            "\(Numbers.span(seconds: ahead.magnitude)) \(ahead > 0 ? "ahead of" : "behind") this machine's",
            "Set the clock that is wrong (timedatectl); dates and limits by the clock go by it, latencies do not.",
            figures)
    }

    static let examples = [
        DoctorExample("equal", finding(ahead: 0.4), .ok, "agrees"),
        DoctorExample("ahead", finding(ahead: 130), .warning, "2 min 10 s ahead"),
        DoctorExample("behind", finding(ahead: -3700), .warning, "behind"),
        DoctorExample("not told", finding(ahead: nil), .skipped),
    ]
}

/// What the server says of how much may be asked.
enum RateLimitCheck: DoctorCheck {
    static let name = "rate limits"

    struct Limits: Hashable, Sendable {
        var requests: Int?
        var requestsLeft: Int?
        var tokens: Int?
        var tokensLeft: Int?

        init(requests: Int? = nil, requestsLeft: Int? = nil, tokens: Int? = nil, tokensLeft: Int? = nil) {
            self.requests = requests
            self.requestsLeft = requestsLeft
            self.tokens = tokens
            self.tokensLeft = tokensLeft
        }

        /// By the names that OpenAI's, Anthropic's and the IETF's draft (ratelimit-headers, 2024) have for them.
        init(_ headers: HTTPHeaders) {
            func first(_ names: [String]) -> Int? { names.lazy.compactMap { headers[$0].flatMap { Int($0) } }.first }
            requests = first([
                "x-ratelimit-limit-requests", "anthropic-ratelimit-requests-limit", "ratelimit-limit",
                "x-ratelimit-limit",
            ])
            requestsLeft = first([
                "x-ratelimit-remaining-requests", "anthropic-ratelimit-requests-remaining", "ratelimit-remaining",
                "x-ratelimit-remaining",
            ])
            tokens = first(["x-ratelimit-limit-tokens", "anthropic-ratelimit-tokens-limit"])
            tokensLeft = first(["x-ratelimit-remaining-tokens", "anthropic-ratelimit-tokens-remaining"])
        }
    }

    /// - Parameter trials: that the suite will ask of it.
    static func finding(_ limits: Limits, trials: Int) -> Finding {
        var parts: [String] = []
        func add(_ left: Int?, _ limit: Int?, _ noun: String) {
            if let left, let limit {
                parts.append("\(Numbers.count(left)) of \(Numbers.counted(limit, noun)) left")
            } else if let limit {
                parts.append(Numbers.counted(limit, noun))
            } else if let left {
                parts.append("\(Numbers.counted(left, noun)) left")
            }
        }
        add(limits.requestsLeft, limits.requests, "request")
        add(limits.tokensLeft, limits.tokens, "token")
        guard !parts.isEmpty else { return skipped("the server tells none") }
        let text = parts.joined(separator: ", ")
        let most = limits.requestsLeft ?? limits.requests
        guard let most, most < trials else { return ok(text) }
        return warning(
            "\(text); the suite asks \(Numbers.count(trials))",
            "A run waits where it is told to; a lower load or rate keeps those waits out of its pace.")
    }

    static let examples = [
        DoctorExample(
            "room", finding(Limits(requests: 10_000, requestsLeft: 9_999, tokens: 2_000_000), trials: 400), .ok,
            "9,999 of 10,000 requests left, 2,000,000 tokens"),
        DoctorExample("too few", finding(Limits(requests: 60, requestsLeft: 58), trials: 400), .warning, "asks 400"),
        DoctorExample(
            "OpenAI's names",
            finding(Limits(["x-ratelimit-limit-requests": "60", "x-ratelimit-remaining-requests": "59"]), trials: 9),
            .ok,
            "59 of 60 requests left"),
        DoctorExample("none", finding(Limits(), trials: 400), .skipped),
    ]
}

/// Whether the endpoint is one of ours, which says nothing of any model.
enum SimulatedCheck: DoctorCheck {
    static let name = "engine"

    /// - Parameter facts: what it said of itself.
    static func finding(_ facts: EngineFacts) -> Finding {
        if facts.isSimulated {
            return warning(
                "simulated: it says nothing about any model",
                "Right for a rehearsal; name the real endpoint for figures.")
        }
        let details = facts.details
        var parts = [facts.build ?? "unknown"]
        if let model = details?.model { parts.append(model) }
        if let context = details?.contextSize { parts.append("context \(Numbers.count(context))") }
        if let slots = details?.slots { parts.append(Numbers.counted(slots, "slot")) }
        if facts.build == nil, parts.count == 1 { return skipped("it does not say what it is") }
        return ok(parts.joined(separator: ", "))
    }

    private static func facts(_ build: String?, isSimulated: Bool = false, details: EngineDetails? = nil) -> EngineFacts
    {
        EngineFacts(
            engine: "e", build: build, arguments: [], loadTime: nil, modelFile: nil, isSimulated: isSimulated,
            details: details)
    }

    private static let details: EngineDetails = {
        var details = EngineDetails()
        details.contextSize = 8192
        details.slots = 4
        return details
    }()

    static let examples = [
        DoctorExample(
            "told", finding(facts("vLLM 0.10.1", details: details)), .ok, "vLLM 0.10.1, context 8,192, 4 slots"),
        DoctorExample("simulated", finding(facts(nil, isSimulated: true)), .warning, "rehearsal"),
        DoctorExample("not told", finding(facts(nil)), .skipped),
    ]
}
