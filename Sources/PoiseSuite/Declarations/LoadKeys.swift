import PoiseCore

/// The keys of a load that is an arrival rate.
enum RateKeys {
    static let rate = Key<Double>.required(
        "rate", .rate, "Requests that go out in a time, as 5 per second or 300 per minute; a number is per second."
    )
    static let arrivals = Key.optional(
        "arrivals", Form.oneOf(Load.Arrivals.allCases.map(\.rawValue)), default: Load.Arrivals.poisson.rawValue,
        as: .string(Load.Arrivals.poisson.rawValue),
        "poisson: gaps as between people who know nothing of each other. constant: equal gaps."
    )

    static let all: [KeyDeclaration] = [rate.declaration, arrivals.declaration]
}

/// The keys of `stop`.
enum StopKeys {
    static let requests = Key.optional("requests", Form.count, "So many trials were asked.")
    static let time = Key<Double>.optional(
        "time", .span, "So long after the level began, as 60 s; what is in flight is let finish.")
    static let precision = Key<Double>.optional(
        "precision", .share,
        "The 95% interval of the decode speed is at most so wide to either side, as a share of the speed: 5% or 0.05."
    )

    static let all: [KeyDeclaration] = [requests.declaration, time.declaration, precision.declaration]
}

/// The keys of `limits`.
enum LimitKeys {
    private static let defaults = RequestLimits()

    static let connect = limit("connect", \.connect, "Until a connection stands, TLS included.")
    static let firstToken = limit("first_token", \.firstToken, "From there to the first output of the model.")
    static let stall = limit("stall", \.stall, "Between two reads, from the first output on.")
    static let total = limit("total", \.total, "The whole request.")

    static let outage = limit(
        "outage", \.outage,
        "How long an endpoint that has answered before may answer nothing until its candidate is given up.")

    static let all: [KeyDeclaration] = [
        connect.declaration, firstToken.declaration, stall.declaration, total.declaration, outage.declaration,
    ]

    private static func limit(
        _ name: String, _ path: KeyPath<RequestLimits, Double>, _ summary: String
    ) -> Key<Double> {
        let seconds = defaults[keyPath: path]
        return .optional(name, .span, default: seconds, as: .string("\(Int(seconds)) s"), summary)
    }
}

extension Form where Value == [Load] {
    /// One load or several; each of them once.
    static var loads: Form {
        let levels = Form<[Load]>.oneOrMore(of: .load)
        return Form(levels.shape) { value in
            guard let read = levels.read(value) else { return nil }
            guard Set(read).count == read.count else {
                value.refuse("a load level stands here twice", expected: "Write each level once; use rounds to repeat.")
                return nil
            }
            return read
        }
    }
}

extension Form where Value == Load {
    static var load: Form {
        let concurrency = Form<Int>.whole(1...10_000)
        return Form(.anyOf([concurrency.shape, .mapping(RateKeys.all)])) { value in
            guard value.isMapping else { return concurrency.read(value).map(Load.concurrency) }
            guard let mapping = Mapping(value, "a load", keys: RateKeys.all) else { return nil }
            let arrivals = mapping.read(RateKeys.arrivals).flatMap(Load.Arrivals.init(rawValue:))
            guard let rate = mapping.read(RateKeys.rate), let arrivals else { return nil }
            return .rate(perSecond: rate, arrivals: arrivals)
        }
    }
}
