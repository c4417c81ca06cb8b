import PoiseCore

/// The x axis of a front in words, in a unit that suits its values.
struct DrawnAxis {
    let metric: Metric
    /// How its numbers are written.
    let column: NumberColumn

    /// - Parameter currency: of prices, where there are any.
    init(_ metric: Metric, of places: [FrontPlace], currency: String?) {
        self.metric = metric
        let values = places.map(\.x?.estimate)
        column =
            switch metric.unit {
            case .tokensPerSecond: .plain(values, unit: "tok/s")
            case .charactersPerSecond: .plain(values, unit: "char/s")
            case .milliseconds: .times(values)
            case .tokens: .plain(values, unit: "tokens")
            case .currency: .money(values, currency: currency ?? "money")
            case .bytes:
                .bytes(values.map { $0.flatMap { $0.isFinite ? Int64(exactly: $0.rounded()) : nil } })
            }
    }

    /// `decode speed`, as it stands within a sentence.
    var name: String {
        switch metric {
        case .decodeTPS: "decode speed"
        case .ttft: "time to the first token"
        case .ttfo: "time to the first useful token"
        case .latency: "latency"
        case .charactersPerSecond: "characters per second"
        case .throughput: "throughput"
        case .outputTokens: "output tokens"
        case .timeToCorrect: "time to a correct answer"
        case .tokensToCorrect: "tokens to a correct answer"
        case .costToCorrect: "cost of a correct answer"
        case .memory: "peak memory"
        }
    }

    /// The head of its column in a table.
    var head: String {
        switch metric {
        case .decodeTPS: column.unit
        case .ttft: "TTFT \(column.unit)"
        case .ttfo: "TTFO \(column.unit)"
        case .latency: "latency \(column.unit)"
        case .charactersPerSecond: column.unit
        case .throughput: "throughput"
        case .outputTokens: column.unit
        case .timeToCorrect, .tokensToCorrect, .costToCorrect: "to correct \(column.unit)"
        case .memory: "memory \(column.unit)"
        }
    }

    /// Spelled out where there is room.
    var unit: String { metric.unit == .tokensPerSecond ? "tokens a second" : column.unit }

    /// What lies to the right.
    var better: String {
        switch metric {
        case .decodeTPS, .charactersPerSecond, .throughput: "faster"
        case .ttft, .ttfo, .latency, .timeToCorrect: "sooner"
        case .outputTokens, .tokensToCorrect: "fewer"
        case .costToCorrect: "cheaper"
        case .memory: "smaller"
        }
    }

    /// Whether at an open-loop load its times begin when a request was due.
    var countsFromSchedule: Bool { [.ttft, .ttfo, .latency, .timeToCorrect].contains(metric) }

    /// `1,922 tok/s`, `6.53 ms TTFO`: a value as running text has it.
    func spoken(_ value: Double?) -> String {
        guard let value else { return Numbers.undefined }
        let number = metric.unit == .currency ? column.text(value) : Numbers.threeDigits(value / column.divisor)
        let text = "\(number) \(column.unit)"
        return metric == .decodeTPS ? text : "\(text) \(name)"
    }

    /// Its interval, without the unit.
    func spokenRange(_ low: Double?, _ high: Double?) -> String {
        if metric.unit == .currency { return column.range(low, high) }
        return Numbers.range(low.map { $0 / column.divisor }, high.map { $0 / column.divisor })
    }

    /// A scale over these values, in the axis' unit, with what is better to the right.
    func scale(_ values: [Double]) -> AxisScale {
        AxisScale.amounts(values, isBetterHigher: metric.isBetterHigher)
    }
}

/// The y axis of a front in words.
struct DrawnQuality {
    let quality: FrontAxes.Quality

    init(_ quality: FrontAxes.Quality) { self.quality = quality }

    /// As it stands within a sentence.
    var name: String {
        switch quality {
        case .accuracy, .task: "right answers"
        case .grader(let grader): "mean score of \(grader)"
        }
    }

    /// The head of its column in a table.
    var head: String {
        if case .grader = quality { "score %" } else { "right %" }
    }

    /// Whether it is a share of right answers, and no other score.
    var isShare: Bool {
        if case .grader = quality { false } else { true }
    }

    /// Above the axis, where room is short.
    var short: String {
        if case .grader = quality { "score" } else { "right" }
    }
}
