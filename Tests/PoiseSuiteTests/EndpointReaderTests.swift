import Foundation
import PoiseCore
import Testing

@testable import PoiseSuite

struct EndpointReaderTests {
    private static let address = "base_url: \"http://localhost:1/v1\""

    private func workspace(_ keys: String) throws -> Workspace {
        try Workspace([
            "Suites/ladder.yaml": Workspace.suiteWithCandidate(
                "  - model: m\n    endpoint: {\(Self.address), \(keys)}"),
            "Suites/own.pem": "-----BEGIN CERTIFICATE-----\n",
        ])
    }

    /// The same with a file of a key beside the suite.
    private func workspace(withKey key: String, mode: Int) throws -> Workspace {
        let workspace = try workspace("api_key_file: own.key")
        try workspace.write(key, to: "Suites/own.key")
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: "\(workspace.folder)/Suites/own.key")
        return workspace
    }

    @Test func `the file of a key is tried where the run is near, and only its path is kept`() throws {
        let workspace = try workspace(withKey: "hunter2-hunter2\n", mode: 0o600)
        let plan = try workspace.load(environment: [:])
        guard case .endpoint(let endpoint)? = plan.candidates.first?.serving else { return #expect(Bool(false)) }
        #expect(endpoint.apiKeyFile == "\(workspace.folder)/Suites/own.key")
        #expect(endpoint.apiKeyVariable == nil)
        #expect(!String(decoding: try JSONEncoder().encode(plan.candidates), as: UTF8.self).contains("hunter2"))
    }

    @Test func `the file of a key that others may read is refused with what to do`() throws {
        let workspace = try workspace(withKey: "hunter2-hunter2\n", mode: 0o644)
        // Without an environment nobody runs it yet.
        #expect(try workspace.load().candidates.count == 1)
        let error = #expect(throws: InvalidSuite.self) { try workspace.load(environment: [:]) }
        #expect(error?.problems.first?.what.hasSuffix("(its mode is 0644)") == true)
        #expect(error?.problems.first?.expected?.hasPrefix("Run chmod 600 \(workspace.folder)/Suites/own.key") == true)
        #expect(error?.errorDescription?.contains("hunter2") == false)
    }

    @Test func `a file of a key is found from the user's own folder`() throws {
        let file = "\(NSHomeDirectory())/keys/x"
        let workspace = try workspace("api_key_file: ~/keys/x")
        let refused = try #require(throws: UntrustedSuite.self) { try workspace.load() }
        #expect(refused.needs.map(\.sentence) == ["sends the key in \(file) to this machine"])
        let plan = try workspace.load(granted: Set(refused.needs.map(\.sentence)))
        guard case .endpoint(let endpoint)? = plan.candidates.first?.serving else { throw NoEndpoint() }
        #expect(endpoint.apiKeyFile == file)
    }

    private struct NoEndpoint: Error {}

    private func endpoint(_ keys: String) throws -> (endpoint: Endpoint?, folder: String) {
        let workspace = try workspace(keys)
        guard case .endpoint(let endpoint)? = try workspace.load().candidates.first?.serving else {
            return (nil, workspace.folder)
        }
        return (endpoint, workspace.folder)
    }

    @Test func `an endpoint that says nothing of its connection has none`() throws {
        #expect(try endpoint("model: x").endpoint?.connection == nil)
    }

    @Test func `all of a connection is read`() throws {
        let (endpoint, folder) = try endpoint(
            "api: ollama, http_version: 2, headers: {X-Team: speed, X-Number: 1.10}, headers_env: {X-Api-Key: TEAM_KEY},"
                + " ca_file: own.pem, proxy: \"socks5://127.0.0.1:1080\"")
        #expect(
            endpoint?.connection
                == ConnectionSettings(
                    api: .ollama, httpVersion: 2, headers: ["X-Team": "speed", "X-Number": "1.10"],
                    headerVariables: ["X-Api-Key": "TEAM_KEY"], caFile: folder + "/Suites/own.pem",
                    proxy: "socks5://127.0.0.1:1080"))
    }

    @Test(arguments: [
        ("api: olama", "“olama” is not known here"),
        ("http_version: 3", "expected a whole number from 1 to 2, found the number 3"),
        ("headers: x", "expected headers, found the text \"x\""),
        ("headers: {}", "expected headers, found a mapping"),
        ("headers: {Authorization: x}", "the header “Authorization” holds a secret, which must not stand in a file"),
        ("headers: {X-Api-Key: x}", "the header “X-Api-Key” holds a secret, which must not stand in a file"),
        ("headers: {X-Any: sk-proj-Zx81kQ}", "this looks like a key, which must not stand in a file"),
        ("headers: {X-Any: \"a\\r\\nHost: b\"}", "a header's value holds a line end or another control character"),
        ("headers: {\"X Any\": a}", "“X Any” cannot name a header"),
        ("headers: {Content-Length: 1}", "Poise sets the header “Content-Length” itself"),
        ("headers: {X-A: 1, x-a: 2}", "the header “x-a” is set twice"),
        ("headers: {X-A: 1}, headers_env: {x-a: KEY}", "the header “X-A” is set twice"),
        ("api_key_env: KEY, headers_env: {authorization: KEY}", "the header “authorization” is set twice"),
        ("headers_env: {X-A: $KEY}", "this cannot name an environment variable"),
        (
            "headers_env: {X-A: LLAMA_TEAM}",
            "programs that Poise starts get to see the variable LLAMA_TEAM, since they may need it"
        ),
        ("headers_env: {X-A: OTHER}", "the environment variable OTHER is not set"),
        ("api_key_env: KEY, api_key_file: key", "both api_key_env and api_key_file say where the key is"),
        ("api_key_file: sk-proj-Zx81kQ", "this looks like a key and not like the path of a file"),
        (
            "api_key_file: none.key",
            "Suites/none.key: the file with the key cannot be read (No such file or directory)"
        ),
        ("ca_file: owm.pem", "the file of authorities “owm.pem” does not exist"),
        ("ca_file: ../Suites", "the file of authorities “../Suites” is a folder"),
        ("proxy: localhost", "this is not the address of a proxy"),
        ("proxy: \"http://localhost\"", "this is not the address of a proxy"),
        ("proxy: \"ftp://h:1\"", "this is not the address of a proxy"),
        ("proxy: \"http://h:99999\"", "this is not the address of a proxy"),
        ("proxy: \"http://me:secret@h:1\"", "the proxy's address holds a user or a password"),
    ])
    func `what cannot be a connection is told`(keys: String, problem: String) throws {
        let problems = try workspace(keys).problems(environment: ["KEY": "x"])
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix(": " + problem) == true, "\(problems)")
    }

    @Test(arguments: [
        "headers: {Authorization: hunter2}", "headers: {X-A: sk-hunter2}", "proxy: \"http://a:hunter2@h:1\"",
    ])
    func `a secret in the file is never repeated in a message`(keys: String) throws {
        let error = #expect(throws: InvalidSuite.self) { try workspace(keys).load() }
        #expect(error?.errorDescription?.contains("hunter2") == false)
    }

    @Test func `an address of Ollama's own call is cut back to the server`() throws {
        let workspace = try Workspace([
            "Suites/ladder.yaml": Workspace.suiteWithCandidate(
                "  - model: m\n    endpoint: {base_url: \"http://h:11434/api/chat\", api: ollama}")
        ])
        guard case .endpoint(let endpoint)? = try workspace.load().candidates.first?.serving else { return }
        #expect(endpoint.baseURL == "http://h:11434")
    }
}
