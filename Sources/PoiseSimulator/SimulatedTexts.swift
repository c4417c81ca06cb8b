/// The texts of a schedule, cut into tokens once and not for each request.
struct SimulatedTexts: Sendable {
    let reasoning: TokenText
    private let source: SimulatorSchedule.AnswerSource
    private let fixed: TokenText
    private let table: [String: TokenText]

    init(_ schedule: SimulatorSchedule) {
        source = schedule.answer
        reasoning = TokenText("Simulated thinking goes on and on.", tokens: schedule.reasoningTokens)
        switch schedule.answer {
        case .text(let text):
            fixed = schedule.tokens.map { TokenText(text, tokens: $0) } ?? TokenText(text)
            table = [:]
        case .table(let answers, let otherwise):
            fixed = TokenText(otherwise)
            table = answers.mapValues { TokenText($0) }
        case .echo, .nothing:
            fixed = TokenText()
            table = [:]
        }
    }

    func answer(to prompt: String) -> TokenText {
        switch source {
        case .text, .nothing: fixed
        case .echo: TokenText(prompt)
        case .table: table[prompt] ?? fixed
        }
    }
}
