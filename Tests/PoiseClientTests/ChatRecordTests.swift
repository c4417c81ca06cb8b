import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

/// Records made at random, read by the scanner and by way of Foundation's JSONSerialization: every field must agree.
@Suite struct ChatRecordTests {
    /// What a record says, as values that do not depend on how it was read.
    private struct Fields: Equatable {
        var model: String?
        var fingerprint: String?
        var content: String?
        var reasoning: String?
        var finishReason: String?
        var toolCalls: [String]?
        var hasMessage: Bool?
        var hasRole: Bool?
        var errorMessage: String?
        var errorCode: Int?
        var isError = false
        var promptTokens: Int?
        var completionTokens: Int?
        var cachedTokens: Int?
        var reasoningTokens: Int?
        var timedTokens: Int?
        var decodeTPS: Double?
    }

    private func scanned(_ text: [UInt8]) -> Fields? {
        text.withUnsafeBytes { bytes in
            guard let record = try? ChatRecord(scanning: bytes, of: .chat) else { return nil }
            var fields = Fields()
            fields.model = record.model?.string
            fields.fingerprint = record.systemFingerprint?.string
            fields.content = record.choice?.content?.string
            fields.reasoning = record.choice?.reasoning?.string
            fields.finishReason = record.choice?.finishReason?.string
            fields.toolCalls = record.choice?.toolCalls.map {
                "\($0.index ?? -1) \($0.name?.string ?? "-") \($0.arguments?.string ?? "-")"
            }
            fields.hasMessage = record.choice?.hasMessage
            fields.hasRole = record.choice?.hasRole
            fields.isError = record.error != nil
            fields.errorMessage = record.error?.message?.string
            fields.errorCode = record.error?.code
            fields.promptTokens = record.promptTokens
            fields.completionTokens = record.completionTokens
            fields.cachedTokens = record.cachedTokens
            fields.reasoningTokens = record.reasoningTokens
            fields.timedTokens = record.timedTokens
            fields.decodeTPS = record.decodeTPS
            return fields
        }
    }

    private struct Malformed: Error {}

    private func parsed(_ text: [UInt8]) -> Fields? {
        guard let value = try? JSONSerialization.jsonObject(with: Data(text), options: [.fragmentsAllowed]) else {
            return nil
        }
        return try? fields(value)
    }

    private func fields(_ value: Any) throws -> Fields {
        guard let record = value as? [String: Any] else { throw Malformed() }
        var fields = Fields()
        fields.model = record["model"] as? String
        fields.fingerprint = record["system_fingerprint"] as? String
        switch record["error"] {
        case nil, is NSNull: break
        case let text as String: (fields.isError, fields.errorMessage) = (true, text)
        case let object as [String: Any]:
            (fields.isError, fields.errorMessage, fields.errorCode) = (
                true, object["message"] as? String, whole(object["code"])
            )
        default: fields.isError = true
        }
        if let usage = record["usage"] as? [String: Any] {
            fields.promptTokens = count(usage["prompt_tokens"])
            fields.completionTokens = count(usage["completion_tokens"])
            fields.cachedTokens = count((usage["prompt_tokens_details"] as? [String: Any])?["cached_tokens"])
            fields.reasoningTokens = count((usage["completion_tokens_details"] as? [String: Any])?["reasoning_tokens"])
        }
        if let timings = record["timings"] as? [String: Any] {
            fields.timedTokens = count(timings["predicted_n"])
            fields.decodeTPS = number(timings["predicted_per_second"])?.doubleValue
        }
        guard let choices = record["choices"], !(choices is NSNull) else { return fields }
        guard let list = choices as? [Any] else { throw Malformed() }
        let read = try list.map { try choice($0) }
        guard let first = read.first(where: { $0.index == 0 })?.fields else { return fields }
        fields.content = first.content
        fields.reasoning = first.reasoning
        fields.finishReason = first.finishReason
        fields.toolCalls = first.toolCalls
        fields.hasMessage = first.hasMessage
        fields.hasRole = first.hasRole
        return fields
    }

