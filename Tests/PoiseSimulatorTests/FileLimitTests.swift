import Testing
@testable import PoiseSimulator

struct FileLimitTests {
    @Test func `raising the limit never lowers it`() {
        let before = FileLimit.current
        FileLimit.raise()
        #expect(FileLimit.current >= before)
        #expect(FileLimit.current > 64)
    }
}
