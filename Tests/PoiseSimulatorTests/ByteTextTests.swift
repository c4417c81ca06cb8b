import Testing

@testable import PoiseSimulator

struct ByteTextTests {
    @Test(arguments: [0, 1, 9, 10, 15, 16, 255, 256, 4095, 4096, 65_535, 1_234_567, Int.max])
    func `numbers are written as the library writes them`(number: Int) {
        var bytes: [UInt8] = []
        bytes.append(decimal: number)
        bytes.append(" ")
        bytes.append(decimal: -number)
        bytes.append(" ")
        bytes.append(hexadecimal: number)
        #expect(String(decoding: bytes, as: UTF8.self) == "\(number) \(-number) \(String(number, radix: 16))")
    }

    @Test func `the smallest number has no counterpart and is written all the same`() {
        var bytes: [UInt8] = []
        bytes.append(decimal: Int64.min)
        #expect(String(decoding: bytes, as: UTF8.self) == "\(Int64.min)")
    }
}
