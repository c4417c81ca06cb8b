import CCurl
import Foundation
package import PoiseCore
import Synchronization

/// Streams HTTP over one I/O thread and libcurl's multi interface.
///
/// The thread reads bytes, takes the time and cuts events; JSON is decoded elsewhere, after the response has ended, so
/// that nothing slow stands between two readings. It sleeps in `poll` when nothing comes: the engine may need the core.
package final class Transport: Sendable {
    private let inbox: Mutex<Inbox>

    private struct Inbox {
        var added: [Submission] = []
        var cancelled: [UInt64] = []
        var nextID: UInt64 = 0
        var isStopped = false
        /// nil once the thread has ended; waking it after that would touch freed memory.
        var multi: MultiHandle?

        /// Lets the thread look into the inbox.
        func wake() {
            if let multi { curl_multi_wakeup(multi.pointer) }
        }
    }

    private struct Submission: Sendable {
        let id: UInt64
        let request: HTTPRequest
        let handed: Instant
        let finished: @Sendable (HTTPExchange) -> Void

        func fail(because failure: RequestFailure) {
            var exchange = HTTPExchange(started: handed)
            exchange.failure = failure
            finished(exchange)
        }
    }

    /// libcurl allows `curl_multi_wakeup` from any thread, and all else only from the one that drives the handle.
    private struct MultiHandle: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    package enum SetupFailure: ExplainedError {
        case noHandle

        package var what: String { "libcurl gave no handle" }
        package var place: String? { nil }
        package var remedy: String? { "The machine is out of memory or file descriptors." }
    }

    package init() throws {
        Self.prepareLibrary()
        guard let pointer = curl_multi_init() else { throw SetupFailure.noHandle }
        inbox = Mutex(Inbox(multi: MultiHandle(pointer: pointer)))
        let loop = Loop(multi: pointer)
        let thread = Thread { [inbox = InboxAccess(transport: self)] in loop.run(inbox: inbox) }
        thread.name = "poise-transport"
        thread.start()
    }

    /// Ends the thread, which lives until then; requests under way fail as interrupted.
    package func stop() {
        inbox.withLock { inbox in
            inbox.isStopped = true
            inbox.wake()
        }
    }

    /// Sends a request and waits for its end; cancelling the task ends the exchange at once.
    package func exchange(_ request: HTTPRequest) async -> HTTPExchange {
        let id = inbox.withLock { inbox in
            inbox.nextID += 1
            return inbox.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let submission = Submission(id: id, request: request, handed: .now()) {
                    continuation.resume(returning: $0)
                }
                let isHanded = inbox.withLock { inbox in
                    // A cancellation of before this moment may have been read over as one of no request; the flag is
                    // set before its handler is called, so one of after it finds the request.
                    guard !inbox.isStopped, !Task.isCancelled else { return false }
                    inbox.added.append(submission)
                    inbox.wake()
                    return true
                }
                if !isHanded { submission.fail(because: .stopped) }
            }
        } onCancel: {
            inbox.withLock { inbox in
                inbox.cancelled.append(id)
                inbox.wake()
            }
        }
    }

    private static func prepareLibrary() {
        // Not thread-safe in old libcurl; a static let runs once.
        _ = globalInitialisation
    }

    private static let globalInitialisation = curl_global_init(poise_global_all)

    /// The part of the transport that its thread may touch.
    private struct InboxAccess: Sendable {
        let transport: Transport

        func take() -> Inbox {
            transport.inbox.withLock { inbox in
                let taken = inbox
                inbox.added = []
                inbox.cancelled = []
                return taken
            }
        }

        /// Frees the multi handle, so that nobody is waking it meanwhile.
        func close() {
            transport.inbox.withLock { inbox in
                if let multi = inbox.multi { curl_multi_cleanup(multi.pointer) }
                inbox.multi = nil
            }
        }
    }

    /// The state of the I/O thread.
    private final class Loop: @unchecked Sendable {  // Made on one thread, used on the transport's alone.
        private let multi: UnsafeMutableRawPointer
        private var transfers: [UInt64: Transfer] = [:]
        private var pass: UInt64 = 0

        init(multi: UnsafeMutableRawPointer) {
            self.multi = multi
        }

        func run(inbox access: InboxAccess) {
            while true {
                let inbox = access.take()
                for submission in inbox.added { start(submission) }
                for id in inbox.cancelled { end(id, because: .stopped) }
                if inbox.isStopped { break }
                pass += 1
                for transfer in transfers.values { transfer.pass = pass }
                var running: Int32 = 0
                curl_multi_perform(multi, &running)
                finishTransfers()
                endStalledTransfers()
                // The limits on stalls are checked four times a second; without transfers only a wake-up matters.
                curl_multi_poll(multi, nil, 0, transfers.isEmpty ? 60_000 : 250, nil)
            }
            for id in transfers.keys { end(id, because: .stopped) }
            access.close()
        }

        private func start(_ submission: Submission) {
            let made = Transfer(
                id: submission.id, request: submission.request, handed: submission.handed,
                finished: submission.finished)
            guard let transfer = made else {
                let failure = RequestFailure(kind: .notSent, message: "libcurl gave no handle for a request")
                return submission.fail(because: failure)
            }
            transfer.configure()
            transfers[submission.id] = transfer
            guard curl_multi_add_handle(multi, transfer.handle) == CURLM_OK else {
                return end(
                    submission.id,
                    because: RequestFailure(kind: .notSent, message: "libcurl did not take a request"))
            }
        }

        private func finishTransfers() {
            var remaining: Int32 = 0
            while let message = curl_multi_info_read(multi, &remaining) {
                guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
                let result = poise_result(message)
                var context: UnsafeMutableRawPointer?
                poise_get_pointer(easy, CURLINFO_PRIVATE, &context)
                guard let transfer = Transfer.from(context) else { continue }
                curl_multi_remove_handle(multi, easy)
                transfers[transfer.id] = nil
                transfer.finish(result)
            }
        }

        private func endStalledTransfers() {
            let now = Instant.now()
            for (id, transfer) in transfers where now - transfer.lastActivity > transfer.request.limits.stall {
                let seconds = Int(transfer.request.limits.stall.seconds)
                end(
                    id,
                    because: RequestFailure(
                        kind: .timedOut, message: "\(transfer.request.url) sent nothing for \(seconds) seconds",
                        remedy: "The server hangs or the machine is far too slow for this model."))
            }
        }

        private func end(_ id: UInt64, because failure: RequestFailure) {
            guard let transfer = transfers.removeValue(forKey: id) else { return }
            curl_multi_remove_handle(multi, transfer.handle)
            transfer.finish(CURLE_ABORTED_BY_CALLBACK, because: failure)
        }
    }
}

extension RequestFailure {
    /// The run was ended while the request was under way.
    package static let stopped = RequestFailure(kind: .interrupted, message: "the run was stopped")
}
