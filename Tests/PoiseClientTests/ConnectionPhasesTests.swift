import PoiseCore
import PoiseSimulator
import Testing

@testable import PoiseClient

struct ConnectionPhasesTests {
    private static let question: ChatPrompt = [Message(role: "user", content: "hello")]

    @Test(.timeLimit(.minutes(1)))
    func `a connection of one's own tells how it came about, a kept one is told from a new one`() async throws {
        let simulator = try await Simulator.start(SimulatorConfiguration())
        let transport = try Transport()
        let client = ChatClient(transport: transport, baseURL: simulator.baseURL, model: "m")
        let (visit, body) = await client.visit("\(simulator.baseURL)/models", opensConnection: true)
        let first = await client.observe(Self.question, sampling: SamplingSettings(maxTokens: 2))
        transport.stop()
        await simulator.shutdown()
        let phases = try #require(visit.phases)
        #expect(visit.openedConnections == 1 && visit.status == 200 && !body.isEmpty)
        #expect(phases.nameLookup >= .zero && phases.connecting >= .zero && phases.handshake == nil)
        #expect(first.exchange?.openedConnections == 0 && first.exchange?.phases == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a server that closes behind each response is seen to`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.faults = .always(.closeAfterResponse)
        let simulator = try await Simulator.start(configuration)
        let transport = try Transport()
        let client = ChatClient(transport: transport, baseURL: simulator.baseURL, model: "m")
        var opened: [Int?] = []
        for _ in 0..<3 {
            let seen = await client.observe(Self.question, sampling: SamplingSettings(maxTokens: 2))
            opened.append(seen.exchange?.openedConnections)
        }
        transport.stop()
        await simulator.shutdown()
        #expect(opened == [1, 1, 1])
    }

    @Test func `the library says its version`() throws {
        let library = try #require(TransportLibrary.current)
        #expect(library.version.split(separator: ".").count >= 3)
        #expect(library.tls?.isEmpty == false)
    }
}
