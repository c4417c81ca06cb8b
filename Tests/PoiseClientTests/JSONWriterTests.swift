import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(capacity: 16)
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func encoded(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder.sorted.encode(value), as: UTF8.self)
    }

    @Test func `every character is written as Foundation writes it`() throws {
        for number in 0..<0x3000 {
            guard let scalar = Unicode.Scalar(UInt32(number)) else { continue }
            let text = "a\(scalar)b"
            #expect(written { $0.value(text) } == (try encoded(text)))
        }
    }

    @Test(arguments: [
        0, 1, -0.0, 0.7, 1e-7, 1e21, 1e16, 1e15, 123_456_789.125, .leastNonzeroMagnitude, 1.7976931348623157e308, 0.1,
        2.5,
    ])
    func `every number is written as Foundation writes it`(number: Double) throws {
        #expect(written { $0.value(number) } == (try encoded(number)))
    }

    @Test func `objects and arrays have commas between, and only there`() {
        let text = written { writer in
            writer.object {
                $0.key("a")
                $0.array {
                    $0.value(1)
                    $0.value(true)
                    $0.object { _ in }
                }
                $0.key("b")
                $0.array { _ in }
            }
        }
        #expect(text == #"{"a":[1,true,{}],"b":[]}"#)
    }
}
