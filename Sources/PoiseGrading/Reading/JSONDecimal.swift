/// A number of a JSON text, exactly: its value and not how it is written, so that 1, 1.0 and 10e-1 are one number.
///
/// Doubles would make integers above 2^53 equal that are not, and 0.0075 no multiple of 0.0001.
struct JSONDecimal: Hashable, Comparable, Sendable {
    let isNegative: Bool
    /// Without zeros at either end; empty for 0.
    let digits: String
    /// The power of ten that the digits, read as a whole number, are multiplied by.
    let exponent: Int

    /// - Parameter text: a number as JSON writes it; one beyond 10 to the thousand millionth, or below that of the
    ///   negative, counts as if its first digit stood there.
    init(_ text: some Sequence<UInt8>) {
        var isNegative = false
        var isFraction = false
        var digits: [UInt8] = []
        var exponent = 0
        var written: (isNegative: Bool, value: Int)?
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"): if written == nil { isNegative = true } else { written?.isNegative = true }
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): written = (false, 0)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if let value = written?.value {
                    written?.value = min(4 * Self.farthest, value * 10 + Int(byte - UInt8(ascii: "0")))
                } else {
                    if isFraction { exponent -= 1 }
                    if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte) }
                }
            default: break
            }
        }
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        if let written { exponent += written.isNegative ? -written.value : written.value }
        // As the text says it, so that what is written is read as the same number.
        let first = max(-Self.farthest, min(Self.farthest, exponent + digits.count - 1))
        exponent = first - (digits.count - 1)
        self.isNegative = isNegative && !digits.isEmpty
        self.digits = String(decoding: digits, as: UTF8.self)
        self.exponent = digits.isEmpty ? 0 : exponent
    }

    private static let farthest = 1_000_000_000

    init(_ value: Int) { self.init(String(value).utf8) }

    /// The shortest decimal that reads back as the double; it must be finite.
    init(_ value: Double) { self.init(value.description.utf8) }

    var isZero: Bool { digits.isEmpty }
    var isWhole: Bool { exponent >= 0 }

    /// The nearest double; infinite where the number is beyond any.
    var double: Double { isZero ? 0 : Double("\(isNegative ? "-" : "")\(digits)e\(exponent)") ?? .nan }

    /// The number where it is whole and an Int can hold it.
    var int: Int? { isWhole && digits.utf8.count + exponent < 20 ? Int(text) : nil }

    static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    private func isSmaller(than other: JSONDecimal) -> Bool {
        if isZero || other.isZero { return isZero && !other.isZero }
        let (places, others) = (digits.utf8.count + exponent, other.digits.utf8.count + other.exponent)
        return places == others ? digits.utf8.lexicographicallyPrecedes(other.digits.utf8) : places < others
    }

    /// Whether a division by a number other than 0 leaves nothing; nil where the divisor has more than 18 digits.
    func isMultiple(of divisor: JSONDecimal) -> Bool? {
        guard divisor.digits.utf8.count <= 18, let modulus = UInt64(divisor.digits) else { return nil }
        if isZero { return true }
        // The digits of this number end in no 0: they are not divisible by ten.
        guard exponent >= divisor.exponent else { return false }
        // Of the twos and fives that ten brings, the divisor holds fewer than 60: more than that change nothing.
        let zeros = min(exponent - divisor.exponent, 60)
        var rest: UInt64 = 0
        for digit in digits.utf8 { rest = Self.next(rest, UInt64(digit - UInt8(ascii: "0")), modulus) }
        for _ in 0..<zeros { rest = Self.next(rest, 0, modulus) }
        return rest == 0
    }

    private static func next(_ rest: UInt64, _ digit: UInt64, _ modulus: UInt64) -> UInt64 {
        let product = rest.multipliedFullWidth(by: 10)
        let (low, carries) = product.low.addingReportingOverflow(digit)
        return modulus.dividingFullWidth((product.high + (carries ? 1 : 0), low)).remainder
    }

    /// As JSON, with an exponent only where the zeros would be many.
    var text: String {
        if isZero { return "0" }
        let sign = isNegative ? "-" : ""
        let places = digits.utf8.count + exponent
        switch places {
        case 1...21 where exponent >= 0: return sign + digits + String(repeating: "0", count: exponent)
        case 1...21: return sign + digits.prefix(places) + "." + digits.dropFirst(places)
        case -5...0: return sign + "0." + String(repeating: "0", count: -places) + digits
        default:
            let rest = digits.dropFirst()
            return sign + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "e\(places > 0 ? "+" : "")\(places - 1)"
        }
    }
}
