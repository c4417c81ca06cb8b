package import PoiseCore

/// Whose responses the player has, the two first that it opens with.
package struct ReplayRoster: Hashable, Sendable {
    /// At most so many: with more, nobody compares them by eye, and the file grows with each.
    package static let most = 16

    /// The lead, its rival, then the others in the suite's order.
    package let candidates: [String]

    package var lead: String? { candidates.first }
    /// Whom the lead is shown beside; nil where it is alone.
    package var rival: String? { candidates.dropFirst().first }

    /// - Parameters:
    ///   - points: those of one load.
    ///   - suite: all candidates' ids in the suite's order; those without a point are left out.
    ///   - choice: the recommendation at that load; nil where there is none.
    package init(points: [FrontPoint], suite: [String], choice: Choice?, baseline: String?, most: Int = most) {
        let measured = Dictionary(points.map { ($0.candidate, $0) }) { first, _ in first }
        let present = suite.filter { measured[$0] != nil }
        let front = present.filter { measured[$0]?.onFront ?? false }.sorted { left, right in
            (measured[left]?.accuracy ?? -1) > (measured[right]?.accuracy ?? -1)
        }
        guard let lead = ([choice?.decision?.pick] + front + present).compactMap(\.self).first(where: present.contains)
        else {
            candidates = []
            return
        }
        // What a reader doubts is the trade: first who is more right and slower, then who is faster and less right.
        let decision = choice?.decision
        let doubts = [
            decision?.up, decision?.mostAccurate, decision?.down, decision?.runnerUp,
        ].map { $0?.candidate }
        let neighbour = Self.neighbour(of: lead, on: front)
        let rivals = (doubts + [neighbour, baseline]).compactMap(\.self) + front + present
        let rival = rivals.first { $0 != lead && present.contains($0) }
        let named = [lead, rival].compactMap(\.self)
        var chosen = named
        for group in [[baseline].compactMap(\.self).filter(present.contains), front, present] {
            for candidate in group where chosen.count < max(most, 1) && !chosen.contains(candidate) {
                chosen.append(candidate)
            }
        }
        let kept = Set(chosen)
        candidates = named + present.filter { kept.contains($0) && !named.contains($0) }
    }

    /// The next of the front that is faster and less right; for its fastest the next that is more right.
    private static func neighbour(of lead: String, on front: [String]) -> String? {
        guard let place = front.firstIndex(of: lead) else { return nil }
        if place + 1 < front.count { return front[place + 1] }
        return place > 0 ? front[place - 1] : nil
    }
}
