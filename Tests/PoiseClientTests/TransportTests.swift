import PoiseCore
import PoiseSimulator
import Testing

@testable import PoiseClient

/// What a hostile or broken server may do to the transport, and what a task may that gives up.
@Suite struct TransportTests {
    private func exchange(_ answer: String, size: Int? = nil) async throws -> HTTPExchange {
        let server = try RawServer(answering: answer)
        let transport = try Transport()
        defer { transport.stop() }
        var limits = HTTPRequest.Limits()
        if let size { limits.size = size }
        let exchange = await transport.exchange(HTTPRequest(url: server.url, limits: limits))
        withExtendedLifetime(server) {}
        return exchange
    }

    private func chunked(_ pieces: [String]) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + pieces.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
    }

    @Test(.timeLimit(.minutes(1)))
    func `a request whose task was cancelled before it was handed over never runs on`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.faults = .always(.hang)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        var limits = HTTPRequest.Limits()
        limits.stall = .seconds(2)
        let request = HTTPRequest(url: "\(simulator.baseURL)/chat/completions", body: [0x7B, 0x7D], limits: limits)
        await withTaskGroup(of: RequestFailure.Kind?.self) { group in
            group.cancelAll()
            for _ in 0..<20_000 { group.addTask { await transport.exchange(request).failure?.kind } }
            for await kind in group { #expect(kind == .interrupted) }
        }
        #expect(simulator.requests.isEmpty)
        transport.stop()
        await simulator.shutdown()
    }

    @Test func `stopping twice, and asking or cancelling after it, is harmless`() async throws {
        for _ in 0..<50 {
            let transport = try Transport()
            let asking = Task { await transport.exchange(HTTPRequest(url: "http://127.0.0.1:1/")) }
            transport.stop()
            asking.cancel()
            transport.stop()
            #expect(await asking.value.failure != nil)
            #expect(await transport.exchange(HTTPRequest(url: "http://127.0.0.1:1/")).failure?.kind == .interrupted)
        }
    }

    @Test func `only an event after another one of the same read is coalesced`() async throws {
        let exchange = try await exchange(
            chunked(["data: o", "ne\n", "\n", "data: two\n\n", "data: three\n\ndata: cut"]))
        #expect(exchange.failure == nil)
        #expect(exchange.events.map { String(decoding: $0.data, as: UTF8.self) } == ["one", "two", "three", "cut"])
        #expect(exchange.events.map(\.isCoalesced) == [false, true, true, true])
        #expect(Set(exchange.events.map(\.at)).count == 1)
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
}
