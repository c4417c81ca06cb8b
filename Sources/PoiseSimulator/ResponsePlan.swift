import PoiseCore

/// One response, decided before its first byte is sent: every event with its instant, and how it ends.
struct ResponsePlan: Hashable, Sendable {
    enum Event: Hashable, Sendable {
        case role, reasoning(Range<Int>), answer(Range<Int>), finish, usage, done
        /// An answer of filling that makes the event so many bytes long.
        case huge(bytes: Int)
        /// The response in one piece of JSON.
        case whole
        case comment, malformed, error
    }

    struct Step: Hashable, Sendable {
        let event: Event
        /// Nanoseconds from the moment the request was fully read.
        var nanoseconds: Int64
        /// In the same HTTP chunk as the step before.
        var joinsPrevious = false

        var offset: Duration { .nanoseconds(nanoseconds) }
    }

    enum Ending: Hashable, Sendable {
        case complete, close, reset, stall
    }

    var steps: [Step] = []
    private(set) var ending = Ending.complete
    let dialect: Dialect
    let request: Int
    let model: String
    let reasoning: TokenText
    /// Whether the thinking was sent to its end.
    let isReasoningWhole: Bool
    let answer: TokenText
    /// The function that is called, with `answer` as its arguments; nil where `answer` is what is said.
    let tool: String?
    let reasoningField: SimulatorSchedule.ReasoningField
    /// `stop` or `length`.
    let finishReason: String
    let promptTokens: Int
    let cachedTokens: Int
    /// Nanoseconds by the schedule, and not as they were measured.
    let promptSpan: Int64
    let answerSpan: Int64
    let hasTimings: Bool
    let isStream: Bool
    /// Writes for each event.
    private(set) var pieces = 1
    private(set) var hasCarriageReturns = false
    private(set) var closesConnection = false
    /// Whether a response that comes whole is cut in its JSON.
    private(set) var isWholeMalformed = false
    private(set) var isWholeError = false
    let hasUsage: Bool
    /// What comes for ever after the last step.
    private(set) var repeated: Repetition?

    var completionTokens: Int { reasoning.count + answer.count }

    /// Whether the thinking stands in the text itself; a legacy completion has no other place for it.
    var hasThinkTags: Bool { reasoningField == .think || dialect == .completions }

    struct Repetition: Hashable, Sendable {
        let events: [Event]
        /// Nanoseconds.
        let gap: Int64
    }

    init(
        for chat: ChatRequest, number: Int, texts: SimulatedTexts, configuration: SimulatorConfiguration,
        faults: [SimulatorFault]
    ) {
        let schedule = configuration.schedule
        let isEndless = faults.contains(.endless)
        let limit = configuration.honoursMaxTokens && !isEndless ? chat.maxTokens ?? Int.max : Int.max
        let call = texts.call(for: chat)
        let wholeAnswer = call?.arguments ?? texts.answer(to: chat)
        tool = call?.name
        let wholeReasoning = texts.reasoning
        reasoning = wholeReasoning.prefix(limit)
        isReasoningWhole = reasoning.count == wholeReasoning.count
        // Something must be there to repeat.
        answer =
            isEndless && wholeAnswer.isEmpty
            ? TokenText(SimulatorSchedule.fillerText) : wholeAnswer.prefix(limit - reasoning.count)
        dialect = chat.dialect
        request = number
        model = chat.model ?? configuration.models.first ?? "simulated"
        reasoningField = schedule.reasoningField
        finishReason =
            answer.count < wholeAnswer.count || reasoning.count < wholeReasoning.count
            ? "length" : tool == nil ? "stop" : "tool_calls"
        promptTokens = chat.promptTokens
        cachedTokens = min(schedule.cachedTokens, chat.promptTokens)
        isStream = chat.isStream && !faults.contains(.ignoresStream)
        hasUsage =
            switch schedule.usageChunk {
            case .always: true
            case .never: false
            // Ollama counts unasked.
            case .whenAsked: chat.wantsUsage || !isStream || chat.dialect == .ollama
            }
        hasTimings = schedule.timings
        promptSpan = schedule.timeToFirstToken.nanoseconds
        answerSpan = schedule.interTokenGap.nanoseconds * Int64(reasoning.count + answer.count)
        let events = stepsOfStream(schedule)
        steps = isStream ? events : [Step(event: .whole, nanoseconds: events.last?.nanoseconds ?? 0)]
        guard !faults.isEmpty else { return }
        for fault in faults { apply(fault) }
        applyGrouping(faults)
        if isEndless, isStream, ending == .complete { repeatForEver(schedule) }
    }

