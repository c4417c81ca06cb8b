/// A number of a JSON text: its digits as they were read, made into a value when one is asked for.
package struct JSONNumber {
    /// As it stands.
    package let bytes: UnsafeRawBufferPointer
    private let isNegative: Bool
    /// The digits without the point; meaningless where they are not `isExact`.
    private let digits: UInt64
    /// By which power of ten they are to be multiplied.
    private let exponent: Int
    /// Whether `digits` and `exponent` hold all of it.
    private let isExact: Bool

    /// Reads the number that begins at `start`.
    ///
    /// - Parameter offset: bytes before it; goes on to its end.
    init(scanning start: UnsafePointer<UInt8>, count: Int, offset: inout Int) throws(JSONScanner.Failure) {
        var reader = DigitReader(start: start, count: count)
        let isNegative = reader.take(UInt8(ascii: "-"))
        let first = reader.position
        try reader.readDigits(after: offset)
        if reader.position - first > 1, start[first] == UInt8(ascii: "0") {
            throw JSONScanner.Failure(reason: .number, offset: offset + first + 1)
        }
        var exponent = 0
        if reader.take(UInt8(ascii: ".")) {
            let point = reader.position
            try reader.readDigits(after: offset)
            exponent = point - reader.position
        }
        var isExact = reader.fits
        let digits = reader.digits
        if reader.take(UInt8(ascii: "e")) || reader.take(UInt8(ascii: "E")) {
            let isBelowOne = reader.take(UInt8(ascii: "-"))
            if !isBelowOne { _ = reader.take(UInt8(ascii: "+")) }
            reader.forget()
            try reader.readDigits(after: offset)
            isExact = isExact && reader.fits && reader.digits < 10_000
            let written = Int(truncatingIfNeeded: reader.digits % 10_000)
            exponent += isBelowOne ? -written : written
        }
        bytes = UnsafeRawBufferPointer(start: start, count: reader.position)
        offset += reader.position
        (self.isNegative, self.digits, self.exponent, self.isExact) = (isNegative, digits, exponent, isExact)
    }

    /// The number where it is whole, however it is written, and an Int can hold it.
    package var integer: Int? {
        guard isExact else { return Int(exactly: double) }
        var magnitude = digits
        if magnitude == 0 { return 0 }
        // A UInt64 has at most 20 digits; beyond that, the number is no Int or no whole number.
        guard -20...20 ~= exponent else { return nil }
        for _ in 0..<abs(exponent) {
            if exponent > 0 {
                let (next, overflows) = magnitude.multipliedReportingOverflow(by: 10)
                guard !overflows else { return nil }
                magnitude = next
            } else {
                guard magnitude % 10 == 0 else { return nil }
                magnitude /= 10
            }
        }
        if isNegative { return magnitude <= 1 << 63 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
        return Int(exactly: magnitude)
    }

    /// The nearest double; infinite or 0 where the number is beyond any other.
    package var double: Double {
        // Both factors are exact then, and the one operation rounds correctly (Clinger 1990, "How to read floating
        // point numbers accurately").
        if isExact, digits <= 1 << 53, -22...22 ~= exponent {
            let magnitude = Double(digits)
            let value =
                exponent < 0 ? magnitude / Self.powers[-exponent] : magnitude * Self.powers[exponent]
            return isNegative ? -value : value
        }
        return Double(String(decoding: bytes, as: UTF8.self)) ?? .nan
    }

    /// The powers of ten that a double holds exactly.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

/// Reads runs of digits into one number.
private struct DigitReader {
    private let start: UnsafePointer<UInt8>
    private let count: Int
    private(set) var position = 0
    private(set) var digits: UInt64 = 0
    /// Whether `digits` did not overflow.
    private(set) var fits = true

    init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < count, start[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func forget() {
        digits = 0
        fits = true
    }

    /// Reads digits, of which there must be one.
    ///
    /// - Parameter offset: bytes before the number, for the error.
    mutating func readDigits(after offset: Int) throws(JSONScanner.Failure) {
        let begin = position
        while position < count {
            let digit = start[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            // 19 digits fit always; what more they say is only kept where it is nothing.
            if digits < 1_000_000_000_000_000_000 {
                digits = digits &* 10 &+ UInt64(digit)
            } else {
                fits = false
            }
            position += 1
        }
        guard position > begin else { throw JSONScanner.Failure(reason: .number, offset: offset + position) }
    }
}
