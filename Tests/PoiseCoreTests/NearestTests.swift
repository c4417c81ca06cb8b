import PoiseCore
import Testing

@Suite struct NearestTests {
    private let keys = ["candidates", "tasks", "sampling", "epochs", "rounds", "load", "warmup", "seed"]

    @Test(arguments: [
        ("candidate", "candidates"), ("canddiates", "candidates"), ("taks", "tasks"), ("Rounds", "rounds"),
        ("warm_up", "warmup"), ("epoch", "epochs"), ("laod", "load"), ("smapling", "sampling"),
    ])
    func `a mistyped name finds the one that was meant`(typed: String, meant: String) {
        #expect(nearest(to: typed, among: keys) == meant)
    }

    @Test(arguments: ["temperature", "xyzzy", "description"])
    func `a name that is near to none finds none`(typed: String) {
        #expect(nearest(to: typed, among: keys) == nil)
    }

    @Test func `of two that are equally near the alphabet decides, not the order`() {
        #expect(nearest(to: "bat", among: ["cat", "bad", "rat"]) == "bad")
        #expect(nearest(to: "bat", among: ["rat", "bad", "cat"]) == "bad")
        #expect(nearest(to: "bat", among: [String]()) == nil)
    }

    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("ab", "ba", 1),
        ("ca", "abc", 3), ("Zürich", "Zurich", 1), ("same", "same", 0),
    ])
    func `the distance counts insertions, deletions, replacements and swaps`(left: String, right: String, count: Int) {
        #expect(editDistance(left, right) == count)
        #expect(editDistance(right, left) == count)
    }
}
