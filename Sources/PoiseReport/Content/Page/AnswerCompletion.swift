/// When the right answer stood there, whole.
enum AnswerCompletion {
    /// The chunk that brought the last character of the answer, where it stands last in the text.
    ///
    /// What a grader read need not stand in the response word for word: a number may be written with commas, JSON in
    /// another order. Then nothing earlier than the end is known to be complete, and the end it is.
    ///
    /// - Parameters:
    ///   - answer: what the deciding grader read.
    ///   - text: the response, whose characters the chunks carry.
    ///   - characters: Unicode scalars of `text` in each chunk.
    /// - Returns: nil where there is no chunk.
    static func chunk(of answer: String, in text: String, characters: [Int]) -> Int? {
        guard !characters.isEmpty else { return nil }
        let end = characters.lastIndex { $0 > 0 } ?? characters.count - 1
        guard let complete = position(of: answer, in: text) else { return end }
        var arrived = 0
        for (index, count) in characters.enumerated() {
            arrived += count
            if arrived >= complete { return index }
        }
        return end
    }

    /// Unicode scalars up to the end of the last occurrence; nil where it does not occur.
    private static func position(of answer: String, in text: String) -> Int? {
        let needle = Array(answer.unicodeScalars.drop { $0.properties.isWhitespace })
            .trimmedAtEnd()
        guard !needle.isEmpty else { return nil }
        let hay = Array(text.unicodeScalars)
        guard hay.count >= needle.count else { return nil }
        return (0...hay.count - needle.count).last { start in
            hay[start] == needle[0] && hay[start..<start + needle.count].elementsEqual(needle)
        }.map { $0 + needle.count }
    }
}

extension [Unicode.Scalar] {
    fileprivate func trimmedAtEnd() -> [Unicode.Scalar] {
        Array(prefix((lastIndex { !$0.properties.isWhitespace } ?? -1) + 1))
    }
}
