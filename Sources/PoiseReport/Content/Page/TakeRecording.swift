package import PoiseCore

extension Scene.Take {
    /// Responses are cut after so many characters: some ten pages of a book.
    package static let mostCharacters = 20_000

    /// A recorded trial as the player shows it; nil where there was no response, or nothing in it.
    ///
    /// - Parameters:
    ///   - answer: what the deciding grader read, for the moment at which the right answer was complete.
    ///   - isCode: whether all of its answers are for programs to read.
    ///   - questions: of a chain, what each turn asked.
    ///   - redact: what every text passes through before it is shown.
    package init?(
        _ trial: StoredTrial, answer: String, isCode: Bool, questions: [String] = [],
        mostCharacters: Int = mostCharacters, redact: @escaping (String) -> String
    ) {
        guard let response = trial.response, trial.cachedFrom == nil else { return nil }
        var recording = TakeRecording(isCode: isCode, room: mostCharacters, redact: redact)
        if trial.exchanges.isEmpty {
            recording.add(response, after: 0, answer: answer)
        } else {
            let start = trial.exchanges[0].started
            var turn = trial.exchanges[0].turn
            for (index, exchange) in trial.exchanges.enumerated() {
                if exchange.turn != turn {
                    turn = exchange.turn
                    recording.ask(questions.count >= turn ? questions[turn - 1] : "")
                }
                recording.add(
                    exchange.response, after: exchange.sentAt(since: start).nanoseconds / 1000,
                    answer: index + 1 == trial.exchanges.count ? answer : nil)
            }
        }
        guard !recording.chunks.isEmpty else { return nil }
        let whole = recording.chunks.count
        recording.cut()
        let kept = recording.chunks.count
        let isRight = trial.score.map { $0 >= 0.5 } ?? false
        self.init(
            candidate: trial.key.candidate, passages: recording.passages, chunks: recording.chunks,
            score: trial.score, completeAt: isRight ? recording.completeAt : nil,
            latency: recording.latency,
            decodedTokens: trial.metrics?.decodedTokens.map { tokens in
                whole > kept ? Int(Double(tokens) * Double(kept - 1) / Double(whole - 1)) : tokens
            },
            leftOut: recording.leftOut)
    }
}

extension Exchange {
    /// The first request's start → the attempt that got the response was sent.
    fileprivate func sentAt(since start: Duration) -> Duration {
        guard attempts > 1, let last = response.timeline.chunks.last else { return started - start }
        return max(started, started + timeToDone - .microseconds(last.microseconds)) - start
    }
}

/// A response on its way into a take.
private struct TakeRecording {
    let isCode: Bool
    /// Characters that may still be shown.
    var room: Int
    let redact: (String) -> String
    var passages: [Scene.Passage] = []
    var chunks: [Scene.Chunk] = []
    var completeAt: Int?
    var latency = 0.0
    var leftOut = 0
    /// Unicode scalars that have streamed so far.
    private var streamed = 0

    init(isCode: Bool, room: Int, redact: @escaping (String) -> String) {
        self.isCode = isCode
        self.room = room
        self.redact = redact
    }

    /// What was asked next.
    mutating func ask(_ question: String) {
        let text = redact(question)
        if !text.isEmpty { passages.append(Scene.Passage(kind: .asked, start: streamed, text: text)) }
    }

    /// - Parameter offset: from the beginning to when it was sent, microseconds.
    mutating func add(_ response: Response, after offset: Int64, answer: String?) {
        var bearing = response.timeline.chunks.filter(\.bearsTokens)
        if bearing.isEmpty, !response.isEmpty {
            // Nothing is known of when it came but that it is there.
            bearing = [.whole(of: response)].compactMap(\.self)
        }
        let shares = Dictionary(
            uniqueKeysWithValues: [Timeline.Kind.reasoning, .answer, .toolCall].map { kind in
                (kind, Share(response.text(of: kind), bearing.filter { $0.kind == kind }, redact))
            })
        let first = chunks.count
        var used: [Timeline.Kind: Int] = [:]
        for group in bearing.indices.runs(by: { bearing[$0].kind }) {
            let kind = bearing[group[0]].kind
            guard let share = shares[kind] else { continue }
            let from = used[kind, default: 0]
            let lengths = Array(share.lengths[from..<from + group.count])
            used[kind] = from + group.count
            append(share.text(from: from, count: group.count), kind)
            for (index, length) in zip(group, lengths) {
                let time = bearing[index].microseconds.addingReportingOverflow(offset).partialValue
                chunks.append(Scene.Chunk(microseconds: time, isThinking: kind == .reasoning, characters: length))
            }
        }
        latency = max(latency, chunks.last?.milliseconds ?? 0)
        guard let answer, let share = shares[.answer], !share.original.isEmpty else {
            if answer != nil, chunks.count > first { completeAt = chunks.count - 1 }
            return
        }
        let places = bearing.indices.filter { bearing[$0].kind == .answer }
        completeAt = AnswerCompletion.chunk(of: answer, in: share.original, characters: share.originalLengths)
            .map { first + places[$0] }
    }

