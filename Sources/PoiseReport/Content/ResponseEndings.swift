import PoiseCore

extension ResponseFacts {
    /// The most frequent ways to end, and how many responses ended in any other; equals in the order of their names.
    ///
    /// They are the server's words, of which it may invent one for each response.
    func endings(atMost count: Int) -> (named: [(reason: String, responses: Int)], others: Int) {
        let sorted = finishReasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let named = sorted.prefix(count).map { (reason: $0.key, responses: $0.value) }
        return (named, sorted.dropFirst(count).reduce(0) { $0 + $1.value })
    }
}