    private func choice(_ value: Any) throws -> (index: Int, fields: Fields) {
        guard let choice = value as? [String: Any] else { throw Malformed() }
        var fields = Fields(toolCalls: [], hasMessage: false, hasRole: false)
        fields.finishReason = choice["finish_reason"] as? String
        if let delta = choice["delta"], !(delta is NSNull) {
            guard let delta = delta as? [String: Any] else { throw Malformed() }
            fields.hasMessage = true
            fields.hasRole = delta["role"] is String
            switch delta["content"] {
            // A list holds parts, which are tested with the streams that have them.
            case nil, is NSNull, is [Any]: break
            case let text as String: fields.content = text
            default: throw Malformed()
            }
            fields.reasoning = delta["reasoning_content"] as? String
            if fields.reasoning?.isEmpty ?? true {
                fields.reasoning = delta["reasoning"] as? String ?? fields.reasoning
            }
            switch delta["tool_calls"] {
            case nil, is NSNull: break
            case let calls as [Any]:
                fields.toolCalls = calls.compactMap { $0 as? [String: Any] }.map { call in
                    let function = call["function"] as? [String: Any]
                    let index = whole(call["index"]) ?? -1
                    return "\(index) \(function?["name"] as? String ?? "-") \(function?["arguments"] as? String ?? "-")"
                }
            default: throw Malformed()
            }
        }
        return (whole(choice["index"]) ?? 0, fields)
    }

    private func number(_ value: Any?) -> NSNumber? {
        guard let number = value as? NSNumber, String(cString: number.objCType) != "c" else { return nil }
        return number
    }

    private func whole(_ value: Any?) -> Int? {
        number(value).flatMap { Int(exactly: $0.doubleValue) }
    }

    private func count(_ value: Any?) -> Int? {
        whole(value).flatMap { 0...Int(Int32.max) ~= $0 ? $0 : nil }
    }

    /// Writes records at random: fields in any order, some twice, some of a type that they should not have.
    private struct Generator {
        var generator = SeededGenerator(seed: 99)

        mutating func pick<Value>(_ values: [Value]) -> Value { values[generator.next(below: values.count)] }

        mutating func text() -> String {
            pick([#""a b""#, #""é😀""#, #""\u00e9\ud83d\ude00\n""#, #""""#, #""<think>""#, #""{\"x\":1}""#])
        }

        mutating func number() -> String {
            pick(["0", "7", "12.5", "-3", "1e2", "4294967296", "5.0", "0.1", "2389.6765971005257"])
        }

        mutating func odd() -> String { pick(["null", "true", "[]", "{}", "[1,{\"a\":[]}]", number(), text()]) }

        mutating func object(_ members: [(String, String)]) -> String {
            var kept = members.filter { _ in generator.next(below: 4) > 0 }
            // Of a key that occurs twice the last value holds, but both must be of a type that the API has.
            let isTwice = generator.next(below: 8) == 0
            if isTwice, let again = members.last { kept.append(again) }
            if generator.next(below: 4) == 0 { kept.append((pick(["x", "id", "logprobs", "contents"]), odd())) }
            let written = generator.shuffled(kept).map { name, value in
                let key = generator.next(below: 6) == 0 ? escaped(name) : name
                return "\"\(key)\"\(pick([":", " : "]))\(!isTwice && generator.next(below: 12) == 0 ? odd() : value)"
            }
            return "{" + written.joined(separator: pick([",", " ,\n"])) + "}"
        }

        private func escaped(_ name: String) -> String {
            name.replacing("c", with: "\\u0063").replacing("e", with: "\\u0065")
        }

        mutating func call() -> String {
            object([("index", pick(["0", "1"])), ("function", object([("name", text()), ("arguments", text())]))])
        }

        mutating func choice() -> String {
            object([
                ("index", pick(["0", "0", "1"])), ("finish_reason", pick(["null", text()])),
                (
                    "delta",
                    object([
                        ("role", text()), ("content", pick(["null", text()])), ("reasoning_content", text()),
                        ("reasoning", text()), ("tool_calls", "[\(call()),\(call())]"),
                    ])
                ),
            ])
        }

        mutating func record() -> String {
            object([
                ("model", text()), ("system_fingerprint", text()),
                ("choices", pick(["[\(choice())]", "[\(choice()),\(choice())]", "[]"])),
                (
                    "usage",
                    object([
                        ("prompt_tokens", number()), ("completion_tokens", number()),
                        ("prompt_tokens_details", object([("cached_tokens", number())])),
                        ("completion_tokens_details", object([("reasoning_tokens", number())])),
                    ])
                ),
                ("timings", object([("predicted_n", number()), ("predicted_per_second", number())])),
                ("error", pick(["null", "null", "null", text(), object([("message", text()), ("code", number())])])),
            ])
        }
    }

    @Test func `every field is what another parser finds there`() {
        let wanted = (ProcessInfo.processInfo.environment["POISE_FUZZ"].flatMap { Int($0) } ?? 50_000) / 25
        var generator = Generator()
        var taken = 0
        for _ in 0..<wanted {
            let text = generator.record()
            let bytes = Array(text.utf8)
            let (ours, theirs) = (scanned(bytes), parsed(bytes))
            if ours != nil { taken += 1 }
            #expect(ours == theirs, "\(text)")
        }
        #expect(taken > wanted / 3)
    }
}
