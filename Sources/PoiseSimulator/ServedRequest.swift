package import PoiseCore

/// One request as the simulated endpoint saw it, and when it sent what.
package struct ServedRequest: Hashable, Sendable {
    /// How far the response came.
    package enum Ending: String, Hashable, Codable, Sendable {
        /// Still being sent, or cut short by the end of the endpoint.
        case open
        case complete
        /// Ended by a fault.
        case closed, reset, stalled, hung
        /// The client closed the connection first.
        case abandoned
    }

    /// One event of a stream, or a whole response, as it was handed to the kernel.
    package struct SentChunk: Hashable, Sendable {
        package let kind: Timeline.Kind
        /// Tokens in it.
        package let tokens: Int
        /// When the schedule wanted it out.
        package let due: Instant
        /// Read from the clock just before the write: the client cannot have seen it earlier.
        package let written: Instant
    }

    /// Counted from 1 over the completions, as the faults count them; nil for every other request.
    package let number: Int?
    package let method: String
    package let path: String
    /// Names in lower case; a header that came twice has its values joined with a comma. Keys are left out.
    package let headers: [String: String]
    package let bodyText: String
    /// When the last byte of the request had been read; every offset of the schedule counts from here.
    package let arrival: Instant
    /// nil where no head was sent.
    package internal(set) var status: Int?
    package internal(set) var chunks: [SentChunk] = []
    package internal(set) var ending = Ending.open

    /// The body, where it is JSON.
    package var body: JSONValue? {
        try? JSONValue(parsing: bodyText)
    }
}

// MARK: - JSON lines

/// One flat object a request, as `line` writes it. The chunks are four columns of one length: `kinds` as words,
/// `tokens`, and `due` and `written` in nanoseconds after `arrival`, which is nanoseconds of the monotonic clock.
extension ServedRequest: Decodable {
    private enum CodingKeys: String, CodingKey {
        case number, method, path, headers, body, arrival, status, ending, kinds, tokens, due, written
    }

    private static let kinds = Dictionary(uniqueKeysWithValues: Timeline.Kind.allCases.map { ("\($0)", $0) })

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        number = try values.decodeIfPresent(Int.self, forKey: .number)
        method = try values.decode(String.self, forKey: .method)
        path = try values.decode(String.self, forKey: .path)
        headers = try values.decode([String: String].self, forKey: .headers)
        let body = try values.decode(JSONValue.self, forKey: .body)
        bodyText = body.string ?? body.text
        let start = try values.decode(Int64.self, forKey: .arrival)
        arrival = Instant(nanoseconds: start)
        status = try values.decodeIfPresent(Int.self, forKey: .status)
        ending = try values.decode(Ending.self, forKey: .ending)
        let names = try values.decode([String].self, forKey: .kinds)
        let tokens = try values.decode([Int].self, forKey: .tokens)
        let due = try values.decode([Int64].self, forKey: .due)
        let written = try values.decode([Int64].self, forKey: .written)
        guard names.count == tokens.count, names.count == due.count, names.count == written.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .kinds, in: values, debugDescription: "kinds, tokens, due and written differ in length")
        }
        chunks = try names.indices.map { index in
            guard let kind = Self.kinds[names[index]] else {
                throw DecodingError.dataCorruptedError(
                    forKey: .kinds, in: values, debugDescription: "there is no chunk kind named \"\(names[index])\"")
            }
            return SentChunk(
                kind: kind, tokens: tokens[index], due: Instant(nanoseconds: start &+ due[index]),
                written: Instant(nanoseconds: start &+ written[index]))
        }
    }

    /// The request as a line of a log, with its end; written by hand, because there are thousands of chunks a second.
    ///
    /// A body that is no JSON is written as a string.
    package var line: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 + bodyText.utf8.count + chunks.count * 40)
        bytes.append("{")
        if let number {
            bytes.append(#""number":"#)
            bytes.append(decimal: number)
            bytes.append(",")
        }
        bytes.append(#""method":""#)
        TokenText.appendEscaped(method, to: &bytes)
        bytes.append(#"","path":""#)
        TokenText.appendEscaped(path, to: &bytes)
        bytes.append(#"","headers":{"#)
        for (index, header) in headers.sorted(by: { $0.key < $1.key }).enumerated() {
            bytes.append(index == 0 ? "\"" : ",\"")
            TokenText.appendEscaped(header.key, to: &bytes)
            bytes.append(#"":""#)
            TokenText.appendEscaped(header.value, to: &bytes)
            bytes.append("\"")
        }
        bytes.append(#"},"body":"#)
        appendBody(to: &bytes)
        bytes.append(#","arrival":"#)
        bytes.append(decimal: arrival.nanoseconds)
        if let status {
            bytes.append(#","status":"#)
            bytes.append(decimal: status)
        }
        bytes.append(text: #","ending":"\#(ending.rawValue)""#)
        appendChunks(to: &bytes)
        bytes.append("}\n")
        return bytes
    }

    private func appendBody(to bytes: inout [UInt8]) {
        let body = Array(bodyText.utf8)
        if JSONReader.isJSON(body) {
            // Between the values of JSON a line's end is white space as any other; in a string there is none.
            bytes.append(contentsOf: body.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        } else {
            bytes.append("\"")
            TokenText.appendEscaped(bodyText, to: &bytes)
            bytes.append("\"")
        }
    }

    private func appendChunks(to bytes: inout [UInt8]) {
        func column(_ name: StaticString, _ append: (SentChunk, inout [UInt8]) -> Void) {
            bytes.append(name)
            for (index, chunk) in chunks.enumerated() {
                if index > 0 { bytes.append(",") }
                append(chunk, &bytes)
            }
            bytes.append("]")
        }
        column(#","kinds":["#) { $1.append(Self.quoted($0.kind)) }
        column(#","tokens":["#) { $1.append(decimal: $0.tokens) }
        column(#","due":["#) { $1.append(decimal: $0.due.nanoseconds - arrival.nanoseconds) }
        column(#","written":["#) { $1.append(decimal: $0.written.nanoseconds - arrival.nanoseconds) }
    }

    private static func quoted(_ kind: Timeline.Kind) -> StaticString {
        switch kind {
        case .role: "\"role\""
        case .reasoning: "\"reasoning\""
        case .answer: "\"answer\""
        case .toolCall: "\"toolCall\""
        case .usage: "\"usage\""
        case .done: "\"done\""
        case .other: "\"other\""
        }
    }
}
