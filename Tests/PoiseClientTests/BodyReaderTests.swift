import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct BodyReaderTests {
    @Test func `a collecting reader keeps a body up to its bound, and then wants no more`() {
        let reader = CollectingReader(maximum: 10)
        reader.begin(status: 200, headers: [:])
        #expect(!reader.hasOutput && !reader.isFinished)
        for _ in 0..<4 {
            Array("abcd".utf8).withUnsafeBytes { reader.receive($0, at: Instant(nanoseconds: 0), read: 1) }
        }
        #expect(reader.body == Array("abcdabcdab".utf8))
        #expect(reader.hasOutput && reader.isFinished)
    }
}
