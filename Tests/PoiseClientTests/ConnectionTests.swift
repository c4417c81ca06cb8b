import Foundation
import PoiseCore
import PoiseSimulator
import Testing

@testable import PoiseClient

/// TLS, HTTP/2, proxies and headers, through a real nginx in front of the simulated endpoint.
@Suite(.enabled(if: Gateway.program != nil, "nginx is not installed"))
struct ConnectionTests {
    private func withGateway<Result>(
        _ body: (Gateway, Transport, Simulator) async throws -> Result
    ) async throws -> Result {
        var configuration = SimulatorConfiguration()
        configuration.schedule.answer = .echo
        configuration.schedule.timeToFirstToken = .milliseconds(1)
        configuration.schedule.interTokenGap = .milliseconds(1)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        let gateway = try Gateway(upstream: simulator.baseURL)
        do {
            try await gateway.waitUntilReady(transport)
            let result = try await body(gateway, transport, simulator)
            transport.stop()
            await simulator.shutdown()
            return result
        } catch {
            transport.stop()
            await simulator.shutdown()
            throw error
        }
    }

    private func models(
        _ baseURL: String, _ transport: Transport, headers: [String] = [],
        _ configure: (inout HTTPRequest.Connection) -> Void = { _ in }
    ) async -> HTTPExchange {
        var connection = HTTPRequest.Connection()
        configure(&connection)
        return await transport.exchange(
            HTTPRequest(url: "\(baseURL)/models", headers: headers, connection: connection), reader: CollectingReader())
    }

    @Test func `a certificate of an authority that the system does not know is refused, and taken where it is named`()
        async throws
    {
        try await withGateway { gateway, transport, _ in
            let refused = await models(gateway.https, transport)
            #expect(refused.failure?.kind == .tls)
            #expect(refused.failure?.remedy?.contains("ca_file") == true)
            #expect(refused.connect == nil)
            let taken = await models(gateway.https, transport) { $0.caFile = gateway.caFile }
            #expect(taken.failure == nil)
            #expect(taken.status == 200)
            // The pool of handles must not carry the authority over.
            #expect(await models(gateway.https, transport).failure?.kind == .tls)
        }
    }

    @Test func `a file that is no list of authorities is named in the failure`() async throws {
        try await withGateway { gateway, transport, _ in
            let exchange = await models(gateway.https, transport) { $0.caFile = "/nowhere/ca.pem" }
            #expect(exchange.failure?.kind == .tls)
            #expect(exchange.failure?.message.contains("/nowhere/ca.pem") == true)
        }
    }

    @Test func `HTTP/1.1 is spoken unless HTTP/2 is asked for, over TLS and without`() async throws {
        try await withGateway { gateway, transport, _ in
            func `protocol`(_ url: String, _ version: Int) async -> String? {
                await models(url.hasSuffix("/v1") ? url : "\(url)/v1", transport) {
                    $0.caFile = gateway.caFile
                    $0.httpVersion = version
                }.headers["x-protocol"]
            }
            // libcurl takes a connection that stands, whatever it speaks: HTTP/2 has to be asked for first.
            #expect(await `protocol`(gateway.https, 2) == "HTTP/2.0")
            #expect(await `protocol`(gateway.http2, 2) == "HTTP/2.0")
            #expect(await `protocol`(gateway.proxy, 1) == "HTTP/1.1")
        }
    }

    @Test func `many streams at once share one HTTP/2 connection, each with its own answer and times`() async throws {
        try await withGateway { gateway, transport, _ in
            var connection = HTTPRequest.Connection()
            connection.httpVersion = 2
            connection.caFile = gateway.caFile
            let client = ChatClient(transport: transport, baseURL: gateway.https, model: "m", connection: connection)
            let answers = await withTaskGroup(of: (Int, Attempt).self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let message = Message(role: "user", content: "say \(number) and nothing else")
                        return (number, await client.attempt([message], sampling: SamplingSettings()))
                    }
                }
                var answers: [Int: Attempt] = [:]
                for await (number, attempt) in group { answers[number] = attempt }
                return answers
            }
            for (number, attempt) in answers {
                guard case .responded(let response) = attempt.outcome else {
                    Issue.record("stream \(number) failed: \(attempt.outcome)")
                    continue
                }
                #expect(response.answer == "say \(number) and nothing else")
                #expect(response.timeline.chunks.filter(\.bearsTokens).count == 5)
            }
        }
    }

    @Test func `a proxy that is named is asked, also for an address of this machine`() async throws {
        try await withGateway { gateway, transport, simulator in
            #expect(await models(simulator.baseURL, transport).headers["x-via"] == nil)
            let exchange = await models(simulator.baseURL, transport) { $0.proxy = gateway.proxy }
            #expect(exchange.status == 200)
            #expect(exchange.headers["x-via"] == "gateway")
        }
    }

    @Test func `the user's own headers are sent`() async throws {
        try await withGateway { gateway, transport, simulator in
            let client = ChatClient(
                transport: transport, baseURL: simulator.baseURL, model: "m", headers: ["X-Team": "speed"])
            _ = await client.attempt([Message(role: "user", content: "hello")], sampling: SamplingSettings())
            #expect(simulator.requests.last?.headers["x-team"] == "speed")
        }
    }
}
