import NIOCore
import PoiseCore
import Testing

@testable import PoiseSimulator

struct ResponseBytesTests {
    private func text(of event: ResponsePlan.Event, in plan: ResponsePlan) -> String {
        var buffer = ByteBuffer()
        ResponseBytes(plan, created: 1_700_000_000).write(event, into: &buffer)
        return String(buffer: buffer)
    }

    private func value(of event: ResponsePlan.Event, in plan: ResponsePlan) throws -> JSONValue {
        let text = text(of: event, in: plan)
        #expect(text.hasPrefix("data: "))
        #expect(text.hasSuffix("}\n\n"))
        return try JSONValue(parsing: String(text.dropFirst(6)))
    }

    @Test func `each event is one line of JSON with its delta`() throws {
        let plan = plan(.init(reasoningTokens: 1, reasoningField: .vllm, answer: .text("say \"hi\"")))
        #expect(try value(of: .role, in: plan).delta == ["role": "assistant", "content": ""].json)
        #expect(try value(of: .reasoning(0..<1), in: plan).delta == ["reasoning": "Simulated"].json)
        #expect(try value(of: .answer(0..<2), in: plan).delta == ["content": "say \"hi\""].json)
        #expect(try value(of: .finish, in: plan).delta == [:].json)
        #expect(try value(of: .finish, in: plan).finishReason == "stop")
        #expect(try value(of: .error, in: plan)["error"]?["type"]?.string == "server_error")
        #expect(text(of: .done, in: plan) == "data: [DONE]\n\n")
        #expect(text(of: .comment, in: plan) == ": ping\n\n")
    }

    @Test func `llama.cpp's timings are in the last chunk and say what the schedule does`() throws {
        let schedule = SimulatorSchedule(
            timeToFirstToken: .milliseconds(50), interTokenGap: .milliseconds(10), timings: true, cachedTokens: 4,
            answer: .text("one two three four"))
        let bare = plan(schedule)
        let timings = try #require(try value(of: .finish, in: bare)["timings"])
        #expect(timings["cache_n"]?.number == 4)
        #expect(timings["prompt_n"]?.number == 6)
        #expect(timings["prompt_ms"]?.number == 50)
        #expect(timings["prompt_per_second"]?.number == 120)
        #expect(timings["predicted_n"]?.number == 4)
        #expect(timings["predicted_ms"]?.number == 40)
        #expect(timings["predicted_per_second"]?.number == 100)
        let withUsage = plan(schedule, wantsUsage: true)
        #expect(try value(of: .finish, in: withUsage)["timings"] == nil)
        #expect(try value(of: .usage, in: withUsage)["timings"] == timings)
    }

    @Test func `a speed that is undefined is null`() throws {
        let timings = try value(of: .finish, in: plan(.init(timings: true, answer: .nothing)))["timings"]
        #expect(timings?["predicted_per_second"] == .null)
        #expect(timings?["predicted_per_token_ms"] == .null)
        #expect(timings?["prompt_per_second"] == .null)
    }

    @Test func `a whole response is one object, or half of one`() throws {
        let whole = text(of: .whole, in: plan(stream: false))
        #expect(try JSONValue(parsing: whole)["usage"]?["total_tokens"]?.number == 14)
        let half = text(of: .whole, in: plan(faults: [.malformed(afterChunks: 0)], stream: false))
        #expect(whole.hasPrefix(half))
        #expect(half.utf8.count == whole.utf8.count / 2)
        let failed = text(of: .whole, in: plan(faults: [.error(afterChunks: 0)], stream: false))
        #expect(try JSONValue(parsing: failed)["error"] != nil)
    }

    @Test func `a model's name is escaped`() throws {
        let schedule = SimulatorSchedule()
        let plan = ResponsePlan(
            for: ChatRequest(model: "a\"b\n", prompt: "", promptBytes: 0, isStream: true, wantsUsage: false),
            number: 1, texts: SimulatedTexts(schedule), configuration: .init(schedule: schedule), faults: [])
        #expect(try value(of: .role, in: plan)["model"]?.string == "a\"b\n")
    }
}

extension [String: String] {
    fileprivate var json: JSONValue { .object(mapValues { .string($0) }) }
}
