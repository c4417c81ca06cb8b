import Foundation
@testable import PoiseClient
import PoiseCore

/// nginx in front of an endpoint: TLS by an authority of its own, HTTP/2, and a forward proxy.
///
/// It says by `x-protocol` how it was asked, and by `x-via` that it was.
final class Gateway {
    let https: String
    /// HTTP/2 without TLS, by prior knowledge only.
    let http2: String
    let proxy: String
    /// The certificate of the authority.
    let caFile: String
    private let process = Process()
    private let folder: URL

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Where nginx lies, which needs no other program but openssl; nil where it is not installed.
    static let program = ["/usr/sbin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// - Parameter upstream: the endpoint's address, as in `http://127.0.0.1:8377/v1`.
    init(upstream: String) throws {
        guard let program = Self.program else { throw Failure(description: "nginx is not installed") }
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gateway-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem",
            ], in: folder)
        caFile = folder.appendingPathComponent("certificate.pem").path
        let ports = try (0..<3).map { _ in try LoopbackPort.free() }
        https = "https://127.0.0.1:\(ports[0])/v1"
        http2 = "http://127.0.0.1:\(ports[1])/v1"
        proxy = "http://127.0.0.1:\(ports[2])"
        let origin = upstream.replacingOccurrences(of: "/v1", with: "")
        try Self.configuration(folder: folder.path, ports: ports, origin: origin)
            .write(to: folder.appendingPathComponent("nginx.conf"), atomically: true, encoding: .utf8)
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-p", folder.path, "-c", "nginx.conf", "-e", "error.log"]
        // What outlives a test that failed must not hold the test runner's own output open.
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Waits until it listens; asks it over and over, since nginx does not say.
    func waitUntilReady(_ transport: Transport) async throws {
        for _ in 0..<500 {
            let exchange = await transport.exchange(HTTPRequest(url: "\(proxy)/v1/models"), reader: CollectingReader())
            if exchange.failure == nil { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        let log = try? String(contentsOf: folder.appendingPathComponent("error.log"), encoding: .utf8)
        throw Failure(description: "nginx does not listen: \(log ?? "")")
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func run(_ program: String, _ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "\(program) failed") }
    }

    private static func configuration(folder: String, ports: [Int], origin: String) -> String {
        let common = """
                add_header x-protocol $server_protocol always;
                add_header x-via gateway always;
                proxy_buffering off;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
            """
        return """
            daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
            events { worker_connections 4096; }
            http {
              access_log off; keepalive_requests 100000; client_body_temp_path body; proxy_temp_path proxy;
              fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              server {
                listen 127.0.0.1:\(ports[0]) ssl http2;
                ssl_certificate certificate.pem; ssl_certificate_key key.pem;
                location / { \(common) proxy_pass \(origin); }
              }
              server { listen 127.0.0.1:\(ports[1]) http2; location / { \(common) proxy_pass \(origin); } }
              server { listen 127.0.0.1:\(ports[2]); location / { \(common) proxy_pass \(origin); } }
            }
            """
    }
}
