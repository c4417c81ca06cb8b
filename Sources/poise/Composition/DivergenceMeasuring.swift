import Foundation
import PoiseClient
import PoiseCore
import PoiseRunner
import PoiseStatistics
import PoiseStore

/// Follows a reference's stored responses on its engine and on others, and says how far their expectations differ.
struct DivergenceMeasuring: Sendable {
    let store: RunStore
    let record: RunRecord
    let host: LocalHost
    let request: DivergenceSelection.Request
    /// Where progress goes.
    let errors: Terminal

    enum Failure: ExplainedError {
        case noResponses(reference: String, load: Load)
        case noneFollowed(reference: String, reasons: [String])
        case otherVocabulary(candidate: String, reference: String, how: String)
        case nothingCompared(candidate: String)

        var what: String {
            switch self {
            case .noResponses(_, let load): "it has no stored responses at load \(load) that could be followed"
            case .noneFollowed(_, let reasons):
                "none of its responses can be followed: they " + reasons.joined(separator: ", or ")
            case .otherVocabulary(_, let reference, let how):
                "its tokens are not those of \(reference): \(how)"
            case .nothingCompared: "no response could be followed on it"
            }
        }
        var place: String? {
            switch self {
            case .noResponses(let reference, _), .noneFollowed(let reference, _): reference
            case .otherVocabulary(let candidate, _, _), .nothingCompared(let candidate): candidate
            }
        }
        var remedy: String? {
            switch self {
            case .noResponses: "Name a candidate with --reference that answered, and its --load and --task."
            case .noneFollowed: "Name tasks of plain questions and answers with --task."
            case .otherVocabulary: "Only candidates with one vocabulary can be compared token by token."
            case .nothingCompared: "See the warnings above."
            }
        }
    }

    /// - Parameter keep: called with each candidate's divergence as soon as it is known.
    /// - Returns: why candidates could not be compared.
    func measure(
        _ selection: DivergenceSelection, plan: Plan, keep: (Divergence) async throws -> Void
    ) async throws -> [(candidate: String, reason: String)] {
        let tasks = plan.tasks.map(\.name).filter { request.tasks.isEmpty || request.tasks.contains($0) }
        let stored = try await store.sentResponses(
            of: selection.reference.id, in: record.id, load: selection.load)
        let drawn = DivergenceSelection.drawn(stored, of: tasks, samples: request.samples, seed: record.seed)
        guard !drawn.isEmpty else {
            throw Failure.noResponses(reference: selection.reference.id, load: selection.load)
        }
        let texts = drawn.filter { $0.obstacle == nil }
        try explain(drawn, texts, of: selection.reference)

        let reference = try await onEngine(of: selection.reference) { session, follower in
            try await self.followReference(texts, session, follower, tasks: tasks)
        }
        var problems: [(candidate: String, reason: String)] = []
        for candidate in selection.candidates {
            do {
                try requireSameFile(candidate, selection.reference)
                let compared = try await onEngine(of: candidate) { session, follower in
                    try await self.compare(
                        candidate, with: reference, of: selection.reference.id, session, follower)
                }
                guard let figures = DivergenceFigures(compared, seed: record.seed) else {
                    throw Failure.nothingCompared(candidate: candidate.id)
                }
                try await keep(
                    Divergence(
                        candidate: candidate.id, reference: selection.reference.id, load: selection.load,
                        samples: figures.samples, tokens: figures.tokens, meanKL: figures.meanKL,
                        meanKLLow: figures.meanKLInterval?.low, meanKLHigh: figures.meanKLInterval?.high,
                        sameTop: figures.sameTop, sameTopLow: figures.sameTopInterval?.low,
                        sameTopHigh: figures.sameTopInterval?.high, top: reference.top, covered: figures.covered,
                        vocabulary: reference.vocabulary, leftOut: drawn.count - figures.samples, tasks: tasks))
            } catch is CancellationError {
                throw Exit.interrupted
            } catch {
                if Task.isCancelled { throw Exit.interrupted }
                problems.append((candidate.id, Console.explanation(of: error)))
            }
        }
        return problems
    }

    /// Says which of the drawn responses cannot be followed, and ends where none can.
    private func explain(
        _ drawn: [RunStore.SentResponse], _ texts: [RunStore.SentResponse], of reference: Candidate
    ) throws {
        let reasons = Dictionary(grouping: drawn.compactMap(\.obstacle)) { $0 }.mapValues(\.count).sorted {
            $0.key < $1.key
        }
        if texts.isEmpty { throw Failure.noneFollowed(reference: reference.id, reasons: reasons.map(\.key)) }
        for (reason, count) in reasons {
            Console.say("warning: \(count) of \(drawn.count) responses are left out: they \(reason)")
        }
    }

    private func onEngine<Result: Sendable>(
        of candidate: Candidate,
        _ body: (any ChatSession, any TextFollower) async throws -> Result
    ) async throws -> Result {
        let session = try await host.openChat(candidate, round: 0, slots: 1)
        do {
            let stored = try await store.engines(of: record.id)[candidate.id]
            for warning in try ServedModel.warnings(about: candidate.id, now: session.facts, then: stored) {
                Console.say("warning: \(warning)")
            }
            if session.facts.isSimulated { throw FollowingFailure.simulated(candidate: candidate.id) }
            let follower = try await session.client.follower(
                candidate: candidate.id, engine: session.facts.build ?? session.facts.engine)
            let result = try await body(session, follower)
            if await session.close().details?.repeatsKey == true {
                Console.say("warning: \(Warnings.repeatedKey(by: candidate.id))")
            }
            return result
        } catch {
            // An engine that died says more of it than a connection that nobody answers.
            let cause = session.failure
            _ = await session.close()
            throw cause ?? error
        }
    }

