#if canImport(Glibc)
    import CPoll
    import Glibc
#elseif canImport(Musl)
    import CPoll
    import Musl
#else
    import Darwin
#endif

/// Waits for sockets and for one instant, exactly: epoll with a timer on Linux, kqueue elsewhere.
///
/// The timer is absolute and has no slack, where a wait with a time limit may be 50 µs late by Linux' default.
struct Poller: Sendable {
    /// What a socket is known by when it is ready.
    typealias Token = UInt64

    struct Ready {
        let token: Token
        let isReadable: Bool
        let isWritable: Bool
    }

    /// Sockets that one wait returns at most.
    private static let most = 512

    #if os(Linux)
        private static let timerToken = Token.max
        private let queue: Int32
        private let timer: Int32
        /// What the timer is set to.
        private var set: Int64?
        private var events = [epoll_event](repeating: epoll_event(), count: most)

        /// - Throws: `Socket.Failure` where the process has no descriptor left.
        init() throws(Socket.Failure) {
            queue = epoll_create1(Int32(EPOLL_CLOEXEC))
            guard queue >= 0 else { throw .last() }
            timer = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_NONBLOCK) | Int32(TFD_CLOEXEC))
            guard timer >= 0 else {
                let failure = Socket.Failure.last()
                Socket(descriptor: queue).close()
                throw failure
            }
            // Told of once for each time that it goes off, so that nobody has to read it.
            control(EPOLL_CTL_ADD, timer, Self.timerToken, EPOLLIN.rawValue | EPOLLET.rawValue)
        }

        func close() {
            Socket(descriptor: timer).close()
            Socket(descriptor: queue).close()
        }

        func add(_ descriptor: Int32, as token: Token) {
            control(EPOLL_CTL_ADD, descriptor, token, EPOLLIN.rawValue)
        }

        /// Of several threads that wait for one listening socket, one is woken.
        func addShared(_ descriptor: Int32, as token: Token) {
            control(EPOLL_CTL_ADD, descriptor, token, EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue)
        }

        /// Whether to be told also when there is room to write.
        func watch(_ descriptor: Int32, as token: Token, forWriting: Bool) {
            control(EPOLL_CTL_MOD, descriptor, token, EPOLLIN.rawValue | (forWriting ? EPOLLOUT.rawValue : 0))
        }

        private func control(_ operation: Int32, _ descriptor: Int32, _ token: Token, _ interest: UInt32) {
            var event = epoll_event()
            event.events = interest
            event.data.u64 = token
            epoll_ctl(queue, operation, descriptor, &event)
        }

        /// Waits until something is ready or the instant has come; nanoseconds of the monotonic clock, nil for ever.
        mutating func wait(until instant: Int64?, into ready: inout [Ready]) {
            ready.removeAll(keepingCapacity: true)
            var patience: Int32 = -1
            if let instant {
                if instant <= 0 { patience = 0 } else if set != instant { setTimer(instant) }
            }
            let count = epoll_wait(queue, &events, Int32(events.count), patience)
            for event in events.prefix(Int(max(0, count))) {
                let token = event.data.u64
                guard token != Self.timerToken else {
                    set = nil
                    continue
                }
                // An error shows itself at the next read.
                let problem = event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
                ready.append(
                    Ready(
                        token: token, isReadable: problem || event.events & EPOLLIN.rawValue != 0,
                        isWritable: event.events & EPOLLOUT.rawValue != 0))
            }
        }

        private mutating func setTimer(_ instant: Int64) {
            set = instant
            var time = itimerspec()
            time.it_value.tv_sec = Int(instant / 1_000_000_000)
            time.it_value.tv_nsec = Int(instant % 1_000_000_000)
            timerfd_settime(timer, Int32(TFD_TIMER_ABSTIME), &time, nil)
        }
    #else
        private let queue: Int32
        private var events = [kevent](repeating: kevent(), count: most)

        init() throws(Socket.Failure) {
            queue = kqueue()
            guard queue >= 0 else { throw .last() }
        }

        func close() {
            Socket(descriptor: queue).close()
        }

        func add(_ descriptor: Int32, as token: Token) {
            control(descriptor, EVFILT_READ, EV_ADD, token)
        }

        func addShared(_ descriptor: Int32, as token: Token) {
            add(descriptor, as: token)
        }

        func watch(_ descriptor: Int32, as token: Token, forWriting: Bool) {
            control(descriptor, EVFILT_WRITE, forWriting ? EV_ADD : EV_DELETE, token)
        }

        private func control(_ descriptor: Int32, _ filter: Int32, _ flags: Int32, _ token: Token) {
            var change = kevent(
                ident: UInt(descriptor), filter: Int16(filter), flags: UInt16(flags), fflags: 0, data: 0,
                udata: UnsafeMutableRawPointer(bitPattern: UInt(token)))
            kevent(queue, &change, 1, nil, 0, nil)
        }

        mutating func wait(until instant: Int64?, into ready: inout [Ready]) {
            ready.removeAll(keepingCapacity: true)
            let count: Int32
            if let instant {
                var now = timespec()
                clock_gettime(CLOCK_MONOTONIC, &now)
                let left = max(0, instant - Int64(now.tv_sec) * 1_000_000_000 - Int64(now.tv_nsec))
                var patience = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
                count = kevent(queue, nil, 0, &events, Int32(events.count), &patience)
            } else {
                count = kevent(queue, nil, 0, &events, Int32(events.count), nil)
            }
            for event in events.prefix(Int(max(0, count))) {
                let isWritable = event.filter == Int16(EVFILT_WRITE)
                ready.append(
                    Ready(
                        token: Token(UInt(bitPattern: event.udata)), isReadable: !isWritable, isWritable: isWritable))
            }
        }
    #endif
}
