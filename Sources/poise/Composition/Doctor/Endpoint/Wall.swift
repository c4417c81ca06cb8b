import Foundation
import PoiseClient

/// The wall clock, for what others date.
enum Wall {
    /// Since 1970.
    static var seconds: Double { Date().timeIntervalSince1970 }

    /// Seconds that a server's clock is ahead, by the `Date` header of a response (RFC 9110, 6.6.1).
    ///
    /// - Parameter received: when the response had come; it was dated before, at most as long as it took.
    static func ahead(_ headers: HTTPHeaders, received: Double, took: Double) -> Double? {
        guard let text = headers["date"] else { return nil }
        let form = DateFormatter()
        form.locale = Locale(identifier: "en_US_POSIX")
        form.timeZone = TimeZone(identifier: "GMT")
        form.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        guard let date = form.date(from: text)?.timeIntervalSince1970 else { return nil }
        // Whole seconds, rounded down; anywhere from the request to its end.
        if date + 1 < received - took { return date + 1 - (received - took) }
        return date > received ? date - received : 0
    }
}
