/// A request as it came, with the few headers that decide how it is answered.
struct ReceivedRequest: Hashable, Sendable {
    let method: String
    /// Without the query.
    let path: String
    /// The whole head as it came, for the log.
    let head: [UInt8]
    let body: [UInt8]
    let authorization: String?
    let isHTTP11: Bool
    let keepsAlive: Bool
    /// When its last byte had been read, in nanoseconds of the monotonic clock.
    let arrival: Int64
}

/// Puts requests together from the reads of one connection (RFC 9112).
struct HTTPRequestReader: Sendable {
    static let largestHead = 64 << 10
    static let largestBody = 64 << 20

    /// What came of the bytes so far.
    enum Step: Hashable, Sendable {
        case request(ReceivedRequest)
        /// The client waits for leave to send its body.
        case wantsLeave
        case needsMore
    }

    private enum Phase: Equatable {
        case head
        case body(left: Int)
        case chunkSize, chunk(left: Int), chunkEnd, trailers
    }

    private var bytes: [UInt8] = []
    /// What of the bytes has been taken.
    private var position = 0
    /// Where the end of a head may yet be: what stands before was looked at, however small the pieces.
    private var searched = 0
    private var phase = Phase.head
    private var head: [UInt8] = []
    private var facts = HTTPHeadFacts()
    private var body: [UInt8] = []

    mutating func append(_ read: UnsafeRawBufferPointer) {
        if position == bytes.count {
            bytes.removeAll(keepingCapacity: bytes.count <= 1 << 20)
            position = 0
            searched = 0
        }
        bytes.append(contentsOf: read)
    }

    /// The next request, or what is missing for it.
    ///
    /// - Parameter now: the instant of the read that brought the newest bytes.
    /// - Throws: `APIError`; what follows on the connection cannot be told apart.
    mutating func next(now: Int64) throws(APIError) -> Step {
        while true {
            switch phase {
            case .head:
                guard try takeHead() else { return .needsMore }
                if facts.wantsLeave, position == bytes.count, phase != .body(left: 0) { return .wantsLeave }
            case .body(let left):
                let taken = take(left)
                phase = .body(left: left - taken)
                if left == taken { return .request(finish(at: now)) }
                return .needsMore
            case .chunkSize:
                guard let line = try takeLine() else { return .needsMore }
                let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
                guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else {
                    throw Self.invalid
                }
                guard size <= Self.largestBody - body.count else { throw .tooLarge }
                phase = size == 0 ? .trailers : .chunk(left: size)
            case .chunk(let left):
                let taken = take(left)
                phase = left == taken ? .chunkEnd : .chunk(left: left - taken)
                if left > taken { return .needsMore }
            case .chunkEnd:
                guard let line = try takeLine() else { return .needsMore }
                guard line.isEmpty else { throw Self.invalid }
                phase = .chunkSize
            case .trailers:
                guard let line = try takeLine() else { return .needsMore }
                if line.isEmpty { return .request(finish(at: now)) }
            }
        }
    }

    private static let invalid = APIError.badRequest("the request is not valid HTTP")

    /// Whether the head was there as a whole; a body's phase comes next.
    private mutating func takeHead() throws(APIError) -> Bool {
        // Empty lines before a request are passed over (RFC 9112, section 2.2).
        while position < bytes.count, bytes[position] == 0x0D || bytes[position] == 0x0A { position += 1 }
        guard let end = endOfHead() else {
            if bytes.count - position > Self.largestHead { throw Self.invalid }
            // Bytes that cannot be a method are no request that goes on.
            if let first = bytes[position...].first, !(0x41...0x5A).contains(first) { throw Self.invalid }
            return false
        }
        head = Array(bytes[position..<end])
        position = end
        facts = try HTTPHeadFacts(head)
        body = []
        if facts.isChunked {
            phase = .chunkSize
        } else {
            guard facts.length <= Self.largestBody else { throw .tooLarge }
            body.reserveCapacity(min(facts.length, 1 << 16))
            phase = .body(left: facts.length)
        }
        return true
    }

    /// Where the empty line after the headers ends.
    private mutating func endOfHead() -> Int? {
        var index = max(position, searched)
        while let newline = bytes[index...].firstIndex(of: 0x0A) {
            index = newline + 1
            if index < bytes.count, bytes[index] == 0x0A { return index + 1 }
            if index + 1 < bytes.count, bytes[index] == 0x0D, bytes[index + 1] == 0x0A { return index + 2 }
        }
        // Two bytes more may make an empty line of the last one.
        searched = bytes.count - 2
        return nil
    }

    private mutating func take(_ most: Int) -> Int {
        let count = min(most, bytes.count - position)
        body.append(contentsOf: bytes[position..<(position + count)])
        position += count
        return count
    }

    private mutating func takeLine() throws(APIError) -> ArraySlice<UInt8>? {
        guard let newline = bytes[position...].firstIndex(of: 0x0A) else {
            if bytes.count - position > Self.largestHead { throw Self.invalid }
            return nil
        }
        defer { position = newline + 1 }
        let line = bytes[position..<newline]
        return line.last == 0x0D ? line.dropLast() : line
    }

    private mutating func finish(at now: Int64) -> ReceivedRequest {
        phase = .head
        defer { body = [] }
        return ReceivedRequest(
            method: facts.method, path: facts.path, head: head, body: body, authorization: facts.authorization,
            isHTTP11: facts.isHTTP11, keepsAlive: facts.keepsAlive, arrival: now)
    }
}
