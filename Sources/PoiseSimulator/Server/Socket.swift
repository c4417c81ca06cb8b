#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A TCP socket that never waits; whoever holds it closes it once.
struct Socket: Hashable, Sendable {
    let descriptor: Int32

    /// What became of bytes that were offered or asked for.
    enum Outcome {
        case bytes(Int)
        /// Nothing for now.
        case wouldWait
        /// The other side has closed its end.
        case ended
        /// Reset, or broken in another way.
        case broken
    }

    // MARK: Listening

    struct Failure: Error {
        /// `errno`
        let code: Int32

        var reason: String { String(cString: strerror(code)) }

        static func last() -> Failure { Failure(code: errno) }
    }

    /// - Parameter host: `127.0.0.1` or `::1`.
    /// - Parameter backlog: connections that may wait to be accepted.
    static func listening(host: String, port: Int, backlog: Int32) throws(Failure) -> Socket {
        let isSix = host.contains(":")
        let made = Socket(descriptor: socket(isSix ? AF_INET6 : AF_INET, streamKind, 0))
        guard made.descriptor >= 0 else { throw .last() }
        do throws(Failure) {
            made.set(SOL_SOCKET, SO_REUSEADDR, 1)
            let bound = isSix ? made.bindSix(host, port: port) : made.bindFour(host, port: port)
            guard bound == 0, listen(made.descriptor, backlog) == 0, made.becomesNonBlocking() else { throw .last() }
            return made
        } catch {
            made.close()
            throw error
        }
    }

    private func bindFour(_ host: String, port: Int) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return -1 }
        return bindAny(&address)
    }

    private func bindSix(_ host: String, port: Int) -> Int32 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = in_port_t(truncatingIfNeeded: port).bigEndian
        guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return -1 }
        return bindAny(&address)
    }

    private func bindAny<Address>(_ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    /// The port that it listens on; nil where the system does not say.
    var port: Int? {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) { pointer -> Int? in
            let known = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &size) == 0
            }
            guard known else { return nil }
            // The port has the same place in both families.
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(in_port_t(bigEndian: $0.pointee.sin_port))
            }
        }
    }

    // MARK: Connections

    enum Accepted {
        case connection(Socket)
        /// None waits, or the one that did is gone again.
        case none
        /// The process has no file descriptor left.
        case noDescriptor
    }

    func accept() -> Accepted {
        #if canImport(Darwin)
            let descriptor = Darwin.accept(descriptor, nil, nil)
        #elseif canImport(Musl)
            let descriptor = Musl.accept(descriptor, nil, nil)
        #else
            let descriptor = Glibc.accept(descriptor, nil, nil)
        #endif
        guard descriptor >= 0 else { return errno == EMFILE || errno == ENFILE ? .noDescriptor : .none }
        let connection = Socket(descriptor: descriptor)
        guard connection.becomesNonBlocking() else {
            connection.close()
            return .none
        }
        // A chunk must not wait for the acknowledgement of the one before it.
        connection.set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        #if canImport(Darwin)
            connection.set(SOL_SOCKET, SO_NOSIGPIPE, 1)
        #endif
        return .connection(connection)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        outcome(of: recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        let count = send(descriptor, bytes.baseAddress, bytes.count, Self.quiet)
        return count == 0 && bytes.isEmpty ? .bytes(0) : outcome(of: count)
    }

    private func outcome(of count: Int) -> Outcome {
        if count > 0 { return .bytes(count) }
        if count == 0 { return .ended }
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? .wouldWait : .broken
    }

    /// Tells the other side that nothing more comes, and goes on reading.
    func endWriting() {
        shutdown(descriptor, Self.writingSide)
    }

    /// Makes the close that follows a reset: lingering for no time sends RST instead of FIN.
    func willReset() {
        var none = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &none, socklen_t(MemoryLayout<linger>.size))
    }

    func close() {
        #if canImport(Darwin)
            _ = Darwin.close(descriptor)
        #elseif canImport(Musl)
            _ = Musl.close(descriptor)
        #else
            _ = Glibc.close(descriptor)
        #endif
    }

    // MARK: Options

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private func becomesNonBlocking() -> Bool {
        let flags = fcntl(descriptor, F_GETFL, 0)
        return fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 && fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
    }

    #if canImport(Darwin)
        private static let streamKind = SOCK_STREAM
        private static let quiet: Int32 = 0
        private static let writingSide = SHUT_WR
    #else
        private static let streamKind = Int32(SOCK_STREAM.rawValue)
        /// A client that is gone is an outcome of the write and no signal.
        private static let quiet = Int32(MSG_NOSIGNAL)
        private static let writingSide = Int32(SHUT_WR)
    #endif
}
