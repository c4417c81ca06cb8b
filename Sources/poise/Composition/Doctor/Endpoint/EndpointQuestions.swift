import Foundation
import PoiseClient
import PoiseCore

/// What an endpoint is asked: few requests, each small, that show together how it serves.
struct EndpointQuestions: Sendable {
    static let word = "Reply with the single word: ready"
    private static let numbers = "Count from 1 to 50, separated by spaces."
    private static let sentence = "Write one sentence about a lighthouse."

    static let cap = 8
    private static let wordCap = 64
    private static let numbersCap = 32
    private static let sentenceCap = 16
    private static let draws = 4

    /// Requests of one endpoint, and the most tokens that they may be answered with together.
    static let count = 1 + 1 + 2 + draws + 1
    static let mostTokens = wordCap + cap + 2 * numbersCap + (draws + 1) * sentenceCap

    /// One request, and what went over the line.
    struct Reply: Sendable {
        let attempt: Attempt
        let exchange: HTTPExchange?
        /// The wall clock's, when it had come: seconds since 1970.
        let wallTime: Double

        var response: Response? { if case .responded(let response) = attempt.outcome { response } else { nil } }
        var failure: RequestFailure? { if case .failed(let failure) = attempt.outcome { failure } else { nil } }
    }

    let client: ChatClient
    /// The candidate's own, which the first request keeps but for its cap.
    let sampling: SamplingSettings

    func ready() async -> Reply {
        var own = sampling
        own.maxTokens = Self.wordCap
        return await ask(Self.word, own)
    }

    func capped() async -> Reply { await ask(Self.numbers, settings(Self.cap, temperature: 0)) }

    func counted() async -> Reply { await ask(Self.numbers, settings(Self.numbersCap, temperature: 0)) }

    /// The same draw several times, and another one.
    func drawn() async -> (same: [Reply], other: Reply) {
        var same: [Reply] = []
        for _ in 0..<Self.draws { same.append(await ask(Self.sentence, settings(Self.sentenceCap, seed: 7))) }
        return (same, await ask(Self.sentence, settings(Self.sentenceCap, seed: 8)))
    }

    private func settings(_ cap: Int, temperature: Double = 1, seed: Int? = nil) -> SamplingSettings {
        SamplingSettings(temperature: temperature, maxTokens: cap, seed: seed)
    }

    private func ask(_ text: String, _ settings: SamplingSettings) async -> Reply {
        let (attempt, exchange) = await client.observe([Message(role: "user", content: text)], sampling: settings)
        return Reply(attempt: attempt, exchange: exchange, wallTime: Wall.seconds)
    }
}
