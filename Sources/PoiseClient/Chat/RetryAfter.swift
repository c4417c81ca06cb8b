import Foundation

/// The `Retry-After` header (RFC 9110, 10.2.3): seconds, or an HTTP date.
enum RetryAfter {
    /// - Returns: seconds from `now`, at least 0; nil where the value is neither form.
    static func seconds(from value: String, now: Date = Date()) -> Double? {
        if value.utf8.allSatisfy({ "+-.0123456789".utf8.contains($0) }), let seconds = Double(value) {
            return seconds.isFinite ? max(0, seconds) : nil
        }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        // The second is RFC 850's and the third C's, which RFC 9110 (5.6.7) still has recipients read.
        for pattern in ["EEE, dd MMM yyyy HH:mm:ss zzz", "EEEE, dd-MMM-yy HH:mm:ss zzz", "EEE MMM d HH:mm:ss yyyy"] {
            format.dateFormat = pattern
            if let date = format.date(from: value) { return max(0, date.timeIntervalSince(now)) }
        }
        return nil
    }
}
