import Foundation
import PoiseCore

/// How the figures of a choice are named, and how their values are written.
enum FigureWords {
    /// As it stands in a sentence.
    static func name(_ figure: ChoiceFigure) -> String {
        switch figure {
        case .accuracy: "accuracy"
        case .chainTime: "time of the chain"
        case .chainSuccess: "success of the chain"
        case .metric(let metric):
            switch metric {
            case .decodeTPS: "decode speed"
            case .ttft: "TTFT"
            case .ttfo: "TTFO"
            case .latency: "latency"
            case .charactersPerSecond: "characters per second"
            case .throughput: "throughput"
            case .outputTokens: "length"
            case .timeToCorrect: "time to a correct answer"
            case .tokensToCorrect: "tokens to a correct answer"
            case .costToCorrect: "cost of a correct answer"
            case .memory: "memory"
            }
        }
    }

    /// `71.8%`, `6.53 ms`, `1,922 tok/s`, `91.3 MB`, `0.00214 USD`
    ///
    /// No line break parts a number from its unit.
    static func value(_ figure: ChoiceFigure, _ value: Double, currency: String? = nil) -> String {
        Wording.unbroken(plain(figure, value, currency))
    }

    private static func plain(_ figure: ChoiceFigure, _ value: Double, _ currency: String?) -> String {
        guard value.isFinite else { return Numbers.infinite }
        switch figure.unit {
        case .share: return Numbers.percent(value) + "%"
        case .metric(.milliseconds): return Numbers.time(value)
        case .metric(.tokensPerSecond): return Numbers.threeDigits(value) + " tok/s"
        case .metric(.charactersPerSecond): return Numbers.threeDigits(value) + " char/s"
        case .metric(.tokens): return Numbers.threeDigits(value) + " tokens"
        case .metric(.bytes): return Numbers.bytes(Int64(exactly: value.rounded()))
        case .metric(.currency): return money(value, currency)
        }
    }

    /// A limit's number, as it was written: `1 s`, `70%`, `30 tok/s`.
    static func setting(_ limit: ProfileLimit) -> String { Wording.unbroken(plain(limit)) }

    private static func plain(_ limit: ProfileLimit) -> String {
        switch limit.figure.unit {
        case .share: Numbers.trimmed(limit.value * 100) + "%"
        case .metric(.milliseconds):
            limit.value < 1000
                ? Numbers.trimmed(limit.value) + " ms" : Numbers.setting(seconds: limit.value / 1000)
        case .metric(.tokensPerSecond): Numbers.trimmed(limit.value) + " tok/s"
        case .metric(.charactersPerSecond): Numbers.trimmed(limit.value) + " char/s"
        case .metric(.tokens): Numbers.trimmed(limit.value) + " tokens"
        case .metric(.bytes): plain(limit.figure, limit.value, nil)
        case .metric(.currency): money(limit.value, limit.currency)
        }
    }

    /// `TTFO at most 1 s`
    static func limit(_ limit: ProfileLimit) -> String {
        "\(name(limit.figure)) at \(limit.side == .atLeast ? "least" : "most") \(setting(limit))"
    }

    /// Three digits that matter, however small: `0.0000412 USD`.
    static func money(_ value: Double?, _ currency: String?) -> String {
        guard let value else { return Numbers.undefined }
        let unit = currency.map { " " + $0 } ?? ""
        guard value.isFinite else { return Numbers.infinite }
        return Numbers.fixed(value, moneyDecimals(value)) + unit
    }

    static func moneyDecimals(_ value: Double) -> Int {
        guard value > 0, value < 99.5 else { return value == 0 ? 2 : 0 }
        return min(10, max(2, 2 - Int(log10(value).rounded(.down))))
    }

    /// `+3.1 points`, with a true minus
    static func points(_ difference: Double) -> String { signed(difference) + " points" }

    static func signed(_ difference: Double) -> String {
        let text = Numbers.fixed(difference * 100, 1)
        return text.hasPrefix("−") || text == "0.0" ? text : "+" + text
    }

