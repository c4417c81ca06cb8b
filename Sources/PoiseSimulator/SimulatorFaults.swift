import PoiseCore

/// What goes wrong on purpose, and with which requests.
package struct SimulatorFaults: Hashable, Codable, Sendable {
    package var rules: [Rule]
    /// Decides the faults that have a probability, together with the request's number.
    package var seed: UInt64

    package init(_ rules: [Rule] = [], seed: UInt64 = 0) {
        self.rules = rules
        self.seed = seed
    }

    /// The same fault with every request.
    package static func always(_ faults: SimulatorFault...) -> SimulatorFaults {
        SimulatorFaults(faults.map { Rule($0) })
    }

    /// The faults of one request; the same ones whatever other requests there were.
    ///
    /// - Parameter request: counted from 1, completions only, in the order in which they were fully read.
    package func faults(ofRequest request: Int) -> [SimulatorFault] {
        rules.enumerated().compactMap { index, rule in
            let happens: Bool
            switch rule.occurrence {
            case .always: happens = true
            case .requests(let ranges): happens = ranges.contains { $0.contains(request) }
            case .probability(let probability):
                let stream = UInt64(truncatingIfNeeded: request) &* 1_000_003 &+ UInt64(index)
                var generator = SeededGenerator(seed: seed, stream: stream)
                happens = generator.nextUnit() < probability
            }
            return happens ? rule.fault : nil
        }
    }

    /// One fault and when it happens.
    package struct Rule: Hashable, Sendable {
        package var fault: SimulatorFault
        package var occurrence: Occurrence

        package init(_ fault: SimulatorFault, on occurrence: Occurrence = .always) {
            self.fault = fault
            self.occurrence = occurrence
        }
    }

    package enum Occurrence: Hashable, Sendable {
        case always
        /// Counted from 1.
        case requests([ClosedRange<Int>])
        /// 0…1
        case probability(Double)

        package static func requests(_ numbers: Int...) -> Occurrence {
            .requests(numbers.map { $0...$0 })
        }
    }
}

/// One thing that goes wrong. Chunks are counted by those that carry tokens.
package enum SimulatorFault: Hashable, Sendable {
    /// An HTTP error with a body as the API has it; `retryAfter` in seconds, said as a number or as an HTTP date.
    case status(Int, retryAfter: Int? = nil, asDate: Bool = false)
    /// The connection ends before any byte of the response.
    case closeBeforeHeaders
    /// No byte is ever sent.
    case hang
    /// The connection is closed in the middle, in an orderly way, so that the response is merely too short.
    case close(afterChunks: Int)
    /// The connection is reset in the middle.
    case reset(afterChunks: Int)
    /// Nothing more is sent, and the connection stays open.
    case stall(afterChunks: Int)
    /// Each event comes so much later than the one before it, beyond the schedule: a response that trickles.
    case drip(milliseconds: Int)
    /// One event that is no JSON, in the place of no other.
    case malformed(afterChunks: Int)
    /// An error object as an event, and then the end of the stream.
    case error(afterChunks: Int)
    /// The stream ends without `[DONE]`.
    case withoutDone
    /// One more event before the first with tokens, and in its instant, that is so many bytes long.
    case huge(bytes: Int)
    /// The answer is repeated at its pace and never ends; without a pace, a thousand times a second.
    case endless
    /// So many events in one write, at the instant of the last of them.
    case coalesced(events: Int)
    /// Each event in so many writes.
    case split(pieces: Int)
    /// Lines end with CR LF.
    case carriageReturns
    /// A comment line before each event that is server-sent; lines of JSON have none.
    case comments
    /// The response comes whole although a stream was asked for.
    case ignoresStream
    /// The request's key is the answer, a few letters a chunk, and stands in every error too, as servers write it there
    /// whose errors hold the request.
    case echoesKey
    /// Keep-alive is announced and the connection closed after the response, as llama.cpp does.
    case closeAfterResponse
}
