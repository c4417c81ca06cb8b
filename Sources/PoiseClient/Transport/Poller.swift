import CPoll
import PoiseCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the transport's thread sleeps in: until a socket is ready, another thread wakes it, or its clock ticks.
///
/// epoll, so that a thousand sleeping sockets cost nothing; elsewhere poll. Confined to one thread, except for `wake`.
final class Poller: @unchecked Sendable {  // Descriptors are integers; the kernel takes writes to them from any thread.
    struct Event {
        let socket: Int32
        let isReadable: Bool
        let isWritable: Bool
        let hasFailed: Bool
    }

    /// What a wait came back with.
    struct Wait {
        var isWoken = false
        /// Instants at which the clock should have ticked, since the last wait.
        var ticks = 0..<0
    }

    /// Ticks by the clock; a span that no common pace of tokens is a multiple of, so that none of them hides a lag.
    static let tick = Duration.microseconds(2_971)

    private let waker: Int32
    private(set) var events: [Event] = []
    private var tickOrigin: Instant?
    private var ticked = 0

    /// The instant of a tick, by its number.
    func instant(ofTick number: Int) -> Instant? {
        tickOrigin.map { $0 + Self.tick * number }
    }

    /// Lets a waiting thread go on; from any thread.
    func wake() {
        var one: UInt64 = 1
        _ = write(waker, &one, Self.wakeSize)
    }

    /// Takes the wake-ups, and the ticks that have come to pass.
    private func drain(_ wait: inout Wait) {
        var count: UInt64 = 0
        wait.isWoken = true
        while read(waker, &count, 8) == 8 {}
    }

    private func notePassedTicks(_ wait: inout Wait) {
        guard let tickOrigin else { return }
        let passed = Int((Instant.now() - tickOrigin).nanoseconds / Self.tick.nanoseconds)
        guard passed > ticked else { return }
        wait.ticks = ticked + 1..<passed + 1
        ticked = passed
    }

    #if os(Linux)
        private static let wakeSize = 8
        private let epoll: Int32
        private let clock: Int32
        private var ready = [epoll_event](repeating: epoll_event(), count: 256)

        /// - Returns: nil where the process has no file descriptors left.
        init?() {
            epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
            waker = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
            clock = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
            guard epoll >= 0, waker >= 0, clock >= 0 else {
                for descriptor in [epoll, waker, clock] where descriptor >= 0 { _ = close(descriptor) }
                return nil
            }
            watch(waker, reads: true, writes: false)
            watch(clock, reads: true, writes: false)
        }

        deinit {
            for descriptor in [epoll, waker, clock] { _ = close(descriptor) }
        }

        /// Starts or stops the ticks.
        func setTicking(_ isTicking: Bool) {
            guard isTicking != (tickOrigin != nil) else { return }
            var setting = itimerspec()
            tickOrigin = nil
            if isTicking {
                let origin = Instant.now()
                (tickOrigin, ticked) = (origin, 0)
                let first = (origin + Self.tick).nanoseconds
                setting.it_value = timespec(tv_sec: Int(first / 1_000_000_000), tv_nsec: Int(first % 1_000_000_000))
                setting.it_interval = timespec(tv_sec: 0, tv_nsec: Int(Self.tick.nanoseconds))
            }
            timerfd_settime(clock, Int32(TFD_TIMER_ABSTIME), &setting, nil)
        }

        func watch(_ socket: Int32, reads: Bool, writes: Bool) {
            var event = epoll_event()
            event.events = (reads ? EPOLLIN.rawValue : 0) | (writes ? EPOLLOUT.rawValue : 0)
            event.data.fd = socket
            if epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) != 0 {
                _ = epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event)
            }
        }

        func forget(_ socket: Int32) {
            var event = epoll_event()
            _ = epoll_ctl(epoll, EPOLL_CTL_DEL, socket, &event)
        }

        /// Waits at most so many milliseconds, without end where negative; what is ready is in `events`.
        func wait(milliseconds: Int32) -> Wait {
            events.removeAll(keepingCapacity: true)
            var wait = Wait()
            let count = epoll_wait(epoll, &ready, Int32(ready.count), milliseconds)
            for index in 0..<max(0, Int(count)) {
                let event = ready[index]
                switch event.data.fd {
                case waker: drain(&wait)
                case clock:
                    var expirations: UInt64 = 0
                    _ = read(clock, &expirations, 8)
                    notePassedTicks(&wait)
                case let socket:
                    events.append(
                        Event(
                            socket: socket, isReadable: event.events & EPOLLIN.rawValue != 0,
                            isWritable: event.events & EPOLLOUT.rawValue != 0,
                            hasFailed: event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0))
                }
            }
            return wait
        }
    #else
        private static let wakeSize = 1
        private let wakeReader: Int32
        private var sockets: [Int32: Int16] = [:]

        init?() {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return nil }
            (wakeReader, waker) = (ends[0], ends[1])
            for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        }

        deinit {
            _ = close(wakeReader)
            _ = close(waker)
        }

        func setTicking(_ isTicking: Bool) {
            guard isTicking != (tickOrigin != nil) else { return }
            tickOrigin = isTicking ? .now() : nil
            ticked = 0
        }

        func watch(_ socket: Int32, reads: Bool, writes: Bool) {
            sockets[socket] = Int16((reads ? POLLIN : 0) | (writes ? POLLOUT : 0))
        }

        func forget(_ socket: Int32) {
            sockets[socket] = nil
        }

        func wait(milliseconds: Int32) -> Wait {
            events.removeAll(keepingCapacity: true)
            var wait = Wait()
            var polled = [pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0)]
            polled += sockets.map { pollfd(fd: $0.key, events: $0.value, revents: 0) }
            let limit = tickOrigin == nil ? milliseconds : 8
            guard poll(&polled, nfds_t(polled.count), milliseconds < 0 ? limit : min(milliseconds, limit)) >= 0 else {
                return wait
            }
            if polled[0].revents != 0 {
                var byte: UInt8 = 0
                wait.isWoken = true
                while read(wakeReader, &byte, 1) == 1 {}
            }
            notePassedTicks(&wait)
            for entry in polled.dropFirst() where entry.revents != 0 {
                events.append(
                    Event(
                        socket: entry.fd, isReadable: entry.revents & Int16(POLLIN) != 0,
                        isWritable: entry.revents & Int16(POLLOUT) != 0,
                        hasFailed: entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0))
            }
            return wait
        }
    #endif
}
