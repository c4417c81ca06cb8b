import PoiseCore
import PoiseGrading
import PoiseRunner
import Synchronization

/// A judge behind a candidate's session: an engine that Poise started, or an endpoint.
final class SessionJudge: Judge {
    private let candidate: Candidate
    private let session: any CandidateSession
    private let retryPolicy = RetryPolicy()
    private let state: Mutex<State>

    private struct State {
        /// Requests in a row that nobody answered.
        var silent = 0
        /// Why it is not asked any more.
        var down: String?
        /// The server refused a response format, so that it is asked for text.
        var refusesFormat = false
        var generator = SeededGenerator(seed: 0, stream: 4)
    }

    /// A judge that so many requests in a row could not reach is down: a thousand responses need not find that out.
    private static let mostSilent = 3

    init(_ candidate: Candidate, session: any CandidateSession) {
        self.candidate = candidate
        self.session = session
        state = Mutex(State())
    }

    var name: String { candidate.id }

    func reply(to prompt: JudgePrompt, repetition: Int) async -> JudgeReply {
        if let reason = state.withLock(\.down) { return JudgeReply(.failed(reason: reason)) }
        var sampling = candidate.sampling
        sampling.seed = sampling.seed.map { $0 &+ (repetition - 1) }
        var question = ChatPrompt(prompt.messages)
        question.responseSchema = state.withLock(\.refusesFormat) ? nil : prompt.responseSchema
        var made = 0
        var hasDroppedFormat = false
        while true {
            let began = Instant.now()
            let attempt = await session.attempt(question, sampling: sampling)
            let time = (Instant.now() - began).milliseconds
            made += 1
            switch attempt.outcome {
            case .responded(let response):
                state.withLock { state in
                    state.silent = 0
                    // It was the format that was refused, and not this one request.
                    if hasDroppedFormat { state.refusesFormat = true }
                }
                return reply(response, to: attempt.request, time: time)
            case .failed(let failure):
                if failure.kind == .rejected, question.responseSchema != nil {
                    question.responseSchema = nil
                    hasDroppedFormat = true
                    continue
                }
                let delay = state.withLock {
                    retryPolicy.delay(after: failure, made: made, generator: &$0.generator)
                }
                guard let delay, session.failure == nil, !Task.isCancelled, state.withLock({ $0.down == nil }) else {
                    return note(failure, of: attempt.request)
                }
                try? await Task.sleep(for: delay)
            }
        }
    }

    private func reply(_ response: Response, to request: String, time: Double) -> JudgeReply {
        let usage = Judgement.Usage(
            promptTokens: response.report.promptTokens, outputTokens: response.report.completionTokens, time: time,
            cost: candidate.price.flatMap { price in
                price.cost(
                    promptTokens: response.report.promptTokens, cached: response.report.cachedTokens,
                    outputTokens: response.report.completionTokens)
            })
        if response.finishReason == "length" {
            // Its last grade may be one that it was still weighing.
            return JudgeReply(
                .failed(reason: "\(name) met its length cap before its grade; raise its max_tokens"), request: request,
                usage: usage)
        }
        return JudgeReply(.text(response.answer), request: request, usage: usage)
    }

    private func note(_ failure: RequestFailure, of request: String) -> JudgeReply {
        let reason = "the judge \(name) did not answer: \(failure.message)"
        state.withLock { state in
            guard failure.kind != .interrupted else { return }
            let isGone = session.failure != nil || [.unauthorized, .notFound].contains(failure.kind)
            state.silent += failure.isWorthRetrying || isGone ? 1 : 0
            if isGone || state.silent >= Self.mostSilent { state.down = state.down ?? reason }
        }
        return JudgeReply(.failed(reason: reason), request: request)
    }
}

/// A judge that could not be opened.
struct AbsentJudge: Judge {
    let name: String
    let reason: String

    func reply(to prompt: JudgePrompt, repetition: Int) async -> JudgeReply {
        JudgeReply(.failed(reason: "the judge \(name) cannot be asked: \(reason)"))
    }
}

/// Asks a judge that never draws the same question once.
///
/// Only for a temperature of 0, where an equal request has an equal reply: a repeat stays a request of its own.
actor SingleAsking: Judge {
    nonisolated let name: String
    private let judge: any Judge
    private var asked: [Key: Task<JudgeReply, Never>] = [:]

    private struct Key: Hashable {
        let prompt: JudgePrompt
        let repetition: Int
    }

    init(_ judge: any Judge) {
        self.judge = judge
        name = judge.name
    }

    func reply(to prompt: JudgePrompt, repetition: Int) async -> JudgeReply {
        let key = Key(prompt: prompt, repetition: repetition)
        if let known = asked[key] {
            let reply = await known.value
            // What it took stands with the request that was made.
            return JudgeReply(reply.outcome)
        }
        // A task of its own would not hear that the asking one was cancelled.
        let asking = Task { await judge.reply(to: prompt, repetition: repetition) }
        asked[key] = asking
        let reply = await withTaskCancellationHandler {
            await asking.value
        } onCancel: {
            asking.cancel()
        }
        // A failure is not an answer that could be used again.
        if case .failed = reply.outcome { asked[key] = nil }
        return reply
    }
}
