import PoiseCore
import PoiseSimulator
import Synchronization
import Testing

@testable import PoiseClient

/// What a hostile or broken server may do to the transport, and what a task may that gives up.
@Suite struct TransportTests {
    /// Keeps the pieces of a body as they are handed over.
    private final class RecordingReader: BodyReader {
        struct Piece {
            let text: String
            let at: Instant
            let read: UInt64
        }

        private let state = Mutex<(pieces: [Piece], statuses: [Int])>(([], []))
        let finishesAfter: Int

        init(finishesAfter: Int = .max) {
            self.finishesAfter = finishesAfter
        }

        var pieces: [Piece] { state.withLock(\.pieces) }
        var statuses: [Int] { state.withLock(\.statuses) }
        var hasOutput: Bool { !pieces.isEmpty }
        var isFinished: Bool { pieces.count >= finishesAfter }

        func begin(status: Int, headers: HTTPHeaders) {
            state.withLock { $0.statuses.append(status) }
        }

        func receive(_ bytes: UnsafeRawBufferPointer, at: Instant, read: UInt64) {
            state.withLock { $0.pieces.append(Piece(text: String(decoding: bytes, as: UTF8.self), at: at, read: read)) }
        }
    }

    private func exchange(
        _ answer: String, size: Int? = nil, reader: any BodyReader = CollectingReader()
    ) async throws -> HTTPExchange {
        let server = try RawServer(answering: answer)
        let transport = try Transport()
        defer { transport.stop() }
        var limits = HTTPRequest.Limits()
        if let size { limits.size = size }
        let exchange = await transport.exchange(HTTPRequest(url: server.url, limits: limits), reader: reader)
        withExtendedLifetime(server) {}
        return exchange
    }

