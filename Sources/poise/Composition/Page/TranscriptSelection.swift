import PoiseCore
import PoiseReport

/// Which samples stand on a page, and in which order room is given to them. Pure.
struct TranscriptSelection: Sendable {
    /// How much a reader wants to see a sample.
    enum Interest: Int, Comparable, Sendable, CaseIterable {
        /// Wrong, failed or unscored for one of the two candidates that are held against each other; or not answered, or
        /// not scored, for any.
        case notable
        /// Wrong for another candidate.
        case wrong
        /// Right for all.
        case plain

        static func < (left: Interest, right: Interest) -> Bool { left.rawValue < right.rawValue }
    }

    /// Apart from other draws under a run's seed.
    private static let stream: UInt64 = 0x7472_616E_7363_7269

    let isFailuresOnly: Bool
    let seed: UInt64

    /// The places of the samples by interest, and in each kind at random by the seed.
    ///
    /// - Parameter interests: of each sample.
    func order(_ interests: [Interest]) -> [Int] {
        Interest.allCases.filter { !isFailuresOnly || $0 != .plain }.flatMap { kind in
            var generator = SeededGenerator(seed: seed, stream: Self.stream &+ UInt64(kind.rawValue))
            return generator.shuffled(interests.indices.filter { interests[$0] == kind })
        }
    }

    /// - Parameters:
    ///   - outcomes: of one sample, by candidate.
    ///   - hasGap: whether any of its repeats, of any candidate, failed or has no score.
    ///   - pair: the places of the two candidates, or of the only one.
    static func interest(of outcomes: [Transcripts.Outcome], hasGap: Bool, pair: [Int]) -> Interest {
        if hasGap || pair.contains(where: { outcomes[$0] != .right && outcomes[$0] != .notAsked }) { return .notable }
        return outcomes.contains { $0 != .right && $0 != .notAsked } ? .wrong : .plain
    }
}
