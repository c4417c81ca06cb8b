import Foundation

/// The `Retry-After` header (RFC 9110, 10.2.3): seconds, or an HTTP date.
enum RetryAfter {
    /// - Returns: seconds from `now`, at least 0; nil where the value is neither form.
    static func seconds(from value: String, now: Date = Date()) -> Double? {
        if let seconds = Double(value), seconds.isFinite { return max(0, seconds) }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format.date(from: value).map { max(0, $0.timeIntervalSince(now)) }
    }
}
