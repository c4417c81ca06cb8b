import PoiseCore
import Testing

@testable import PoiseSimulator

/// Each fault over a real connection: it does what it says.
struct ResponseSenderTests {
    private static let schedule = SimulatorSchedule(usageChunk: .always, answer: .text("one two three four five"))

    private func respond(
        to body: String = chat(), _ faults: SimulatorFault..., patience: Duration = .seconds(300),
        schedule: SimulatorSchedule = Self.schedule
    ) async throws -> (response: RawResponse, served: ServedRequest) {
        let configuration = SimulatorConfiguration(schedule: schedule, faults: .init(faults.map { .init($0) }))
        return try await withSimulator(configuration) { simulator in
            let response = try await ask(simulator, body, patience: patience)
            return (response, try #require(simulator.requests.first))
        }
    }

    @Test(arguments: [(401, "invalid_api_key"), (404, "model_not_found"), (500, nil), (503, nil)])
    func `a status fault answers with that status and an error object`(code: Int, word: String?) async throws {
        let (response, served) = try await respond(.status(code))
        #expect(response.status == code)
        let error = try JSONValue(parsing: response.body)["error"]
        #expect(error?["message"]?.string == "simulated failure \(code)")
        #expect(error?["code"]?.string == word)
        #expect(response.headers["x-poise-simulated"] == "true")
        #expect(response.headers["retry-after"] == nil)
        #expect(served.status == code)
        #expect(served.chunks.isEmpty)
    }

    @Test func `a rate limit says how long to wait, and hits only the requests it is for`() async throws {
        let faults = SimulatorFaults([.init(.status(429, retryAfter: 2), on: .requests(1, 3))])
        try await withSimulator(.init(faults: faults)) { simulator in
            let connection = try RawConnection(port: simulator.port)
            var statuses: [Int?] = []
            for _ in 1...4 {
                connection.post(chat())
                let response = await connection.response()
                statuses.append(response.status)
                #expect(response.headers["retry-after"] == (response.status == 429 ? "2" : nil))
            }
            #expect(statuses == [429, 200, 429, 200])
        }
    }

    @Test func `a rate limit can say the date until which to wait`() async throws {
        let before = CalendarText.now.seconds
        let (response, _) = try await respond(.status(429, retryAfter: 60, asDate: true))
        let dates = (before...(before + 30)).map { CalendarText(seconds: $0 + 60).http }
        #expect(dates.contains(try #require(response.headers["retry-after"])))
    }

    @Test func `a connection closed before the headers gives no byte`() async throws {
        let (response, served) = try await respond(.closeBeforeHeaders)
        #expect(response.status == nil)
        #expect(response.end == .endOfFile)
        #expect(served.ending == .closed)
        #expect(served.status == nil)
    }

    @Test func `a hang gives no byte and stays open`() async throws {
        let (response, served) = try await respond(.hang, patience: .seconds(1))
        #expect(response.status == nil)
        #expect(response.end == .silence)
        #expect(served.ending == .hung)
    }

    @Test func `a stall gives its chunks and stays open`() async throws {
        let (response, served) = try await respond(.stall(afterChunks: 2), patience: .seconds(1))
        #expect(try response.text() == "one two")
        #expect(response.end == .silence)
        #expect(served.ending == .stalled)
    }

    @Test func `a stall before the first chunk still has headers`() async throws {
        var schedule = Self.schedule
        schedule.roleChunk = false
        let (response, _) = try await respond(.stall(afterChunks: 0), patience: .seconds(1), schedule: schedule)
        #expect(response.status == 200)
        #expect(response.chunks.isEmpty)
        #expect(response.end == .silence)
    }

    @Test func `a reset comes after its chunks as a reset`() async throws {
        let (response, served) = try await respond(.reset(afterChunks: 3))
        #expect(try response.text() == "one two three")
        #expect(response.end == .reset)
        #expect(served.ending == .reset)
    }

    @Test func `a close in the middle is orderly and too early`() async throws {
        let (response, served) = try await respond(.close(afterChunks: 3))
        #expect(try response.text() == "one two three")
        #expect(response.end == .endOfFile)
        #expect(served.ending == .closed)
    }

    @Test func `a malformed event is the only one that is no JSON`() async throws {
        let (response, _) = try await respond(.malformed(afterChunks: 2))
        let broken = response.events.filter { $0 != "[DONE]" && (try? JSONValue(parsing: $0)) == nil }
        #expect(broken.count == 1)
        #expect(response.events.firstIndex(of: broken[0]) == 3)
        #expect(response.events.last == "[DONE]")
        #expect(response.end == .complete)
    }

    @Test func `an error in the middle is an object, and the stream ends after it`() async throws {
        let (response, _) = try await respond(.error(afterChunks: 2))
        #expect(try response.text() == "one two")
        #expect(try response.values().last?["error"]?["message"]?.string == "simulated failure 500")
        #expect(try response.values().count == 4)
        #expect(response.events.last == "[DONE]")
    }

    @Test func `a stream without its last event is otherwise whole`() async throws {
        let (response, _) = try await respond(.withoutDone)
        #expect(!response.events.contains("[DONE]"))
        #expect(try response.text() == "one two three four five")
        #expect(try response.values().last?["usage"]?["completion_tokens"]?.number == 5)
        #expect(response.end == .complete)
    }

    @Test func `coalesced events share an HTTP chunk and a write`() async throws {
        var schedule = Self.schedule
        schedule.interTokenGap = .milliseconds(2)
        let (response, served) = try await respond(.coalesced(events: 3), schedule: schedule)
        // role, five answers, finish, usage, done
        #expect(response.events.count == 9)
        #expect(response.chunks.map { $0.text.split(separator: "\n\n").count } == [3, 3, 3])
        #expect(served.chunks[0].written == served.chunks[2].written)
        #expect(served.chunks[2].due < served.chunks[3].due)
        #expect(served.chunks.allSatisfy { $0.written >= $0.due })
        #expect(try response.text() == "one two three four five")
    }

    @Test(arguments: [2, 7, 1000])
    func `split events come in pieces and are whole when put together`(pieces: Int) async throws {
        var schedule = Self.schedule
        schedule.answer = .text("zwölf Boxkämpfer 🙂🙂 jagen")
        let (response, served) = try await respond(.split(pieces: pieces), schedule: schedule)
        #expect(response.end == .complete)
        #expect(response.chunks.count >= served.chunks.count * min(pieces, 14))
        #expect(served.chunks.map(\.kind).filter { $0 == .answer }.count == served.chunks.count - 4)
        #expect(try response.text() == "zwölf Boxkämpfer 🙂🙂 jagen")
    }

    @Test func `line ends can be CR LF`() async throws {
        let (response, _) = try await respond(.carriageReturns)
        #expect(response.chunks.allSatisfy { $0.text.hasSuffix("\r\n\r\n") })
        #expect(try response.text() == "one two three four five")
    }

    @Test func `comments stand between the events and are not chunks`() async throws {
        let (response, served) = try await respond(.comments)
        #expect(response.body.hasPrefix(": ping\n\ndata: "))
        #expect(response.body.split(separator: ": ping\n\n").count == 9)
        #expect(served.chunks.count == 9)
        #expect(try response.text() == "one two three four five")
    }

    @Test func `a stream that was asked for can be ignored`() async throws {
        let (response, served) = try await respond(.ignoresStream)
        let value = try JSONValue(parsing: response.body)
        #expect(response.headers["content-type"] == "application/json")
        #expect(value["choices"]?.array?.first?["message"]?["content"]?.string == "one two three four five")
        #expect(served.chunks.map(\.tokens) == [5])
    }

    @Test func `keep-alive can be announced and not kept`() async throws {
        let faults = SimulatorFaults.always(.closeAfterResponse)
        try await withSimulator(.init(faults: faults)) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.post(chat())
            let response = await connection.response()
            #expect(response.headers["connection"] == "keep-alive")
            #expect(response.end == .complete)
            #expect(await connection.ending() == .endOfFile)
            #expect(simulator.requests.first?.ending == .complete)
        }
    }

    @Test func `faults of one request add up`() async throws {
        let (response, _) = try await respond(.carriageReturns, .comments, .coalesced(events: 4), .withoutDone)
        #expect(response.chunks.count == 4)
        #expect(response.body.contains(": ping\r\n\r\ndata: "))
        #expect(try response.text() == "one two three four five")
        #expect(response.end == .complete)
    }

    @Test(arguments: [
        (SimulatorFault.close(afterChunks: 1), RawResponse.End.endOfFile), (.reset(afterChunks: 1), .reset),
        (.stall(afterChunks: 1), .silence), (.malformed(afterChunks: 1), .complete),
    ])
    func `a response that comes whole is cut in its JSON`(fault: SimulatorFault, end: RawResponse.End) async throws {
        let (response, _) = try await respond(to: chat(stream: false), fault, patience: .seconds(1))
        #expect(response.status == 200)
        #expect(response.end == end)
        #expect(throws: (any Error).self) { try JSONValue(parsing: response.body) }
    }
}
