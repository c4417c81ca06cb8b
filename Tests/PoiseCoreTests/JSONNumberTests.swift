import Foundation
import PoiseCore
import Testing

@Suite struct JSONNumberTests {
    private func number<Value>(_ text: String, _ value: (JSONNumber) -> Value) throws -> Value {
        try Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            return value(try scanner.number())
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("1.0", 1), ("1e2", 100), ("100e-2", 1), ("1.5", nil),
            ("15e-1", nil),
            ("9223372036854775807", .max), ("9223372036854775808", nil), ("-9223372036854775808", .min),
            ("-9223372036854775809", nil), ("1e18", 1_000_000_000_000_000_000), ("1e19", nil), ("1e400", nil),
            ("1e-400", nil), ("0e5", 0), ("0e99999", 0), ("1.00000000000000000000000000", 1),
            ("18446744073709551616", nil),
        ] as [(String, Int?)])
    func `a whole number is one however it is written`(text: String, value: Int?) throws {
        #expect(try number(text) { $0.integer } == value)
    }

    @Test func `a double is the nearest one, as Swift's own conversion has it`() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            var text = generator.next(below: 2) == 0 ? "-" : ""
            text += "\(generator.next(below: 10_000))"
            if generator.next(below: 2) == 0 {
                text += "."
                for _ in 0...generator.next(below: 20) { text += "\(generator.next(below: 10))" }
            }
            if generator.next(below: 3) == 0 { text += "e\(generator.next(below: 700) - 350)" }
            let value = try number(text) { $0.double }
            #expect(value == Double(text), "\(text)")
        }
    }

    @Test func `a double that was written is read again`() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<5_000 {
            let bits = UInt64(generator.next(below: 1 << 32)) << 32 | UInt64(generator.next(below: 1 << 32))
            let value = Double(bitPattern: bits)
            guard value.isFinite else { continue }
            #expect(try number("\(value)") { $0.double.bitPattern } == value.bitPattern)
        }
    }
}
