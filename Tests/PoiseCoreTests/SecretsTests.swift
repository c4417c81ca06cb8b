import Foundation
import Testing

@testable import PoiseCore

struct SecretsTests {
    private static let key = "sk-Zx81/kQ+v=\"w&4711"
    private let secrets = Secrets([key])

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test(arguments: [
        ("\(key)", "[key]"), ("a Bearer \(key), b", "a Bearer [key], b"), ("\(key)\(key)", "[key][key]"),
        (#"{"a": "sk-Zx81/kQ+v=\"w&4711"}"#.replacing(key, with: #"sk-Zx81/kQ+v=\"w&4711"#), #"{"a": "[key]"}"#),
        (#"{"a": "sk-Zx81\/kQ+v=\u0022w\u00264711"}"#, #"{"a": "[key]"}"#),
        ("?key=sk-Zx81%2FkQ%2Bv%3D%22w%264711&x", "?key=[key]&x"), ("sk-Zx81%2fkQ+v%3d%22w%264711", "[key]"),
        ("%73k-Zx81/kQ+v=\"w&4711", "[key]"), ("sk-Zx81/kQ+v=&quot;w&amp;4711", "[key]"),
        ("sk-Zx81&#47;kQ+v=&#x22;w&#38;4711", "[key]"),
    ])
    func `a key is found however JSON, addresses and HTML write it`(text: String, scrubbed: String) {
        #expect(secrets.scrubbed(text) == scrubbed)
        #expect(String(decoding: secrets.scrubbed(Array(text.utf8)), as: UTF8.self) == scrubbed)
        #expect(secrets.scrubbed(message: text) == scrubbed)
    }

    @Test(arguments: ["", "x", "xy", ":", "Bearer ", "user:", "me@host.example:"], ["", "x", " and more"])
    func `a key is found in Base64 wherever it begins`(before: String, after: String) throws {
        for text in [Self.base64(before + Self.key + after)].flatMap({
            [$0, $0.replacing("+", with: "-").replacing("/", with: "_"), $0.replacing("/", with: "\\/")]
        }) {
            let scrubbed = try #require(secrets.scrubbed("Basic \(text) end"))
            #expect(scrubbed.hasPrefix("Basic ") && scrubbed.hasSuffix(" end") && scrubbed.contains("[key]"))
            // What is left decodes to nothing of the key.
            let rest = scrubbed.dropFirst(6).dropLast(4).split(separator: "[key]", omittingEmptySubsequences: false)
            #expect(rest.count == 2)
            #expect(rest.map(\.count).reduce(0, +) <= (before.utf8.count + after.utf8.count) * 4 / 3 + 4, "\(scrubbed)")
        }
    }

    @Test(arguments: [
        "", "nothing", "sk-Zx81/kQ+v=\"w&471", "SK-ZX81/KQ+V=\"W&4711", "sk-Zx81 /kQ+v=\"w&4711", "%", "\\", "&", "%7",
        "\\u00", "&#x", "&quot", "sk-Zx81%2", "é😀 −5",
    ])
    func `what is no key stays`(text: String) {
        // A part of it at the very end is another matter.
        #expect(secrets.scrubbed(text + "!") == nil)
    }

    @Test func `a text that was cut within a key does not keep its beginning`() {
        let bytes = Array(Self.key)
        for length in 0...bytes.count {
            let text = "It is " + String(bytes.prefix(length))
            #expect(secrets.scrubbed(text) == (length >= 10 ? "It is [key]" : nil), "\(length)")
        }
    }

    @Test func `short keys are words of answers, and are taken out of messages alone`() {
        let secrets = Secrets(["none", " ", ""])
        #expect(secrets.scrubbed("none of them") == nil)
        #expect(secrets.scrubbed(Array("none".utf8)) == Array("none".utf8))
        #expect(secrets.scrubbed(message: "none of them") == "[key] of them")
        #expect(Secrets.none.isEmpty && Secrets.none.scrubbed(message: "a") == "a")
    }

    @Test func `of keys within each other the longest is taken`() {
        let secrets = Secrets(["token-1234", "token-1234-5678", "5678-token"])
        #expect(secrets.scrubbed("token-1234-5678-token token-1234") == "[key]-token [key]")
    }

    @Test func `white space around a key, as files leave it, is not part of it`() {
        #expect(Secrets([" \(Self.key)\r\n"]).scrubbed("a\(Self.key)b") == "a[key]b")
    }

    @Test func `a response keeps no key anywhere, and its timeline as it was`() throws {
        var report = ServerReport()
        report.model = "m-\(Self.key)"
        report.systemFingerprint = Self.key
        report.promptTokens = 7
        let timeline = Timeline(
            connect: nil, firstByte: .milliseconds(3),
            chunks: [.init(microseconds: 9, kind: .answer, characters: 21, cumulativeTokens: 1, isCoalesced: false)])
        let response = Response(
            answer: "a \(Self.key)", reasoning: "r \(Self.key)", toolCalls: "f{\(Self.key)}",
            finishReason: "stop-\(Self.key)", report: report, timeline: timeline,
            calls: [ToolCall(id: Self.key, name: Self.key, arguments: "{\(Self.key)}")])
        let scrubbed = try #require(response.scrubbed(by: secrets))
        #expect(!"\(scrubbed)".contains("Zx81"))
        #expect(scrubbed.answer == "a [key]" && scrubbed.reasoning == "r [key]" && scrubbed.toolCalls == "f{[key]}")
        #expect(scrubbed.finishReason == "stop-[key]" && scrubbed.report.model == "m-[key]")
        #expect(scrubbed.report.systemFingerprint == "[key]" && scrubbed.report.promptTokens == 7)
        #expect(scrubbed.calls == [ToolCall(id: "[key]", name: "[key]", arguments: "{[key]}")])
        #expect(scrubbed.timeline == timeline)
        #expect(scrubbed.scrubbed(by: secrets) == nil)
    }

    @Test func `a failure keeps no key, and its message is cut behind it`() {
        let long = String(repeating: "x", count: 1_990) + Self.key + "tail and more"
        let failure = RequestFailure(kind: .rejected, message: long, remedy: "r", status: 400, retryAfter: 2)
        let scrubbed = failure.scrubbed(by: secrets)
        #expect(scrubbed.message == String(repeating: "x", count: 1_990) + "[key]tail …")
        #expect((scrubbed.kind, scrubbed.status, scrubbed.retryAfter) == (.rejected, 400, 2))
    }

    /// Texts of megabytes must not be gone over again and again.
    @Test func `texts that nearly hold a key at every byte are gone over once`() {
        let near = String(repeating: "sk-Zx81%", count: 100_000)
        #expect(secrets.scrubbed(near + "!") == nil)
        #expect(secrets.scrubbed(near + Self.key)?.hasSuffix("%[key]") == true)
    }
}
