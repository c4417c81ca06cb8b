import PoiseCore

/// Parts the content of a stream into thinking and answer, for servers that leave `<think>…</think>` in it.
///
/// Only thinking at the very start, after whitespace, counts; later on, the tags are what the answer talks about. Several
/// blocks may follow each other. `<thinking>` is read likewise. Where the template wrote the opening tag into the prompt,
/// a response holds the closing `</think>` alone: all before it was thinking, which is known only then. Thinking that
/// never ends leaves no answer. The tags are in neither text, but their characters count as thinking: they were
/// generated, and waited for.
struct InlineThinking {
    private(set) var answer = StreamText()
    private(set) var reasoning = StreamText()
    private var phase = Phase.opening(whitespace: 0)
    /// Whether a closing tag without an opening one would end thinking.
    private var mayLackOpening = true
    /// Whether the server parts the two itself, so that tags are text.
    private var isParted = false
    /// Blocks that one piece opened. Each moves the rest of the piece, so that megabytes of them would take minutes.
    private var blocks = 0
    private static let mostBlocks = 64

    private enum Phase {
        /// The answer so far is whitespace and perhaps the beginning of an opening tag.
        case opening(whitespace: Int)
        /// The reasoning was searched up to here for the closing tag.
        case thinking(Tag, searched: Int)
        case answering(searched: Int)
    }

    /// How the characters of one piece of content divide.
    struct Division: Equatable {
        var reasoning = 0
        var answer = 0
        /// What was an answer so far, since the last thinking ended, turned out to be thinking.
        var turnsAnswer = false
    }

    /// Takes in thinking that the server sent apart.
    ///
    /// - Returns: its Unicode scalars.
    mutating func append(reasoning text: JSONText) -> Int {
        if !text.isEmpty { isParted = true }
        return reasoning.append(text)
    }

    mutating func append(content text: JSONText) -> Division {
        if case .thinking = phase, !isParted {
            let grown = reasoning.append(text)
            return divide(grown)
        }
        let grown = answer.append(text)
        if isParted { return Division(answer: grown) }
        return divide(grown)
    }

    /// Follows the tags in what has come.
    private mutating func divide(_ grown: Int) -> Division {
        var turnsAnswer = false
        var endedThinking = false
        blocks = 0
        while let next = step() {
            switch next {
            case .opened: turnsAnswer = turnsAnswer || !endedThinking
            case .closed: endedThinking = true
            case .closedUnopened:
                turnsAnswer = true
                endedThinking = true
            }
        }
        if case .thinking = phase { return Division(reasoning: grown, turnsAnswer: turnsAnswer) }
        // Where thinking ended in this piece, all of the answer came with it.
        let answered = endedThinking ? min(answer.scalars, grown) : grown
        return Division(reasoning: grown - answered, answer: answered, turnsAnswer: turnsAnswer)
    }

    private enum Step { case opened, closed, closedUnopened }

    /// Goes on to the next tag; nil where there is none yet.
    private mutating func step() -> Step? {
        switch phase {
        case .opening(let begun):
            var whitespace = begun
            while whitespace < answer.bytes.count, Tag.isWhitespace(answer.bytes[whitespace]) { whitespace += 1 }
            phase = .opening(whitespace: whitespace)
            guard blocks < Self.mostBlocks else {
                phase = .answering(searched: 0)
                return nil
            }
            guard let tag = Tag.allCases.first(where: { $0.begins(answer.bytes, at: whitespace) }) else {
                if Tag.allCases.contains(where: { $0.mayBegin(answer.bytes, at: whitespace) }) { return nil }
                phase = .answering(searched: 0)
                return step()
            }
            answer.bytes.removeFirst(whitespace + tag.opening.count)
            let before = reasoning.bytes.count
            answer.move(0..<answer.bytes.count, to: &reasoning)
            phase = .thinking(tag, searched: before)
            mayLackOpening = false
            blocks += 1
            return .opened
        case .thinking(let tag, let searched):
            guard let place = Self.find(tag.closing, in: reasoning.bytes, from: searched) else {
                phase = .thinking(tag, searched: max(searched, reasoning.bytes.count - tag.closing.count + 1))
                return nil
            }
            reasoning.bytes.removeSubrange(place..<(place + tag.closing.count))
            reasoning.move(place..<reasoning.bytes.count, to: &answer)
            phase = .opening(whitespace: 0)
            return .closed
        case .answering(let searched):
            guard mayLackOpening else { return nil }
            let tag = Tag.think
            guard let place = Self.find(tag.closing, in: answer.bytes, from: searched) else {
                phase = .answering(searched: max(searched, answer.bytes.count - tag.closing.count + 1))
                return nil
            }
            mayLackOpening = false
            if let opening = Self.find(tag.opening, in: answer.bytes, from: 0), opening < place { return nil }
            answer.bytes.removeSubrange(place..<(place + tag.closing.count))
            answer.move(0..<place, to: &reasoning)
            phase = .opening(whitespace: 0)
            return .closedUnopened
        }
    }

    private static func find(_ tag: [UInt8], in bytes: [UInt8], from begin: Int) -> Int? {
        bytes.withUnsafeBytes { all in
            var place = begin
            while place + tag.count <= all.count {
                let rest = UnsafeRawBufferPointer(rebasing: all[place...])
                guard let found = rest.firstIndex(ofByte: UInt8(ascii: "<")) else { return nil }
                place += found
                if all[place...].starts(with: tag) { return place }
                place += 1
            }
            return nil
        }
    }
}

/// The tags that thinking stands between.
private enum Tag: CaseIterable {
    case think, thinking

    private static let thinkTags = (opening: Array("<think>".utf8), closing: Array("</think>".utf8))
    private static let thinkingTags = (opening: Array("<thinking>".utf8), closing: Array("</thinking>".utf8))

    var opening: [UInt8] { self == .think ? Self.thinkTags.opening : Self.thinkingTags.opening }
    var closing: [UInt8] { self == .think ? Self.thinkTags.closing : Self.thinkingTags.closing }

    func begins(_ text: [UInt8], at place: Int) -> Bool {
        text[place...].starts(with: opening)
    }

    /// Whether more text could make it the opening tag.
    func mayBegin(_ text: [UInt8], at place: Int) -> Bool {
        opening.starts(with: text[place...])
    }

    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || 0x09...0x0D ~= byte
    }
}
