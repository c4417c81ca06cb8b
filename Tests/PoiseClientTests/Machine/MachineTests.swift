import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

struct MachineTests {
    @Test func `this machine says what it is`() async {
        let facts = await Machine.facts()
        #expect(facts.processor != "unknown processor")
        #expect(facts.cores >= 1)
        #expect(facts.coresInUse > 0)
        #expect(facts.memory > 1 << 28)
        #expect(facts.systemFamily == (facts.system.hasPrefix("macOS") ? "macOS" : "Linux"))
        #expect(facts.kernel != nil)
        #expect(facts.architecture != "unknown")
        #expect(facts.loadAverage != nil)
        #expect(facts.gpus != nil)
        #expect(facts.client?.poise == poiseVersion)
        #expect(facts.client?.curl.hasPrefix("libcurl/") == true)
    }

    @Test func `nothing personal is in what is stored`() async throws {
        let text = String(decoding: try JSONEncoder().encode(await Machine.facts()), as: UTF8.self)
        let host = ProcessInfo.processInfo.hostName
        // A name such as "vm" may be part of another word.
        if host.count > 5, host != "localhost" { #expect(!text.contains(host)) }
        if let user = ProcessInfo.processInfo.environment["USER"], user.count > 5 { #expect(!text.contains(user)) }
    }

    @Test func `the same machine has one identity`() async {
        #expect(await Machine.facts().identity == Machine.facts().identity)
    }

    @Test func `files are read whatever is in them`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID().uuidString)").path
        try Data([0x20, 0x41, 0xFF, 0x00, 0x0A, 0x42]).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(MachineSources.live.line(path) == "A\u{FFFD}")
        #expect(MachineSources.live.line("\(path)-missing") == nil)
        #expect(MachineSources.live.names("\(path)-missing").isEmpty)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/smaps")))
    func `a file of the kernel that is longer than a page is read to its end`() throws {
        let text = try #require(MachineSources.live.text("/proc/self/smaps"))
        // Each mapping's part ends with its flags; those of a test process take far more than a page.
        #expect(text.utf8.count > 16_384)
        #expect(text.split(separator: "\n").last?.hasPrefix("VmFlags") == true)
    }
}