    private func stepsOfStream(_ schedule: SimulatorSchedule) -> [Step] {
        var steps: [Step] = []
        steps.reserveCapacity(completionTokens / max(1, schedule.tokensPerChunk) + 6)
        // Only OpenAI's chat has a chunk for the role alone.
        if schedule.roleChunk, dialect == .chat { steps.append(Step(event: .role, nanoseconds: 0)) }
        var last = schedule.timeToFirstToken.nanoseconds
        schedule.forEachChunk(reasoning: reasoning.count, answer: answer.count, request: request) {
            tokens, isReasoning, offset in
            steps.append(Step(event: isReasoning ? .reasoning(tokens) : .answer(tokens), nanoseconds: offset))
            last = offset
        }
        let end = last + schedule.closingDelay.nanoseconds
        // Ollama's last line has the finish reason and the usage in it.
        if dialect != .ollama {
            steps.append(Step(event: .finish, nanoseconds: end))
            if hasUsage { steps.append(Step(event: .usage, nanoseconds: end)) }
        }
        steps.append(Step(event: .done, nanoseconds: end))
        return steps
    }

    /// A step by its number; nil where the response has ended.
    func step(_ index: Int) -> Step? {
        if index < steps.count { return steps[index] }
        guard let repeated else { return nil }
        let beyond = index - steps.count
        return Step(
            event: repeated.events[beyond % repeated.events.count],
            nanoseconds: (steps.last?.nanoseconds ?? 0) + Int64(beyond + 1) * repeated.gap)
    }
}

// MARK: - Faults

extension ResponsePlan {
    private mutating func apply(_ fault: SimulatorFault) {
        switch fault {
        case .close(let chunks): cut(after: chunks, ending: .close)
        case .reset(let chunks): cut(after: chunks, ending: .reset)
        case .stall(let chunks): cut(after: chunks, ending: .stall)
        case .drip(let milliseconds):
            for index in steps.indices {
                steps[index].nanoseconds += Int64(index + 1) * Int64(milliseconds) * 1_000_000
            }
        case .malformed(let chunks):
            isWholeMalformed = true
            insert(.malformed, after: chunks)
        case .error(let chunks):
            isWholeError = true
            guard isStream else { return }
            let index = insert(.error, after: chunks)
            let done = steps[(index + 1)...].filter { $0.event == .done && dialect != .ollama }
            steps.removeSubrange((index + 1)...)
            steps += done.map { Step(event: $0.event, nanoseconds: steps[index].nanoseconds) }
        case .withoutDone: steps.removeAll { $0.event == .done }
        case .split(let pieces): self.pieces = max(1, pieces)
        case .carriageReturns: hasCarriageReturns = true
        case .closeAfterResponse: closesConnection = true
        case .huge(let bytes): insert(.huge(bytes: bytes), after: 0)
        case .status, .closeBeforeHeaders, .hang, .endless, .coalesced, .comments, .ignoresStream: break
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
        let offset = index < steps.count ? steps[index].nanoseconds : steps.last?.nanoseconds ?? 0
        steps.insert(Step(event: event, nanoseconds: offset), at: index)
        return index
    }

    /// Comments and groups come last: they are about whatever the other faults have left.
    private mutating func applyGrouping(_ faults: [SimulatorFault]) {
        guard isStream else { return }
        if faults.contains(.comments), !dialect.hasLines {
            steps = steps.flatMap { [Step(event: .comment, nanoseconds: $0.nanoseconds), $0] }
        }
        for case .coalesced(let events) in faults where events > 1 {
            for start in stride(from: 0, to: steps.count, by: events) {
                let group = start..<min(start + events, steps.count)
                let last = steps[group.upperBound - 1].nanoseconds
                for index in group {
                    steps[index].nanoseconds = last
                    steps[index].joinsPrevious = index > start
                }
            }
        }
    }
}

extension ResponsePlan {
    /// Takes the end away and goes on with the answer's own steps.
    private mutating func repeatForEver(_ schedule: SimulatorSchedule) {
        let answers = steps.map(\.event).filter { if case .answer = $0 { true } else { false } }
        guard !answers.isEmpty else { return }
        steps.removeAll { $0.event == .finish || $0.event == .usage || $0.event == .done }
        let pace = schedule.interTokenGap.nanoseconds * Int64(max(1, schedule.tokensPerChunk))
        repeated = Repetition(events: answers, gap: pace > 0 ? pace : 1_000_000)
    }
}

// MARK: - The log's words

extension ResponsePlan {
    /// How a client sees an event; nil for what is no event to it.
    func kind(of event: Event) -> Timeline.Kind? {
        switch event {
        case .role: .role
        case .reasoning: .reasoning
        case .answer, .whole, .huge: .answer
        case .usage: .usage
        case .done: .done
        case .finish, .malformed, .error: .other
        case .comment: nil
        }
    }

    func tokens(in event: Event) -> Int {
        switch event {
        case .reasoning(let tokens), .answer(let tokens): tokens.count
        case .whole: completionTokens
        default: 0
        }
    }

    var loggedEnding: ServedRequest.Ending {
        switch ending {
        case .complete: .complete
        case .close: .closed
        case .reset: .reset
        case .stall: .stalled
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
