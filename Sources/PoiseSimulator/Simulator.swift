import Dispatch
import Foundation
import PoiseCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An OpenAI-compatible endpoint without a model: it sends what a schedule says, when it says so.
///
/// For calibration, tests and demonstrations. Every response says that it is simulated (`SimulatorMark`), and nothing
/// but this machine can reach it.
package final class Simulator: Sendable {
    package let configuration: SimulatorConfiguration
    package let host: String
    package let port: Int
    private let listener: Socket
    private let stop: StopSignal
    private let threads: DispatchGroup
    private let log: SimulatorLog
    /// The end, once it was asked for.
    private let ending = Mutex<Task<Void, Never>?>(nil)

    /// Connections that may wait to be accepted: a thousand clients may come at once.
    private static let backlog: Int32 = 4096

    private init(
        configuration: SimulatorConfiguration, host: String, port: Int, listener: Socket, stop: StopSignal,
        threads: DispatchGroup, log: SimulatorLog
    ) {
        self.configuration = configuration
        self.host = host
        self.port = port
        self.listener = listener
        self.stop = stop
        self.threads = threads
        self.log = log
    }

    /// Listens before it returns. Whoever starts it shuts it down.
    ///
    /// Raises the process's soft limit of open files to the hard one: a connection is an open file.
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
        FileLimit.raise()
        let log = try SimulatorLog(remembered: configuration.rememberedRequests, file: configuration.logFile)
        do throws(Socket.Failure) {
            let listener = try Socket.listening(host: address, port: port, backlog: backlog)
            let stop: StopSignal
            let pollers: [Poller]
            do throws(Socket.Failure) {
                stop = try StopSignal()
                pollers = try makePollers(configuration.threads)
            } catch {
                listener.close()
                throw error
            }
            let endpoint = SimulatedEndpoint(configuration)
            let threads = DispatchGroup()
            for poller in pollers {
                let loop = StreamLoop(
                    listener: listener, endpoint: endpoint, log: log, poller: poller, stop: stop.reading)
                threads.enter()
                Thread.detachNewThread {
                    loop.run()
                    threads.leave()
                }
            }
            return Simulator(
                configuration: configuration, host: address, port: listener.port ?? port, listener: listener,
                stop: stop, threads: threads, log: log)
        } catch {
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
            let task =
                ending
                ?? Task { [stop, threads, listener, log] in
                    stop.send()
                    await withCheckedContinuation { continuation in
                        threads.notify(queue: .global()) { continuation.resume() }
                    }
                    listener.close()
                    stop.close()
                    await log.close()
                }
            ending = task
            return task
        }
        await ending.value
    }

    // MARK: Starting

    private static func makePollers(_ count: Int) throws(Socket.Failure) -> [Poller] {
        var pollers: [Poller] = []
        do throws(Socket.Failure) {
            for _ in 0..<count { pollers.append(try Poller()) }
            return pollers
        } catch {
            for poller in pollers { poller.close() }
            throw error
        }
    }

    /// The address of a name that means this machine; nil for any other.
    private static func loopbackAddress(of host: String) -> String? {
        switch host {
        case "localhost": "127.0.0.1"
        case "127.0.0.1", "::1": host
        default: nil
        }
    }

    private static func failure(of failure: Socket.Failure, host: String, port: Int) -> SimulatorFailure {
        switch failure.code {
        case EADDRINUSE: .portInUse(port)
        case EACCES: .portNotAllowed(port)
        case EMFILE, ENFILE: .noFileDescriptor(limit: FileLimit.current)
        default: .cannotListen(host: host, port: port, reason: failure.reason)
        }
    }
}

/// A pipe whose end all threads of an endpoint watch: it becomes readable once and for all of them.
private struct StopSignal: Sendable {
    let reading: Int32
    private let writing: Int32

    init() throws(Socket.Failure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0, let first = ends.first, let last = ends.last else { throw .last() }
        reading = first
        writing = last
        _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
        _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
    }

    func send() {
        var byte: UInt8 = 0
        _ = write(writing, &byte, 1)
    }

    func close() {
        Socket(descriptor: reading).close()
        Socket(descriptor: writing).close()
    }
}