    /// Asks a simulated endpoint with given faults for a stream of eight tokens.
    private func ask(
        _ fault: SimulatorFault, reader: any BodyReader = ChatReader(.chat), _ limit: (inout HTTPRequest.Limits) -> Void
    ) async throws -> HTTPExchange {
        var configuration = SimulatorConfiguration()
        configuration.schedule.tokens = 8
        configuration.faults = .always(fault)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        var limits = HTTPRequest.Limits()
        limit(&limits)
        let exchange = await transport.exchange(
            HTTPRequest(
                url: "\(simulator.baseURL)/chat/completions",
                body: Array(#"{"messages":[{"role":"user","content":"x"}],"stream":true}"#.utf8), limits: limits),
            reader: reader)
        transport.stop()
        await simulator.shutdown()
        return exchange
    }

    private func chunked(_ pieces: [String]) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + pieces.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
    }

    // MARK: Cancellation

    @Test(.timeLimit(.minutes(1)))
    func `a request whose task was cancelled before it was handed over never runs on`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.faults = .always(.hang)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        let request = HTTPRequest(url: "\(simulator.baseURL)/chat/completions", body: [0x7B, 0x7D])
        await withTaskGroup(of: RequestFailure.Kind?.self) { group in
            group.cancelAll()
            for _ in 0..<20_000 {
                group.addTask { await transport.exchange(request, reader: CollectingReader()).failure?.kind }
            }
            for await kind in group { #expect(kind == .interrupted) }
        }
        #expect(simulator.requests.isEmpty)
        transport.stop()
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(1)))
    func `cancelling ends requests at once, wherever they are`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.faults = .always(.hang)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        let request = HTTPRequest(url: "\(simulator.baseURL)/chat/completions", body: [0x7B, 0x7D])
        let asking = Task {
            await withTaskGroup(of: RequestFailure.Kind?.self) { group in
                for _ in 0..<200 {
                    group.addTask { await transport.exchange(request, reader: CollectingReader()).failure?.kind }
                }
                return await group.reduce(into: [RequestFailure.Kind?]()) { $0.append($1) }
            }
        }
        while simulator.requests.count < 20 { await Task.yield() }
        asking.cancel()
        #expect(await asking.value == Array(repeating: .interrupted, count: 200))
        transport.stop()
        await simulator.shutdown()
    }

    @Test func `stopping twice, and asking or cancelling after it, is harmless`() async throws {
        let request = HTTPRequest(url: "http://127.0.0.1:1/")
        for _ in 0..<50 {
            let transport = try Transport()
            let asking = Task { await transport.exchange(request, reader: CollectingReader()) }
            transport.stop()
            asking.cancel()
            transport.stop()
            #expect(await asking.value.failure != nil)
            #expect(await transport.exchange(request, reader: CollectingReader()).failure?.kind == .interrupted)
        }
    }

    // MARK: Reading

    @Test func `pieces of one read share its time and number, and the head comes before them once`() async throws {
        let reader = RecordingReader()
        let exchange = try await exchange(chunked(["data: o", "ne\n", "\n", "data: two\n\n"]), reader: reader)
        #expect(exchange.failure == nil)
        #expect(exchange.status == 200)
        #expect(reader.statuses == [200])
        #expect(reader.pieces.map(\.text).joined() == "data: one\n\ndata: two\n\n")
        #expect(Set(reader.pieces.map(\.at)).count == 1)
        #expect(Set(reader.pieces.map(\.read)).count == 1)
        #expect(exchange.ended == reader.pieces.last?.at)
    }

    @Test func `headers without end are cut off like any response that is too large`() async throws {
        let flood = "HTTP/1.1 200 OK\r\n" + (0..<2_000).map { "X-\($0): y\r\n" }.joined()
        #expect(try await exchange(flood, size: 1_000).failure?.kind == .tooLarge)
    }

    @Test func `a server that does not speak HTTP is not taken for a wrong address`() async throws {
        let failure = try #require(try await exchange("SSH-2.0-OpenSSH_9.2\r\n").failure)
        #expect(failure.kind == .malformed)
        #expect(failure.message.contains("does not speak HTTP"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `a stream that said that it is done and stays open ends without a failure`() async throws {
        // The reader has enough after two pieces; the server then says nothing more and never closes.
        let reader = RecordingReader(finishesAfter: 2)
        let exchange = try await ask(.stall(afterChunks: 3), reader: reader) { $0.stall = .seconds(50) }
        #expect(exchange.failure == nil)
        #expect(exchange.status == 200)
    }

    // MARK: Limits

    @Test(.timeLimit(.minutes(1)))
    func `a server that accepts and says nothing meets the limit on the first token`() async throws {
        let failure = try #require(try await ask(.hang) { $0.firstToken = .milliseconds(200) }.failure)
        #expect(failure.kind == .firstTokenTimedOut)
        #expect(failure.message.contains("200 ms"))
        #expect(failure.remedy?.contains("limits.first_token") == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a response that stops in the middle meets the limit on stalls, and not the one on the first token`()
        async throws
    {
        let exchange = try await ask(.stall(afterChunks: 3)) {
            $0.firstToken = .seconds(50)
            $0.stall = .milliseconds(200)
        }
        #expect(exchange.failure?.kind == .stalled)
        #expect(exchange.failure?.remedy?.contains("limits.stall") == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a response without end meets the limit on the whole`() async throws {
        let exchange = try await ask(.endless) { $0.total = .milliseconds(300) }
        #expect(exchange.failure?.kind == .timedOut)
        #expect(exchange.failure?.remedy?.contains("limits.total") == true)
    }

    #if os(Linux)
        @Test(.timeLimit(.minutes(1)))
        func `a host that lets nobody in meets the limit on connecting`() async throws {
            // Linux drops handshakes for a listener whose queue is full.
            let server = try FullServer()
            let transport = try Transport()
            var limits = HTTPRequest.Limits()
            limits.connect = .milliseconds(200)
            let exchange = await transport.exchange(
                HTTPRequest(url: server.url, limits: limits), reader: CollectingReader())
            #expect(exchange.failure?.kind == .connectTimedOut)
            #expect(exchange.failure?.remedy?.contains("limits.connect") == true)
            #expect(exchange.connect == nil)
            transport.stop()
            withExtendedLifetime(server) {}
        }
    #endif

    // MARK: Lag

    @Test(.timeLimit(.minutes(1)))
    func `while a stream is under way the thread's own lag is sampled, and told since any moment`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.schedule.tokens = 30
        configuration.schedule.interTokenGap = .milliseconds(5)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        _ = await transport.exchange(
            HTTPRequest(
                url: "\(simulator.baseURL)/chat/completions",
                body: Array(#"{"messages":[{"role":"user","content":"x"}],"stream":true}"#.utf8)),
            reader: ChatReader(.chat))
        let all = transport.lagSoFar
        let lag = try #require(ClientLag(of: all, cpu: 1))
        #expect(ClientLag(of: all.since(all), cpu: 1) == nil)
        #expect(lag.samples >= 10)
        #expect(lag.p50 <= lag.p99 && lag.p99 <= lag.max)
        #expect(lag.cpu == 1)
        transport.stop()
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `five hundred streams at once all arrive whole`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.schedule.tokens = 20
        configuration.schedule.timeToFirstToken = .milliseconds(20)
        configuration.schedule.interTokenGap = .milliseconds(10)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        let client = ChatClient(transport: transport, baseURL: simulator.baseURL, model: "m")
        let tokens = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<500 {
                group.addTask {
                    let attempt = await client.attempt(
                        [Message(role: "user", content: "x")], sampling: SamplingSettings())
                    guard case .responded(let response) = attempt.outcome else { return nil }
                    return response.timeline.chunks.count(where: \.bearsTokens)
                }
            }
            return await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        #expect(tokens == Array(repeating: 20, count: 500))
        transport.stop()
        await simulator.shutdown()
    }
}
