import Foundation
import PoiseCore
import Testing

@testable import poise

struct LiveTests {
    private static let token = LiveToken()

    private func request(
        _ target: String, method: String = "GET", host: String? = "127.0.0.1:4000"
    ) -> LiveRequest {
        LiveRequest(method: method, target: target, host: host, token: Self.token, port: 4000)
    }

    @Test func `the page and its state are given, with and without a query`() {
        #expect(request("/\(Self.token.text)/") == .page)
        #expect(request("/\(Self.token.text)/state?x=1", method: "HEAD") == .state)
        #expect(request("/\(Self.token.text)/", host: "LOCALHOST:4000") == .page)
    }

    @Test(arguments: ["/", "", "//", "/x/", "/x/state", "*", "http://127.0.0.1:4000/x/", "/%00/", "/../"])
    func `every other path is unknown`(target: String) {
        #expect(request(target).status == 404)
    }

    @Test func `a token that is nearly right is unknown, and so is what stands behind the right one`() {
        let text = Self.token.text
        for target in ["/\(text)", "/\(text.dropLast())/", "/\(text)0/", "/ \(text)/"] {
            #expect(request(target) == .unknown, "\(target)")
        }
        for path in ["other", "state/", "/", "state/../"] { #expect(request("/\(text)/\(path)") == .unknown) }
    }

    @Test(arguments: [nil, "", "evil.example", "evil.example:4000", "127.0.0.1", "127.0.0.1:4001", "127.0.0.1:4000."])
    func `a host of another name is refused, whatever it knows`(host: String?) {
        #expect(request("/\(Self.token.text)/", host: host).status == 421)
    }

    @Test func `browsers leave out port 80, and no other`() {
        for host in ["127.0.0.1", "localhost", "localhost:80", "127.0.0.1:80"] {
            let bare = LiveRequest(
                method: "GET", target: "/\(Self.token.text)/", host: host, token: Self.token, port: 80)
            #expect(bare == .page, "\(host)")
        }
        #expect(
            LiveRequest(
                method: "GET", target: "/\(Self.token.text)/", host: "evil.example", token: Self.token, port: 80)
                == .wrongHost)
    }

    @Test func `a server that says nothing is given up, and so is one that ends without a word`() throws {
        let folder = try Workplace()
        let start = { (script: String, patience: Duration) in
            let file = "\(folder.path)/server"
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
            return try LivePage.start(
                run: "r", database: "d", port: nil, pageArguments: [], executable: URL(fileURLWithPath: file),
                patience: patience, lost: { _ in })
        }
        let late = #expect(throws: LivePage.Failure.self) { try start("exec cat", .milliseconds(1500)) }
        #expect(late?.reason == "the live page is not served: its process did not listen within 1 s")
        let silent = #expect(throws: LivePage.Failure.self) { try start("exit 3", .seconds(30)) }
        #expect(silent?.reason == "the live page is not served: its process ended with status 3")
        let told = #expect(throws: LivePage.Failure.self) { try start("echo 'error: no'", .seconds(30)) }
        #expect(told?.reason == "no")
        let live = try start("echo http://x/; exec cat", .seconds(30))
        #expect(live.address == "http://x/")
        live.stop()
    }

    @Test(arguments: ["POST", "PUT", "OPTIONS", "DELETE", "get"])
    func `nothing can be sent`(method: String) {
        #expect(request("/\(Self.token.text)/", method: method).status == 405)
    }

    @Test func `tokens are 128 bits and differ`() {
        let tokens = (0..<50).map { _ in LiveToken().text }
        #expect(Set(tokens).count == 50)
        #expect(tokens.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
    }

    @Test func `a page is due only while somebody looks, with news, and after a rest of 20 times its cost`() {
        let start = Instant(nanoseconds: 1_000_000_000_000)
        var schedule = LiveSchedule()
        #expect(!schedule.isDue(at: start, hasNews: true))
        schedule.note(requestAt: start)
        #expect(schedule.isDue(at: start, hasNews: true) && !schedule.isDue(at: start, hasNews: false))
        schedule.note(madeAt: start, cost: .milliseconds(10))
        #expect(!schedule.isDue(at: start + .seconds(4), hasNews: true))
        #expect(schedule.isDue(at: start + .seconds(5), hasNews: true))
        schedule.note(madeAt: start, cost: .seconds(2))
        schedule.note(requestAt: start + .seconds(39))
        #expect(!schedule.isDue(at: start + .seconds(39), hasNews: true))
        #expect(schedule.isDue(at: start + .seconds(40), hasNews: true))
        #expect(!schedule.isDue(at: start + .seconds(50), hasNews: true))
    }
}