    /// Lets go of the chunks whose text is left out, and of a completion that nobody would see.
    mutating func cut() {
        guard leftOut > 0 else { return }
        var rest = streamed - leftOut
        let kept = chunks.prefix { chunk in
            defer { rest -= chunk.characters }
            return rest > 0
        }.count
        chunks = Array(chunks.prefix(max(1, kept)))
        if let place = completeAt, place >= chunks.count { completeAt = nil }
    }

    /// Text that streamed, parted into passages, as far as there is room.
    private mutating func append(_ text: String, _ kind: Timeline.Kind) {
        let length = text.unicodeScalars.count
        let shown = length <= room ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(room)))
        leftOut += length - min(length, room)
        room -= min(length, room)
        defer { streamed += length }
        guard !shown.isEmpty else { return }
        switch kind {
        case .reasoning: passages.append(Scene.Passage(kind: .thinking, start: streamed, text: shown))
        case .toolCall: passages.append(Scene.Passage(kind: .toolCall, start: streamed, text: shown))
        default:
            let parts = CodeFences.parts(of: shown)
            let isAllCode = isCode && !parts.contains(where: \.isCode)
            passages += parts.map { part in
                Scene.Passage(
                    kind: part.isCode || isAllCode ? .code : .prose, start: streamed + part.start, text: part.text)
            }
        }
    }
}

/// What one response holds of one kind, with the lengths of its chunks.
private struct Share {
    let original: String
    let originalLengths: [Int]
    let lengths: [Int]
    private let scalars: [Unicode.Scalar]
    /// Where each chunk's text ends.
    private let ends: [Int]

    init(_ text: String, _ chunks: [Timeline.Chunk], _ redact: (String) -> String) {
        let counted = chunks.map(\.characters)
        let shown = redact(text)
        original = text
        originalLengths = ChunkLengths.laid(counted, of: text, over: text)
        lengths = ChunkLengths.laid(counted, of: text, over: shown)
        scalars = Array(shown.unicodeScalars)
        var arrived = 0
        ends = lengths.map {
            arrived += $0
            return arrived
        }
    }

    /// The text of some chunks that follow each other.
    func text(from first: Int, count: Int) -> String {
        let start = first > 0 ? ends[first - 1] : 0
        return String(String.UnicodeScalarView(scalars[start..<ends[first + count - 1]]))
    }
}

extension Response {
    fileprivate func text(of kind: Timeline.Kind) -> String {
        switch kind {
        case .reasoning: reasoning
        case .toolCall: toolCalls
        default: answer
        }
    }
}

extension Timeline.Chunk {
    /// One chunk for a response whose stream was not recorded.
    fileprivate static func whole(of response: Response) -> Timeline.Chunk? {
        let kind: Timeline.Kind =
            response.answer.isEmpty ? response.toolCalls.isEmpty ? .reasoning : .toolCall : .answer
        return Timeline.Chunk(
            microseconds: response.timeline.chunks.last?.microseconds ?? 0, kind: kind,
            characters: response.text(of: kind).unicodeScalars.count)
    }
}

extension Range<Int> {
    /// Neighbours that have the same key.
    fileprivate func runs<Key: Equatable>(by key: (Int) -> Key) -> [[Int]] {
        var runs: [[Int]] = []
        for index in self {
            if let last = runs.last?.last, key(last) == key(index) {
                runs[runs.count - 1].append(index)
            } else {
                runs.append([index])
            }
        }
        return runs
    }
}
