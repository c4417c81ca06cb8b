/// Text put together as bytes: no value is made for what is only sent.
extension [UInt8] {
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    mutating func append(text: String) {
        append(contentsOf: text.utf8)
    }

    mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = count
        repeat {
            append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }

    mutating func append(decimal number: Int) {
        append(decimal: Int64(number))
    }

    /// In lower case, as the size of an HTTP chunk.
    mutating func append(hexadecimal number: Int) {
        let digits: StaticString = "0123456789abcdef"
        var shift = Swift.max(0, (Int.bitWidth - number.leadingZeroBitCount - 1) / 4 * 4)
        while shift >= 0 {
            append(digits.utf8Start[(number >> shift) & 15])
            shift -= 4
        }
    }
}
