import Testing

@testable import PoiseReport

struct ChunkLengthsTests {
    @Test func `the same text keeps its chunks`() {
        #expect(ChunkLengths.laid([3, 1, 2], of: "abcdef", over: "abcdef") == [3, 1, 2])
    }

    @Test func `what stands before and behind a replaced part stays where it was`() {
        // "call 0171-555 now" in chunks of 5, 4, 4, 4.
        let laid = ChunkLengths.laid([5, 4, 4, 4], of: "call 0171-555 now", over: "call [phone] now")
        #expect(laid.first == 5 && laid.last == 4 && laid.reduce(0, +) == 16)
        #expect(laid == [5, 4, 3, 4])
    }

    @Test func `a text of which nothing is left has chunks without characters`() {
        #expect(ChunkLengths.laid([2, 2], of: "abcd", over: "") == [0, 0])
        #expect(ChunkLengths.laid([2, 2], of: "", over: "ab") == [0, 2])
    }

    @Test func `chunks that count other characters than the text has are stretched over it`() {
        #expect(ChunkLengths.laid([2, 2, 2], of: "abc", over: "abc") == [1, 1, 1])
        #expect(ChunkLengths.laid([0, 0], of: "abc", over: "abc") == [0, 3])
        #expect(ChunkLengths.laid([.max, .max], of: "abcd", over: "abcd").reduce(0, +) == 4)
        #expect(ChunkLengths.laid([], of: "abc", over: "abc") == [])
    }

    @Test(arguments: ["", "x", "aXc", "the secret is out", "aaaa", "aaa"])
    func `lengths always add up to what is shown and are never negative`(shown: String) {
        for original in ["aaaa", "abc", "the key is out", ""] {
            let laid = ChunkLengths.laid([1, 3, 0, 2], of: original, over: shown)
            #expect(laid.reduce(0, +) == shown.unicodeScalars.count && laid.allSatisfy { $0 >= 0 } && laid.count == 4)
        }
    }
}
