import CCurl
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many connections a transport has to each server, counted as libcurl opens and closes their sockets.
///
/// libcurl keeps idle ones for later requests and does not say how many they are. Without the count, each candidate
/// would open as many as its load needs beside those that the candidate before it left.
final class OpenConnections: Sendable {
    /// The connections that may take one another's requests.
    private struct Kind: Hashable {
        let origin: String
        let connection: HTTPRequest.Connection
    }

    /// Those to one server, counted on the transport's thread and read on any.
    final class Count: Sendable {
        private let sockets = Atomic(0)
        private let requests = Atomic(0)

        var open: Int { sockets.load(ordering: .relaxed) }
        /// Those of them that carry no request now.
        var idle: Int { max(0, open - requests.load(ordering: .relaxed)) }

        fileprivate func socketOpened() { sockets.add(1, ordering: .relaxed) }
        fileprivate func socketClosed() { sockets.subtract(1, ordering: .relaxed) }
        func requestBegins() { requests.add(1, ordering: .relaxed) }
        func requestEnds() { requests.subtract(1, ordering: .relaxed) }
    }

    private let counts = Mutex<[Kind: Count]>([:])

    /// Lives as long as this object: libcurl's connections point to it, which outlive their handles.
    func count(of request: HTTPRequest) -> Count {
        counts.withLock { counts in
            let kind = Kind(origin: Self.origin(of: request.url), connection: request.connection)
            if let count = counts[kind] { return count }
            let count = Count()
            counts[kind] = count
            return count
        }
    }

    /// Scheme, host and port as they are written: `http://host:8080` of `http://host:8080/v1`.
    private static func origin(of url: String) -> String {
        let host = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let end = url[host...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        return url[..<end].lowercased()
    }
}

extension EasyHandle {
    /// Tells a count of the connections that this handle's requests open, and of their ends, whoever uses them last.
    func count(connections count: OpenConnections.Count) {
        let context = Unmanaged.passUnretained(count).toOpaque()
        poise_set_pointer(pointer, CURLOPT_SOCKOPTDATA, context)
        poise_set_socket_opened_callback(pointer) { context, _, _ in
            OpenConnections.Count.from(context)?.socketOpened()
            return CURL_SOCKOPT_OK
        }
        poise_set_pointer(pointer, CURLOPT_CLOSESOCKETDATA, context)
        poise_set_socket_closed_callback(pointer) { context, socket in
            OpenConnections.Count.from(context)?.socketClosed()
            return close(socket)
        }
    }
}

extension OpenConnections.Count {
    fileprivate static func from(_ context: UnsafeMutableRawPointer?) -> OpenConnections.Count? {
        context.map { Unmanaged<OpenConnections.Count>.fromOpaque($0).takeUnretainedValue() }
    }
}
