/// How every number of a report is written: true minus signs, en dashes in ranges, "–" where undefined.
package enum Numbers {
    /// Stands where a number is undefined; never a 0.
    package static let undefined = "–"
    package static let infinite = "∞"

    /// A number with exactly `decimals` decimals and commas between thousands; halves away from zero.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return value > 0 ? infinite : undefined }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 1e18 else { return "\(value)" }
        let units = Int64(scaled)
        let divisor = Int64(scale)
        let sign = value < 0 && units > 0 ? "−" : ""
        let whole = grouped(units / divisor)
        guard decimals > 0 else { return sign + whole }
        let fraction = String(units % divisor)
        return sign + whole + "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }

    /// A setting as it was written: with no more decimals than it needs, six at most.
    package static func trimmed(_ value: Double) -> String {
        var scale = 1.0
        for decimals in 0..<6 {
            if ((value * scale).rounded() / scale - value).magnitude < 1e-9 { return fixed(value, decimals) }
            scale *= 10
        }
        return fixed(value, 6)
    }

    /// A count: `34,560`.
    package static func count(_ value: Int) -> String {
        (value < 0 ? "−" : "") + grouped(Int64(value.magnitude))
    }

    /// Three digits that matter and no more decimals than two: `18,000`, `15.3`, `0.91`.
    package static func threeDigits(_ value: Double?) -> String {
        guard let value else { return undefined }
        return fixed(value, decimals(for: value))
    }

    /// Decimals that leave three digits that matter, two at most.
    package static func decimals(for value: Double) -> Int {
        switch value.magnitude {
        case 99.5...: 0
        case 9.95..<99.5: 1
        default: 2
        }
    }

    /// Both ends with the decimals of the higher one, unless they are given.
    package static func range(_ low: Double?, _ high: Double?, decimals: Int? = nil) -> String {
        guard let low, let high else { return undefined }
        let decimals = decimals ?? Self.decimals(for: high)
        let separator = low < 0 || high < 0 ? " to " : "–"
        return fixed(low, decimals) + separator + fixed(high, decimals)
    }

    /// A quotient without its sign: `0.49`, `1.28`, `6.9`, `120`.
    package static func ratio(_ value: Double) -> String {
        fixed(value, value < 1.995 ? 2 : value < 99.5 ? 1 : 0)
    }

    /// A share 0…1 as a percentage without its sign: `75.2`.
    package static func percent(_ share: Double?, _ decimals: Int = 1) -> String {
        share.map { fixed($0 * 100, decimals) } ?? undefined
    }

    package static func percentRange(_ low: Double?, _ high: Double?, _ decimals: Int = 1) -> String {
        guard let low, let high else { return undefined }
        return range(low * 100, high * 100, decimals: decimals)
    }

    /// A probability as whole percent that says 0 or 100 only where it is that: `<1%`, `83%`, `>99%`.
    package static func probability(_ share: Double?) -> String {
        guard let share else { return undefined }
        let percent = (share * 100).rounded()
        if percent >= 100, share < 1 { return ">99%" }
        if percent <= 0, share > 0 { return "<1%" }
        return fixed(percent, 0) + "%"
    }

    /// A small share with the digits that it needs: `0%`, `0.4%`, `12%`.
    package static func smallShare(_ share: Double?) -> String {
        guard let share else { return undefined }
        let percent = share * 100
        if percent > 0, percent < 0.05 { return "<0.1%" }
        return fixed(percent, percent == percent.rounded() || percent >= 9.95 ? 0 : 1) + "%"
    }

    /// Milliseconds as people say them: `4.2 ms`, `795 ms`, `1.02 s`; infinite where it never comes.
    package static func time(_ milliseconds: Double?) -> String {
        guard let milliseconds else { return undefined }
        guard milliseconds.isFinite else { return infinite }
        if milliseconds.magnitude < 999.5 { return threeDigits(milliseconds) + " ms" }
        return threeDigits(milliseconds / 1000) + " s"
    }

    /// How long something took: `51 h 52 min`, `3 min 40 s`, `12 s`.
    package static func span(seconds: Double) -> String {
        let whole = Int64(max(0, min(seconds, 1e15)).rounded())
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        if hours > 0 { return "\(grouped(hours)) h \(minutes) min" }
        if minutes > 0 { return "\(minutes) min \(whole % 60) s" }
        return "\(whole) s"
    }

    /// A span that somebody chose: `60 s`, `2.5 s`, `5 min`; others as they are said elsewhere.
    package static func setting(seconds: Double) -> String {
        if seconds < 120 { return trimmed(seconds) + " s" }
        let minutes = seconds / 60
        return minutes == minutes.rounded() && minutes < 120 ? "\(trimmed(minutes)) min" : span(seconds: seconds)
    }

    /// Bytes in powers of 1,000: `1.34 GB`, `7.0 MB`.
    package static func bytes(_ bytes: Int64?) -> String {
        guard let bytes else { return undefined }
        let unit = ByteUnit.fitting(bytes)
        return threeDigits(Double(bytes) / unit.size) + " " + unit.name
    }

    /// The plural where it is due: `1 sample`, `40 samples`.
    package static func counted(_ value: Int, _ noun: String, plural: String? = nil) -> String {
        "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
    }

    /// `a`, `a and b`, `a, b and c`.
    package static func list(_ items: [String], joinedBy word: String = "and") -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(word) " + last
    }

    private static func grouped(_ value: Int64) -> String {
        let digits = Array(String(value))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

/// A unit of memory and files, in powers of 1,000.
package enum ByteUnit: CaseIterable {
    case kilobytes, megabytes, gigabytes

    package var name: String {
        switch self {
        case .kilobytes: "kB"
        case .megabytes: "MB"
        case .gigabytes: "GB"
        }
    }

    package var size: Double {
        switch self {
        case .kilobytes: 1e3
        case .megabytes: 1e6
        case .gigabytes: 1e9
        }
    }

    /// The largest unit of which there is at least one (rounded), else the smallest unit.
    package static func fitting(_ bytes: Int64) -> ByteUnit {
        if Double(bytes) >= 0.9995e9 { return .gigabytes }
        return Double(bytes) >= 0.9995e6 ? .megabytes : .kilobytes
    }
}
