import Foundation
import Testing

@testable import PoiseClient

struct ProgramTests {
    @Test func `what a program prints and how it ends comes back`() async throws {
        let ran = try #require(
            await Program.run("/bin/sh", ["-c", "echo one; echo two >&2; exit 3"], within: .seconds(60)))
        #expect(ran.status == 3)
        #expect(String(decoding: ran.output, as: UTF8.self) == "one\n")
        let both = try #require(
            await Program.run("/bin/sh", ["-c", "echo one; echo two >&2"], within: .seconds(60), withErrors: true))
        #expect(String(decoding: both.output, as: UTF8.self) == "one\ntwo\n")
    }

    @Test func `more than a pipe holds does not hold it up`() async throws {
        let ran = try #require(
            await Program.run("/bin/sh", ["-c", "head -c 1000000 /dev/zero"], within: .seconds(60)))
        #expect(ran.output.count == 1_000_000)
    }

    @Test func `a program that hangs is ended, also where a child of it keeps the pipe open`() async {
        let clock = ContinuousClock()
        let time = await clock.measure {
            #expect(await Program.run("/bin/sh", ["-c", "sleep 600 & wait"], within: .milliseconds(50)) == nil)
        }
        #expect(time < .seconds(300))
    }

    @Test func `a program that is not there is no result`() async {
        #expect(await Program.run("/nonexistent/program", [], within: .seconds(60)) == nil)
    }

    @Test func `a cancelled task waits for no program`() async {
        let task = Task { await Program.run("/bin/sh", ["-c", "exec sleep 600"], within: .seconds(600)) }
        task.cancel()
        let clock = ContinuousClock()
        let time = await clock.measure { #expect(await task.value == nil) }
        #expect(time < .seconds(300))
    }
}