    /// The reference's texts, with what it expected all along them.
    private struct Reference: Sendable {
        var texts: [(answer: String, text: FollowedText, expected: [NextTokens])] = []
        let top: Int
        let vocabulary: Int?
    }

    private func followReference(
        _ responses: [RunStore.SentResponse], _ session: any ChatSession, _ follower: any TextFollower,
        tasks: [String]
    ) async throws -> Reference {
        let vocabulary = follower.vocabularySize
        var reference = Reference(top: Self.top(request.top, follower), vocabulary: vocabulary)
        let progress = GradingProgress(
            total: responses.count, doing: "following the reference", terminal: errors)
        defer { progress.finish() }
        var failures = FailureCount()
        for response in responses {
            do {
                let text = FollowedText(
                    prompt: try await patiently { () async throws(RequestFailure) in
                        try await follower.promptTokens(of: response.request)
                    },
                    response: try await patiently { () async throws(RequestFailure) in
                        try await follower.tokens(of: response.answer)
                    }, isEnded: response.finishReason == "stop")
                let expected = try await patiently { () async throws(RequestFailure) in
                    try await follower.distributions(along: text, top: reference.top)
                }
                reference.texts.append((response.answer, text, expected))
                failures.reset()
                progress.note(isScored: true)
            } catch {
                progress.note(isScored: false)
                try failures.note(error, sample: "\(response.task)/\(response.sample)", session)
            }
        }
        return reference
    }

    private func compare(
        _ candidate: Candidate, with reference: Reference, of name: String, _ session: any ChatSession,
        _ follower: any TextFollower
    ) async throws -> [[CoarseDivergence]] {
        if let own = follower.vocabularySize, let other = reference.vocabulary, own != other {
            throw Failure.otherVocabulary(
                candidate: candidate.id, reference: name, how: "it has \(own) of them, not \(other)")
        }
        let progress = GradingProgress(
            total: reference.texts.count, doing: "following on \(candidate.id)", terminal: errors)
        defer { progress.finish() }
        var found: [[CoarseDivergence]] = []
        var failures = FailureCount()
        for (answer, text, expected) in reference.texts {
            do {
                let tokens = try await patiently { () async throws(RequestFailure) in
                    try await follower.tokens(of: answer)
                }
                guard tokens == text.response else {
                    throw Failure.otherVocabulary(
                        candidate: candidate.id, reference: name,
                        how: "“\(answer.prefix(40))” becomes others on it")
                }
                let own = try await patiently { () async throws(RequestFailure) in
                    try await follower.distributions(along: text, top: reference.top)
                }
                found.append(zip(expected, own).compactMap(CoarseDivergence.init))
                failures.reset()
                progress.note(isScored: true)
            } catch let failure as RequestFailure {
                progress.note(isScored: false)
                try failures.note(failure, sample: "“\(answer.prefix(40))”", session)
            }
        }
        return found
    }

    /// As many as were asked for; else the whole of a small vocabulary, or a hundred, or what the server allows.
    private static func top(_ wanted: Int?, _ follower: any TextFollower) -> Int {
        let vocabulary = follower.vocabularySize ?? .max
        if let wanted { return min(wanted, vocabulary) }
        return vocabulary <= 512 ? vocabulary : min(100, follower.usualLimit ?? .max)
    }

    /// Files of both that mean other tokens by the same numbers are not compared.
    private func requireSameFile(_ candidate: Candidate, _ reference: Candidate) throws {
        guard case .managed(let own) = candidate.serving, case .managed(let other) = reference.serving,
            try ModelFile.vocabularySHA256(of: own.file) != ModelFile.vocabularySHA256(of: other.file)
        else { return }
        throw Failure.otherVocabulary(
            candidate: candidate.id, reference: reference.id, how: "the lists of tokens in the two files differ")
    }

    /// Asks again where the same may well succeed a moment later.
    private func patiently<Result: Sendable>(
        _ body: () async throws(RequestFailure) -> Result
    ) async throws(RequestFailure) -> Result {
        var generator = SeededGenerator(seed: 0, stream: 5)
        var made = 0
        while true {
            do throws(RequestFailure) {
                return try await body()
            } catch {
                made += 1
                guard let delay = RetryPolicy().delay(after: error, made: made, generator: &generator),
                    !Task.isCancelled
                else { throw error }
                try? await Task.sleep(for: delay)
            }
        }
    }
}

/// Failures in a row: a thousand responses need not find out that a server is gone.
private struct FailureCount {
    private var inARow = 0

    mutating func reset() { inARow = 0 }

    /// - Throws: the failure, where there is no point in going on.
    mutating func note(_ failure: RequestFailure, sample: String, _ session: any ChatSession) throws {
        inARow += 1
        if failure.kind == .interrupted || Task.isCancelled { throw CancellationError() }
        if session.failure != nil || inARow >= 3 || [.unauthorized, .notFound].contains(failure.kind) { throw failure }
        Console.say("warning: \(sample) is left out: \(failure.message)")
    }
}
