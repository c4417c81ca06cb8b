import PoiseCore
import Testing

@testable import PoiseReport

struct MethodsViewTests {
    @Test func `failures are counted by kind, in a stable order`() {
        var content = Demo.content()
        content.responses["tiny-s@f16"]?.failures = ["timedOut": 2, "refused": 1, "malformed": 0]
        let row = MethodsView(content).responses.first { $0.candidate == "tiny-s@f16" }
        #expect(row?.failed == "3: 1 refused, 2 timedOut")
    }

    @Test func `directories of the machine are cut from arguments and files`() {
        let facts = EngineFacts(
            engine: "llama.cpp", build: nil,
            arguments: ["--model", "/home/someone/m.gguf", "--log=/var/log/x.log", "-t", "1", "--ratio=1/2"],
            loadTime: nil,
            modelFile: nil
        )
        #expect(EnginePrivacy.arguments(facts) == ["--model", "m.gguf", "--log=x.log", "-t", "1", "--ratio=1/2"])
        #expect(EnginePrivacy.name(of: "m.gguf") == "m.gguf")
    }

    @Test func `the method behind each number is the one that was used`() throws {
        let plain = MethodsView(Demo.content()).definitions
        #expect(plain.first { $0.name == "intervals" }?.text.contains("Wilson, one 0/1 score a sample") == true)
        #expect(plain.first { $0.name == "decodeTPS" }?.text.contains("Σ(N − n₁)") == false)
    }

    @Test func `sampling is said once where all share it`() {
        var content = Demo.content()
        let shared = MethodsView(content).facts.first { $0.name == "sampling" }
        #expect(shared?.text == "temperature 0, at most 96 tokens, seed 1")
        content.candidates[0].sampling.temperature = 0.7
        let split = MethodsView(content).facts.first { $0.name == "sampling" }
        #expect(split?.text.hasPrefix("tiny-xs@f16: temperature 0.7") == true)
    }

    @Test func `a cache that nobody told of is not called empty`() {
        var content = Demo.content()
        #expect(MethodsView(content).facts.last?.text == "0% of prompt tokens came from it (0)")
        content.responses["tiny-s@f16"]?.cachedPromptTokens = nil
        #expect(
            MethodsView(content).facts.last?.text
                == "0% of prompt tokens came from it (0); of 1 candidate the server does not say")
        for id in content.responses.keys { content.responses[id]?.cachedPromptTokens = nil }
        #expect(MethodsView(content).facts.last?.text == "the server does not say")
    }

    @Test func `a candidate that never answered does not make the others' cache unknown`() {
        var content = Demo.content()
        content.responses["tiny-s@f16"] = ResponseFacts(failures: ["refused": 880])
        #expect(MethodsView(content).facts.last?.text == "0% of prompt tokens came from it (0)")
    }

    @Test func `the server's own speed stands beside ours`() {
        let text = MethodsView(Demo.content()).facts.first { $0.name.hasPrefix("server") }?.text
        #expect(text == "our decode speed is 0.993× the server’s, median over 5,210 trials with at least 16 tokens")
    }
}
