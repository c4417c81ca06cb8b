import CCurl
import Foundation
package import PoiseCore
import Synchronization

/// Streams HTTP over one I/O thread and libcurl's multi interface.
///
/// The thread takes the time in the receive callback and hands the bytes to the request's reader, which must not block.
/// It sleeps in the kernel when nothing comes: the engine may need the core.
package final class Transport: Sendable {
    private let inbox: Mutex<TransportLoop.Inbox>
    private let poller: Poller
    private let lag: Mutex<TimeHistogram>
    private let connections = OpenConnections()

    package enum SetupFailure: ExplainedError {
        case noHandle

        package var what: String { "libcurl or the kernel gave no handle" }
        package var place: String? { nil }
        package var remedy: String? { "The machine is out of memory or file descriptors; see ulimit -n." }
    }

    package init() throws {
        Self.prepareLibrary()
        FileDescriptors.allowAll()
        guard let poller = Poller(), let multi = curl_multi_init() else { throw SetupFailure.noHandle }
        self.poller = poller
        inbox = Mutex(TransportLoop.Inbox())
        lag = Mutex(TimeHistogram())
        let access = TransportLoop.Access(
            take: { [self] in inbox.withLock { $0.take() } },
            note: { [self] lags in lag.withLock { for lag in lags { $0.note(nanoseconds: lag) } } })
        let loop = TransportLoop(multi: multi, poller: poller, connections: connections)
        let thread = Thread { loop.run(access) }
        thread.name = "poise-transport"
        thread.qualityOfService = .userInteractive
        thread.start()
    }

    /// Ends the thread, which lives until then; requests under way fail as interrupted.
    package func stop() {
        inbox.withLock { $0.isStopped = true }
        poller.wake()
    }

    /// Sends a request and waits for its end; cancelling the task ends the exchange at once.
    ///
    /// - Parameter reader: takes the body in; the caller must not touch it before this has returned.
    package func exchange(_ request: HTTPRequest, reader: any BodyReader) async -> HTTPExchange {
        let id = inbox.withLock { inbox in
            inbox.nextID += 1
            return inbox.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let submission = TransportLoop.Submission(id: id, request: request, reader: reader, handed: .now()) {
                    continuation.resume(returning: $0)
                }
                let (isHanded, mustWake) = inbox.withLock { inbox in
                    // A cancellation of before this moment may have been read over as one of no request; the flag is
                    // set before its handler is called, so one of after it finds the request.
                    guard !inbox.isStopped, !Task.isCancelled else { return (false, false) }
                    return (true, inbox.add(submission))
                }
                if !isHanded { submission.fail(because: .stopped) }
                if mustWake { poller.wake() }
            }
        } onCancel: {
            inbox.withLock { $0.cancelled.append(id) }
            poller.wake()
        }
    }

    /// The connections that a request could take.
    func connections(for request: HTTPRequest) -> OpenConnections.Count { connections.count(of: request) }

    /// How late the I/O thread has woken for its ticks so far.
    package var lagSoFar: TimeHistogram { lag.withLock { $0 } }

    private static func prepareLibrary() {
        // Not thread-safe in old libcurl; a static let runs once.
        _ = globalInitialisation
    }

    private static let globalInitialisation = curl_global_init(poise_global_all)
}

extension RequestFailure {
    /// The run was ended while the request was under way.
    package static let stopped = RequestFailure(kind: .interrupted, message: "the run was stopped")
}