    /// `+3.1 points (1.2 to 5.0)`
    static func points(_ difference: FigureEstimate) -> String {
        guard let low = difference.low, let high = difference.high else { return points(difference.value) }
        return "\(points(difference.value)) (\(signed(low)) to \(signed(high)))"
    }

    /// `0.72× (0.65–0.75)`
    static func ratio(_ ratio: FigureEstimate) -> String {
        guard let low = ratio.low, let high = ratio.high, low.isFinite, high.isFinite else {
            return Numbers.ratio(ratio.value) + "×"
        }
        return "\(Numbers.ratio(ratio.value))× (\(Numbers.ratio(low))–\(Numbers.ratio(high)))"
    }

    /// Lines of a table: its head, and its cells, all in one unit.
    struct Row {
        let head: String
        let values: [String]
        let ranges: [String]
    }

    /// A figure of several candidates as a row; `costs` of several currencies have no unit of their own.
    static func row(_ figure: ChoiceFigure, _ estimates: [FigureEstimate?], currency: String?, chain: Int?) -> Row {
        let numbers = estimates.map { $0?.value }
        // From infinite to infinite says nothing that the value does not.
        let estimates = estimates.map { $0.map { $0.low?.isInfinite == true ? FigureEstimate($0.value) : $0 } }
        let column: NumberColumn
        let head: String
        switch figure.unit {
        case .share:
            head = figure == .accuracy ? "right %" : "chain of \(chain ?? Profile.usualChain) right %"
            return Row(
                head: head, values: numbers.map { Numbers.percent($0) },
                ranges: estimates.map { Numbers.percentRange($0?.low, $0?.high) })
        case .metric(.currency): return moneyRow(estimates, currency: currency)
        case .metric(.milliseconds):
            column = .times(numbers)
            let name =
                figure == .chainTime
                ? "chain of \(chain ?? Profile.usualChain)"
                : figure == .metric(.timeToCorrect) ? "to a right one" : name(figure)
            head = "\(name) \(column.unit)"
        case .metric(.bytes):
            column = .bytes(numbers.map { $0.flatMap { Int64(exactly: $0.rounded()) } })
            head = "\(name(figure)) \(column.unit)"
        case .metric(.tokensPerSecond):
            column = .plain(numbers, unit: "tok/s")
            head = figure == .metric(.decodeTPS) ? "decode tok/s" : "throughput tok/s"
        case .metric(.charactersPerSecond):
            column = .plain(numbers, unit: "char/s")
            head = "char/s"
        case .metric(.tokens):
            column = .plain(numbers, unit: "tokens")
            head = name(figure)
        }
        return Row(
            head: head, values: numbers.map(column.text), ranges: estimates.map { column.range($0?.low, $0?.high) })
    }

    /// The interval in the unit that the value is written in; empty where there is none.
    static func range(_ figure: ChoiceFigure, _ estimate: FigureEstimate) -> String {
        guard let low = estimate.low, low.isFinite, estimate.high != nil else { return "" }
        if case .metric(.currency) = figure.unit {
            return Numbers.range(estimate.low, estimate.high, decimals: moneyDecimals(estimate.value))
        }
        return row(figure, [estimate], currency: nil, chain: nil).ranges[0]
    }

    /// By the right answer, by 1,000 or by a million of them, so that small prices stay short.
    private static func moneyRow(_ estimates: [FigureEstimate?], currency: String?) -> Row {
        let least = estimates.compactMap { $0?.value }.filter { $0.isFinite && $0 > 0 }.min() ?? 1
        let (scale, name) =
            least >= 0.01
            ? (1, "a right one") : least >= 1e-5 ? (1e3, "1,000 right ones") : (1e6, "1 million right ones")
        let decimals = moneyDecimals(least * scale)
        return Row(
            head: [name, currency].compactMap(\.self).joined(separator: " "),
            values: estimates.map { $0.map { Numbers.fixed($0.value * scale, decimals) } ?? Numbers.undefined },
            ranges: estimates.map { estimate in
                Numbers.range(estimate?.low.map { $0 * scale }, estimate?.high.map { $0 * scale }, decimals: decimals)
            })
    }
}
