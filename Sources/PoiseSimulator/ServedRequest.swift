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

    /// Counted from 1 over the chat completions, as the faults count them; nil for every other request.
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

/// One flat object a request; instants are nanoseconds of the monotonic clock, as `Instant` has them.
extension ServedRequest: Codable {
    private enum CodingKeys: String, CodingKey {
        case number, method, path, headers, body, arrival, status, chunks, ending
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        number = try values.decodeIfPresent(Int.self, forKey: .number)
        method = try values.decode(String.self, forKey: .method)
        path = try values.decode(String.self, forKey: .path)
        headers = try values.decode([String: String].self, forKey: .headers)
        let body = try values.decode(JSONValue.self, forKey: .body)
        bodyText = body.string ?? body.text
        arrival = Instant(nanoseconds: try values.decode(Int64.self, forKey: .arrival))
        status = try values.decodeIfPresent(Int.self, forKey: .status)
        chunks = try values.decode([SentChunk].self, forKey: .chunks)
        ending = try values.decode(Ending.self, forKey: .ending)
    }

    /// A body that is no JSON is written as a string.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(number, forKey: .number)
        try values.encode(method, forKey: .method)
        try values.encode(path, forKey: .path)
        try values.encode(headers, forKey: .headers)
        try values.encode(body ?? .string(bodyText), forKey: .body)
        try values.encode(arrival.nanoseconds, forKey: .arrival)
        try values.encodeIfPresent(status, forKey: .status)
        try values.encode(chunks, forKey: .chunks)
        try values.encode(ending, forKey: .ending)
    }
}

extension ServedRequest.SentChunk: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, tokens, due, written
    }

    private static let names: [(kind: Timeline.Kind, name: String)] = Timeline.Kind.allCases.map { ($0, "\($0)") }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let name = try values.decode(String.self, forKey: .kind)
        guard let known = Self.names.first(where: { $0.name == name }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: values, debugDescription: "there is no chunk kind named \"\(name)\"")
        }
        kind = known.kind
        tokens = try values.decode(Int.self, forKey: .tokens)
        due = Instant(nanoseconds: try values.decode(Int64.self, forKey: .due))
        written = Instant(nanoseconds: try values.decode(Int64.self, forKey: .written))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode("\(kind)", forKey: .kind)
        try values.encode(tokens, forKey: .tokens)
        try values.encode(due.nanoseconds, forKey: .due)
        try values.encode(written.nanoseconds, forKey: .written)
    }
}
