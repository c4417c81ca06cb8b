import PoiseCore

/// One response, decided before its first byte is sent: every event with its instant, and how it ends.
struct ResponsePlan: Hashable, Sendable {
    enum Event: Hashable, Sendable {
        case role, reasoning(Range<Int>), answer(Range<Int>), finish, usage, done
        /// The response in one piece of JSON.
        case whole
        case comment, malformed, error
    }

    struct Step: Hashable, Sendable {
        let event: Event
        /// From the moment the request was fully read.
        var offset: Duration
        /// In the same HTTP chunk as the step before.
        var joinsPrevious = false
    }

    enum Ending: Hashable, Sendable {
        case complete, close, reset, stall
    }

    var steps: [Step] = []
    private(set) var ending = Ending.complete
    let request: Int
    let model: String
    let reasoning: TokenText
    let answer: TokenText
    let reasoningField: SimulatorSchedule.ReasoningField
    /// `stop` or `length`.
    let finishReason: String
    let promptTokens: Int
    let cachedTokens: Int
    private(set) var timings: Timings?
    let isStream: Bool
    /// Writes for each event.
    private(set) var pieces = 1
    private(set) var hasCarriageReturns = false
    private(set) var closesConnection = false
    /// Whether a response that comes whole is cut in its JSON.
    private(set) var isWholeMalformed = false
    private(set) var isWholeError = false
    let hasUsage: Bool

    var completionTokens: Int { reasoning.count + answer.count }

    /// llama.cpp's own account of a response: what the schedule says, not what was measured.
    struct Timings: Hashable, Sendable {
        /// Milliseconds.
        let prompt: Double
        /// Milliseconds for all tokens, at the schedule's pace.
        let predicted: Double
    }

    init(
        for chat: ChatRequest, number: Int, texts: SimulatedTexts, configuration: SimulatorConfiguration,
        faults: [SimulatorFault]
    ) {
        let schedule = configuration.schedule
        let limit = configuration.honoursMaxTokens ? chat.maxTokens ?? Int.max : Int.max
        let wholeAnswer = texts.answer(to: chat.prompt)
        let wholeReasoning = texts.reasoning
        reasoning = wholeReasoning.prefix(limit)
        answer = wholeAnswer.prefix(limit - reasoning.count)
        request = number
        model = chat.model ?? configuration.models.first ?? "simulated"
        reasoningField = schedule.reasoningField
        finishReason = answer.count < wholeAnswer.count || reasoning.count < wholeReasoning.count ? "length" : "stop"
        promptTokens = chat.promptTokens
        cachedTokens = min(schedule.cachedTokens, chat.promptTokens)
        isStream = chat.isStream && !faults.contains(.ignoresStream)
        hasUsage =
            switch schedule.usageChunk {
            case .always: true
            case .never: false
            case .whenAsked: chat.wantsUsage || !isStream
            }
        if schedule.timings {
            timings = Timings(
                prompt: schedule.timeToFirstToken.milliseconds,
                predicted: schedule.interTokenGap.milliseconds * Double(completionTokens)
            )
        }
        let events = Self.events(
            schedule, reasoning: reasoning.count, answer: answer.count, request: number, hasUsage: hasUsage)
        steps = isStream ? events : [Step(event: .whole, offset: events.last?.offset ?? .zero)]
        for fault in faults { apply(fault) }
        applyGrouping(faults)
    }

    private static func events(
        _ schedule: SimulatorSchedule, reasoning: Int, answer: Int, request: Int, hasUsage: Bool
    ) -> [Step] {
        var steps = schedule.roleChunk ? [Step(event: .role, offset: .zero)] : []
        steps += schedule.chunks(reasoning: reasoning, answer: answer, request: request).map {
            Step(event: $0.isReasoning ? .reasoning($0.tokens) : .answer($0.tokens), offset: $0.offset)
        }
        let last = reasoning + answer > 0 ? steps.last?.offset ?? .zero : schedule.timeToFirstToken
        let end = last + schedule.closingDelay
        steps += ([.finish] + (hasUsage ? [.usage] : []) + [.done]).map { Step(event: $0, offset: end) }
        return steps
    }
}

// MARK: - Faults

extension ResponsePlan {
    private mutating func apply(_ fault: SimulatorFault) {
        switch fault {
        case .close(let chunks): cut(after: chunks, ending: .close)
        case .reset(let chunks): cut(after: chunks, ending: .reset)
        case .stall(let chunks): cut(after: chunks, ending: .stall)
        case .malformed(let chunks):
            isWholeMalformed = true
            insert(.malformed, after: chunks)
        case .error(let chunks):
            isWholeError = true
            guard isStream else { return }
            let index = insert(.error, after: chunks)
            let done = steps[(index + 1)...].filter { $0.event == .done }
            steps.removeSubrange((index + 1)...)
            steps += done.map { Step(event: $0.event, offset: steps[index].offset) }
        case .withoutDone: steps.removeAll { $0.event == .done }
        case .split(let pieces): self.pieces = max(1, pieces)
        case .carriageReturns: hasCarriageReturns = true
        case .closeAfterResponse: closesConnection = true
        case .status, .closeBeforeHeaders, .hang, .coalesced, .comments, .ignoresStream: break
        }
    }

    /// Where the step stands that follows so many token-bearing chunks; the stream's end where there are fewer.
    private func index(afterChunks chunks: Int) -> Int {
        var seen = 0
        for (index, step) in steps.enumerated() where step.bearsTokens {
            if seen == chunks { return index }
            seen += 1
        }
        return steps.firstIndex { $0.event == .finish || $0.event == .done } ?? steps.count
    }

    private mutating func cut(after chunks: Int, ending: Ending) {
        self.ending = ending
        if isStream { steps.removeSubrange(index(afterChunks: chunks)...) }
    }

    @discardableResult
    private mutating func insert(_ event: Event, after chunks: Int) -> Int {
        guard isStream else { return steps.endIndex }
        let index = index(afterChunks: chunks)
        let offset = index < steps.count ? steps[index].offset : steps.last?.offset ?? .zero
        steps.insert(Step(event: event, offset: offset), at: index)
        return index
    }

    /// Comments and groups come last: they are about whatever the other faults have left.
    private mutating func applyGrouping(_ faults: [SimulatorFault]) {
        guard isStream else { return }
        if faults.contains(.comments) {
            steps = steps.flatMap { [Step(event: .comment, offset: $0.offset), $0] }
        }
        for case .coalesced(let events) in faults where events > 1 {
            for start in stride(from: 0, to: steps.count, by: events) {
                let group = start..<min(start + events, steps.count)
                let last = steps[group.upperBound - 1].offset
                for index in group {
                    steps[index].offset = last
                    steps[index].joinsPrevious = index > start
                }
            }
        }
    }
}

extension ResponsePlan.Step {
    var bearsTokens: Bool {
        switch event {
        case .reasoning, .answer: true
        default: false
        }
    }
}
