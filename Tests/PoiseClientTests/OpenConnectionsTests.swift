import Foundation
import PoiseCore
import PoiseSimulator
import Testing

@testable import PoiseClient

/// How many connections stand between a transport and one server, by its own count and by the kernel's.
@Suite struct OpenConnectionsTests {
    private static let prompt: ChatPrompt = [Message(role: "user", content: "x")]

    /// Connections that stand.
    private struct Standing: Equatable {
        var own: Int
        /// As the kernel lists them; as `own` where it has no list.
        var kernel: Int

        init(_ both: Int) { (own, kernel) = (both, both) }

        init(of count: OpenConnections.Count, to port: Int) {
            own = count.open
            kernel = OpenConnectionsTests.sockets(to: port) ?? own
        }
    }

    private func withClients(
        of simulated: (inout SimulatorConfiguration) -> Void = { _ in },
        limits: HTTPRequest.Limits = HTTPRequest.Limits(),
        _ body: (_ first: ChatClient, _ second: ChatClient, _ standing: () -> Standing) async throws -> Void
    ) async throws {
        var configuration = SimulatorConfiguration()
        configuration.schedule.tokens = 2
        simulated(&configuration)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        let clients = ["first", "second"].map {
            ChatClient(transport: transport, baseURL: simulator.baseURL, model: $0, limits: limits)
        }
        let port = try #require(URL(string: simulator.baseURL)?.port)
        let count = transport.connections(for: HTTPRequest(url: simulator.baseURL))
        try await body(clients[0], clients[1]) { Standing(of: count, to: port) }
        transport.stop()
        await simulator.shutdown()
    }

    /// Sockets of this machine to one of its ports, by the kernel's list (proc(5)); nil where it has none.
    private static func sockets(to port: Int) -> Int? {
        guard let table = MachineSources.live.text("/proc/self/net/tcp") else { return nil }
        return table.split(separator: "\n").dropFirst().count { line in
            let columns = line.split(separator: " ")
            // Established, or closed by the other side alone: the descriptor is there.
            return columns[2].hasSuffix(":" + String(format: "%04X", port)) && ["01", "08"].contains(columns[3])
        }
    }

    @Test func `another candidate at the same server takes the connections that stand`() async throws {
        try await withClients { first, second, standing in
            await first.connect(8)
            #expect(standing() == Standing(8))
            await second.connect(8)
            #expect(standing() == Standing(8))
            await second.connect(11)
            #expect(standing() == Standing(11))
            await first.connect(3)
            #expect(standing() == Standing(11))
        }
    }

    @Test func `what was cut off is opened again, and nothing more`() async throws {
        var limits = HTTPRequest.Limits()
        limits.firstToken = .milliseconds(100)
        try await withClients(of: { $0.faults = .always(.hang) }, limits: limits) { first, second, standing in
            await first.connect(6)
            async let one = first.attempt(Self.prompt, sampling: SamplingSettings())
            async let other = first.attempt(Self.prompt, sampling: SamplingSettings())
            for case .failed(let failure) in await [one.outcome, other.outcome] {
                #expect(failure.kind == .firstTokenTimedOut)
            }
            #expect(standing() == Standing(4))
            await second.connect(6)
            #expect(standing() == Standing(6))
        }
    }

    @Test func `a server that closes each connection leaves none behind`() async throws {
        try await withClients(of: { $0.faults = .always(.closeAfterResponse) }) { first, _, standing in
            await first.connect(4)
            for _ in 0..<6 { _ = await first.attempt(Self.prompt, sampling: SamplingSettings()) }
            // The last one may not have been found out yet: libcurl looks when it wants to use it.
            #expect(standing().own <= 1)
            await first.connect(4)
            #expect((3...4).contains(standing().own))
        }
    }
}
