import PoiseCore
import PoiseSimulator
import Testing

struct StreamLoopTests {
    @Test func `a huge event arrives whole while other streams go on`() async throws {
        let size = 4_000_000
        let schedule = SimulatorSchedule(interTokenGap: .milliseconds(2), tokens: 30)
        let faults = SimulatorFaults([.init(.huge(bytes: size), on: .requests(1))])
        try await withSimulator(.init(schedule: schedule, faults: faults)) { simulator in
            async let huge = ask(simulator)
            async let other = ask(simulator)
            let (first, second) = try await (huge, other)
            let sizes = [first, second].map { $0.chunks.map(\.bytes.count).max() ?? 0 }
            #expect(sizes.max() == size)
            #expect([first, second].allSatisfy { $0.end == .complete && $0.events.last == "[DONE]" })
        }
    }

    @Test func `what does not fit the socket at once ends once, and the connection goes on`() async throws {
        let faults = SimulatorFaults([.init(.huge(bytes: 12_000_000), on: .requests(1))])
        try await withSimulator(.init(schedule: .init(interTokenGap: .zero, tokens: 2), faults: faults)) { simulator in
            let connection = try RawConnection(port: simulator.port)
            for _ in 1...2 {
                connection.post(chat())
                let response = await connection.response()
                #expect(response.status == 200 && response.end == .complete)
            }
        }
    }

    @Test func `an endless stream goes on until its client leaves`() async throws {
        try await withSimulator(.init(schedule: .init(answer: .text("on and")), faults: .always(.endless))) {
            simulator in
            do {
                let connection = try RawConnection(port: simulator.port)
                connection.post(chat(more: ["max_tokens": .number(1)]))
                let response = await connection.response(chunks: 200)
                #expect(response.chunks.count == 200)
                #expect(try response.text().hasPrefix("on andon andon"))
            }
            while simulator.requests.first?.ending == .open { await Task.yield() }
            #expect(simulator.requests.first?.ending == .abandoned)
        }
    }

    @Test func `a client that reads slowly loses nothing`() async throws {
        // More than both kernel buffers hold: the rest waits until there is room.
        let schedule = SimulatorSchedule(tokens: 40_000)
        try await withSimulator(.init(schedule: schedule)) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.post(chat())
            while simulator.requests.first?.status == nil { await Task.yield() }
            let response = await connection.response()
            #expect(response.end == .complete)
            #expect(response.events.count == 40_003)
            connection.post(chat(more: ["max_tokens": .number(2)]))
            #expect(await connection.response().events.count == 5)
        }
    }

    @Test func `a body beyond the limit is refused and the refusal can be read`() async throws {
        try await withSimulator(.init()) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.send("POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\nsome of it")
            let response = await connection.response()
            #expect(response.status == 413)
            #expect(await connection.ending() == .endOfFile)
        }
    }

    @Test func `a thousand connections are served at once`() async throws {
        let schedule = SimulatorSchedule(timeToFirstToken: .milliseconds(30), answer: .text("x"))
        try await withSimulator(.init(schedule: schedule)) { simulator in
            let connections = try (0..<1100).map { _ in try RawConnection(port: simulator.port) }
            for connection in connections { connection.post(chat()) }
            while simulator.requests.count(where: { $0.ending == .complete }) < 1100 { await Task.yield() }
            let last = try #require(connections.last)
            #expect(await last.response().end == .complete)
            #expect(Set(simulator.requests.compactMap(\.number)) == Set(1...1100))
        }
    }

    @Test func `requests in chunks are read`() async throws {
        try await withSimulator(.init(schedule: .init(answer: .echo))) { simulator in
            let connection = try RawConnection(port: simulator.port)
            let body = chat("in pieces")
            connection.send("POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.send("\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
            #expect(try await connection.response().text() == "in pieces")
        }
    }
}
