import PoiseCore
import PoiseSimulator
import Testing

struct ConnectionTests {
    @Test func `models and health say that they are simulated`() async throws {
        try await withSimulator(.init(models: ["tiny-m", "odd \"name\""])) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.get("/v1/models?limit=3")
            let models = await connection.response()
            let data = try #require(try JSONValue(parsing: models.body)["data"]?.array)
            #expect(data.compactMap { $0["id"]?.string } == ["tiny-m", "odd \"name\""])
            #expect(data.allSatisfy { $0["owned_by"]?.string == "poise-simulated" })
            #expect(models.headers["x-poise-simulated"] == "true")
            connection.get("/health")
            let health = await connection.response()
            #expect(health.status == 200)
            #expect(health.headers["x-poise-simulated"] == "true")
            #expect(try JSONValue(parsing: health.body)["status"]?.string == "ok")
        }
    }

    @Test func `an unknown path is a 404 with an error as the API has it`() async throws {
        try await withSimulator(.init()) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.get("/v1/nothing")
            let response = await connection.response()
            #expect(response.status == 404)
            let error = try JSONValue(parsing: response.body)["error"]
            #expect(error?["message"]?.string == "there is nothing at /v1/nothing")
            #expect(error?["type"]?.string == "invalid_request_error")
        }
    }

    @Test func `a body that is no JSON is a 400 and the connection goes on`() async throws {
        try await withSimulator(.init()) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.post("{\"model\": ")
            let response = await connection.response()
            #expect(response.status == 400)
            #expect(try JSONValue(parsing: response.body)["error"]?["message"]?.string == "the body is not valid JSON")
            connection.post(chat())
            #expect(await connection.response().status == 200)
            #expect(simulator.requests.first?.body == nil)
            #expect(simulator.requests.first?.bodyText == "{\"model\": ")
        }
    }

    @Test func `a key is required where one is configured, and never logged`() async throws {
        try await withSimulator(.init(apiKey: "sk-secret")) { simulator in
            #expect(try await ask(simulator).status == 401)
            #expect(try await ask(simulator, headers: ["Authorization: Bearer wrong"]).status == 401)
            let right = try await ask(simulator, headers: ["Authorization: Bearer sk-secret", "X-Note: kept"])
            #expect(right.status == 200)
            let served = try #require(simulator.requests.last)
            #expect(served.headers["x-note"] == "kept")
            #expect(simulator.requests.allSatisfy { !"\($0)".contains("sk-secret") && !"\($0)".contains("wrong") })
        }
    }

    @Test func `a client that waits for leave to send its body is given it`() async throws {
        try await withSimulator(.init(schedule: .init(answer: .echo))) { simulator in
            let connection = try RawConnection(port: simulator.port)
            let body = chat("after waiting")
            connection.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.utf8.count)\r\n"
                    + "Expect: 100-continue\r\n\r\n")
            #expect(await connection.interim() == "HTTP/1.1 100 Continue")
            connection.send(body)
            #expect(try await connection.response().text() == "after waiting")
        }
    }

    @Test func `bytes that are no HTTP are refused and the connection ends`() async throws {
        try await withSimulator(.init()) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.send("nonsense\r\n\r\n")
            let response = await connection.response()
            #expect(response.status == 400)
            #expect(await connection.ending() == .endOfFile)
        }
    }

    @Test func `an HTTP 1.0 stream ends with its connection and has no chunk sizes in it`() async throws {
        try await withSimulator(.init(schedule: .init(answer: .echo))) { simulator in
            let connection = try RawConnection(port: simulator.port)
            let body = chat("old style")
            connection.send("POST /v1/chat/completions HTTP/1.0\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            let response = await connection.response()
            #expect(response.headers["transfer-encoding"] == nil)
            #expect(response.headers["connection"] == "close")
            #expect(try response.text() == "old style")
            #expect(response.end == .endOfFile)
        }
    }

    @Test func `the log has the request as it was sent`() async throws {
        try await withSimulator(.init()) { simulator in
            let body = chat("Add 47 and 85.", more: ["temperature": .number(0), "seed": .number(1)])
            _ = try await ask(simulator, body)
            let served = try #require(simulator.requests.first)
            #expect(try served.body == JSONValue(parsing: body))
            #expect(served.method == "POST")
            #expect(served.path == "/v1/chat/completions")
            #expect(served.headers["host"] == "localhost")
            #expect(served.status == 200)
        }
    }
}
