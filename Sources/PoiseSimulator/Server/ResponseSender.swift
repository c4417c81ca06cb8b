import PoiseCore

/// Sends one planned response: puts together the bytes of what is due, and says what is due next.
///
/// Events that are due together go out in one write. The clock is read just before each write, for the log.
final class ResponseSender {
    let plan: ResponsePlan
    let entry: SimulatorLog.Entry
    /// Whether the connection can carry another request when the response has ended.
    let keepsAlive: Bool
    private let bytes: ResponseBytes
    private let arrival: Int64
    private let isChunked: Bool
    private var next = 0
    private var isHeadSent = false
    private var isEndSent = false
    /// The event that is being framed.
    private var content: [UInt8] = []

    /// How far the response has come.
    enum Progress {
        /// The next event is due at this instant, in nanoseconds of the monotonic clock.
        case waiting(Int64)
        case ended
    }

    init(_ plan: ResponsePlan, entry: SimulatorLog.Entry, to received: ReceivedRequest) {
        self.plan = plan
        self.entry = entry
        arrival = received.arrival
        isChunked = received.isHTTP11 && plan.isStream
        // Without chunks, only the end of the connection says where a stream ends.
        keepsAlive = received.keepsAlive && (received.isHTTP11 || !plan.isStream)
        bytes = ResponseBytes(plan, created: .now)
        entry.begin(plan)
    }

    /// Writes every event that is due.
    ///
    /// - Parameter out: where the bytes are put together; empty before and after.
    /// - Parameter write: takes the bytes, which may be none, to the socket.
    func sendDue(out: inout [UInt8], write: (inout [UInt8]) -> Void) -> Progress {
        if isEndSent { return .ended }
        let now = Instant.now().nanoseconds
        let first = next
        var upcoming = plan.step(next)
        // What is written in one chunk with the step before is due with it.
        while let step = upcoming, step.joinsPrevious || arrival + step.nanoseconds <= now {
            next += 1
            upcoming = plan.step(next)
        }
        if first < next || upcoming == nil { send(first..<next, isLast: upcoming == nil, out: &out, write: write) }
        guard let upcoming else {
            isEndSent = true
            return .ended
        }
        return .waiting(arrival + upcoming.nanoseconds)
    }

    private func send(_ steps: Range<Int>, isLast: Bool, out: inout [UInt8], write: (inout [UInt8]) -> Void) {
        if plan.isStream, !isHeadSent {
            writeHead(.stream(hasLines: plan.dialect.hasLines, isChunked: isChunked), into: &out)
        }
        var start = steps.lowerBound
        while start < steps.upperBound {
            var end = start + 1
            while end < steps.upperBound, plan.step(end)?.joinsPrevious == true { end += 1 }
            content.removeAll(keepingCapacity: content.capacity <= 1 << 20)
            for index in start..<end {
                if let step = plan.step(index) { bytes.write(step.event, into: &content) }
            }
            if !plan.isStream {
                writeHead(.json(length: content.count), into: &out)
                // A response that is cut short lacks its second half.
                if plan.ending != .complete { content.removeLast((content.count + 1) / 2) }
            }
            frame(pieces: max(1, min(plan.pieces, content.count)), into: &out, write: write)
            if plan.pieces > 1 { flush(end - start, ending: nil, out: &out, write: write) }
            start = end
        }
        if isLast, isChunked, plan.ending == .complete { out.append("0\r\n\r\n") }
        flush(plan.pieces > 1 ? 0 : steps.count, ending: isLast ? plan.loggedEnding : nil, out: &out, write: write)
    }

    private func writeHead(_ body: ResponseHead.Body, into out: inout [UInt8]) {
        isHeadSent = true
        ResponseHead(body: body, announcesKeepAlive: keepsAlive).write(into: &out)
        entry.answer(status: 200)
    }

    /// Frames the content; every piece but the last is written at once.
    private func frame(pieces: Int, into out: inout [UInt8], write: (inout [UInt8]) -> Void) {
        var start = 0
        for piece in 0..<pieces {
            let end = start + (content.count - start) / (pieces - piece)
            if isChunked {
                out.append(hexadecimal: end - start)
                out.append("\r\n")
            }
            out.append(contentsOf: content[start..<end])
            if isChunked { out.append("\r\n") }
            start = end
            if piece + 1 < pieces { write(&out) }
        }
    }

    /// Logs first, so that whoever has read the response finds it in the log.
    private func flush(
        _ count: Int, ending: ServedRequest.Ending?, out: inout [UInt8], write: (inout [UInt8]) -> Void
    ) {
        entry.send(count, at: Instant.now().nanoseconds, ending: ending)
        write(&out)
    }
}
