#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A moment of the calendar as two protocols write it, in UTC; the proleptic Gregorian calendar has no exceptions.
struct CalendarText: Hashable, Sendable {
    /// Seconds since 1970.
    let seconds: Int

    static var now: CalendarText { CalendarText(seconds: time(nil)) }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    var http: String {
        let (year, month, day) = date
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(days % 7 + 7) % 7]
        let name = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ][month - 1]
        return "\(weekday), \(two(day)) \(name) \(four(year)) \(clock) GMT"
    }

    /// `1994-11-06T08:49:37Z` (RFC 3339).
    var iso: String {
        let (year, month, day) = date
        return "\(four(year))-\(two(month))-\(two(day))T\(clock)Z"
    }

    private var days: Int { Int((Double(seconds) / 86_400).rounded(.down)) }

    private var clock: String {
        let second = seconds - days * 86_400
        return "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }

    /// Years are counted from March, so that the leap day is the last of its year, in eras of 400 of them.
    private var date: (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func four(_ number: Int) -> String { two(number / 100) + two(number % 100) }
}
