import PoiseCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// TCP ports on 127.0.0.1.
enum LoopbackPort {
    /// A port that was free a moment ago.
    static func free() throws(EngineFailure) -> Int {
        guard let port = bound(to: 0) else { throw .portInUse(0) }
        return port
    }

    static func requireFree(_ port: Int) throws(EngineFailure) {
        guard bound(to: port) != nil else { throw .portInUse(port) }
    }

    /// Binds and lets go again; the port that was bound, or nil where it is taken.
    private static func bound(to port: Int) -> Int? {
        #if canImport(Glibc)
            let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let socket = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard socket >= 0 else { return nil }
        defer { close(socket) }
        guard let port = UInt16(exactly: port) else { return nil }
        // As servers do: a port whose last connections are still closing counts as free.
        var reuse: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(socket, generic, length) == 0, getsockname(socket, generic, &length) == 0 else { return nil }
                return Int(UInt16(bigEndian: pointer.pointee.sin_port))
            }
        }
    }
}
