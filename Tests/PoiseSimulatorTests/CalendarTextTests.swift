import Foundation
import Testing

@testable import PoiseSimulator

struct CalendarTextTests {
    @Test func `the dates of the standards are written as they stand there`() {
        #expect(CalendarText(seconds: 784_111_777).http == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(CalendarText(seconds: 784_111_777).iso == "1994-11-06T08:49:37Z")
        #expect(CalendarText(seconds: 0).http == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(CalendarText(seconds: -1).iso == "1969-12-31T23:59:59Z")
        #expect(CalendarText(seconds: 951_782_400).iso == "2000-02-29T00:00:00Z")
        #expect(CalendarText(seconds: 4_107_542_400).iso == "2100-03-01T00:00:00Z")
    }

    @Test func `two hundred years agree with another calendar`() {
        let style = Date.ISO8601FormatStyle()
        for seconds in stride(from: -3_000_000_000, to: 5_000_000_000, by: 1_234_567) {
            let text = Date(timeIntervalSince1970: Double(seconds)).formatted(style)
            #expect(CalendarText(seconds: seconds).iso == text)
        }
    }
}
