import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A server that answers its one connection with given bytes, whatever is asked, and closes it.
final class RawServer: Sendable {
    let url: String
    private let listener: Int32

    struct NoSocket: Error {}

    init(answering answer: String) throws {
        let (listener, address) = try Self.listening(backlog: 1)
        self.listener = listener
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1"
        Thread.detachNewThread {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            // Any part of the request will do: it is small enough to come at once.
            var request = [UInt8](repeating: 0, count: 65_536)
            _ = recv(connection, &request, request.count, 0)
            let bytes = Array(answer.utf8)
            // One write, so that the client reads it in one go where it is short.
            _ = send(connection, bytes, bytes.count, 0)
            close(connection)
        }
    }

    static func newSocket() -> Int32 {
        #if canImport(Glibc)
            socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket(AF_INET, SOCK_STREAM, 0)
        #endif
    }

    /// A socket that listens on a free port of this machine.
    static func listening(backlog: Int32) throws -> (socket: Int32, address: sockaddr_in) {
        let listener = newSocket()
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, backlog) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isListening else { throw NoSocket() }
        return (listener, address)
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}

/// A server that takes nobody in any more: its queue of connections is full.
final class FullServer: Sendable {
    let url: String
    private let sockets: [Int32]

    init() throws {
        let listening = try RawServer.listening(backlog: 0)
        var address = listening.address
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1"
        let callers = (0..<8).map { _ in RawServer.newSocket() }
        for caller in callers {
            _ = fcntl(caller, F_SETFL, O_NONBLOCK)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    _ = connect(caller, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        sockets = callers + [listening.socket]
    }

    deinit {
        for socket in sockets { close(socket) }
    }
}
