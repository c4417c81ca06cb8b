import NIOCore
import NIOHTTP1
import NIOPosix
import PoiseCore
import Synchronization

/// An OpenAI-compatible endpoint without a model: it sends what a schedule says, when it says so.
///
/// For calibration, tests and demonstrations. Every response says that it is simulated (`SimulatorMark`), and nothing
/// but this machine can reach it.
package final class Simulator: Sendable {
    package let configuration: SimulatorConfiguration
    package let host: String
    package let port: Int
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let log: SimulatorLog
    /// The end, once it was asked for.
    private let ending = Mutex<Task<Void, Never>?>(nil)

    private init(
        configuration: SimulatorConfiguration, host: String, port: Int, channel: any Channel,
        group: MultiThreadedEventLoopGroup, log: SimulatorLog
    ) {
        self.configuration = configuration
        self.host = host
        self.port = port
        self.channel = channel
        self.group = group
        self.log = log
    }

    /// Listens before it returns. Whoever starts it shuts it down.
    ///
    /// - Parameter host: a loopback address.
    /// - Parameter port: 0 takes a free one.
    /// - Throws: `SimulatorFailure`.
    package static func start(
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(), host: String = "127.0.0.1", port: Int = 0
    ) async throws -> Simulator {
        if let problem = configuration.problem { throw problem }
        guard let address = loopbackAddress(of: host) else { throw SimulatorFailure.notLoopback(host: host) }
        guard (0...65535).contains(port) else {
            throw SimulatorFailure.setting("port", value: "\(port)", expected: "from 0 to 65535")
        }
        let log = try SimulatorLog(remembered: configuration.rememberedRequests, file: configuration.logFile)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.threads)
        do {
            let channel = try await listen(
                SimulatedEndpoint(configuration), log: log, on: group, address: address, port: port)
            return Simulator(
                configuration: configuration, host: address, port: channel.localAddress?.port ?? port,
                channel: channel, group: group, log: log)
        } catch {
            try? await group.shutdownGracefully()
            await log.close()
            throw failure(of: error, host: address, port: port)
        }
    }

    /// Up to and with `/v1`, as a suite names an endpoint.
    package var baseURL: String {
        host.contains(":") ? "http://[\(host)]:\(port)/v1" : "http://\(host):\(port)/v1"
    }

    /// Every request so far, also those that are still being answered, in the order in which they were read.
    package var requests: [ServedRequest] {
        log.requests
    }

    /// Stops listening, ends the streams that are open, and finishes the log file. Once is enough; twice does no harm.
    package func shutdown() async {
        let ending = ending.withLock { ending in
            // A channel whose event loop has ended never answers a second close.
            let task =
                ending
                ?? Task { [channel, group, log] in
                    try? await channel.close()
                    try? await group.shutdownGracefully()
                    await log.close()
                }
            ending = task
            return task
        }
        await ending.value
    }

    // MARK: Listening

    private static func listen(
        _ endpoint: SimulatedEndpoint, log: SimulatorLog, on group: MultiThreadedEventLoopGroup, address: String,
        port: Int
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            // A thousand clients may come at once.
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // A chunk must not wait for the acknowledgement of the one before it.
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                        ConnectionHandler(endpoint: endpoint, log: log)
                    )
                }
            }
            .bind(host: address, port: port)
            .get()
    }

    /// The address of a name that means this machine; nil for any other.
    private static func loopbackAddress(of host: String) -> String? {
        switch host {
        case "localhost": "127.0.0.1"
        case "127.0.0.1", "::1": host
        default: nil
        }
    }

    private static func failure(of error: any Error, host: String, port: Int) -> SimulatorFailure {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: .portInUse(port)
        case EACCES: .portNotAllowed(port)
        default: .cannotListen(host: host, port: port, reason: "\(error)")
        }
    }
}
