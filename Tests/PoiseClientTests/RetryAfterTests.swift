import Foundation
import Testing

@testable import PoiseClient

@Suite struct RetryAfterTests {
    private let now = Date(timeIntervalSince1970: 784_111_777)  // Sun, 06 Nov 1994 08:49:37 GMT

    @Test func `seconds and HTTP dates are both understood`() {
        #expect(RetryAfter.seconds(from: "120", now: now) == 120)
        #expect(RetryAfter.seconds(from: "0.5", now: now) == 0.5)
        #expect(RetryAfter.seconds(from: "Sun, 06 Nov 1994 08:50:07 GMT", now: now) == 30)
    }

    @Test(arguments: ["Sunday, 06-Nov-94 08:50:07 GMT", "Sun Nov  6 08:50:07 1994"])
    func `the two older forms of a date are understood as well`(date: String) {
        #expect(RetryAfter.seconds(from: date, now: now) == 30)
    }

    @Test func `a time that has passed is no time`() {
        #expect(RetryAfter.seconds(from: "Sun, 06 Nov 1994 08:00:00 GMT", now: now) == 0)
        #expect(RetryAfter.seconds(from: "-5", now: now) == 0)
    }

    @Test(arguments: ["", "soon", "nan", "inf", "0x10", "1e3", "12 parsecs"])
    func `anything else says nothing`(value: String) {
        #expect(RetryAfter.seconds(from: value, now: now) == nil)
    }
}
