import PoiseCore
import Testing

@testable import PoiseReport

struct MethodsViewTests {
    @Test func `failures are counted by kind, in a stable order`() {
        var content = Demo.content()
        content.responses["tiny-s@f16"]?.failures = ["timedOut": 2, "refused": 1, "malformed": 0]
        let table = ResponseTable(content, FrontView(content, load: 1), isFirst: true)
        let row = table.rows.first { $0.name == "tiny-s@f16" }
        #expect(row?.counts.failed == "3: 1 refused, 2 timedOut" && row?.counts.failedSort == "3")
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

    @Test func `definitions hold for every machine of the page, what only the second one did too`() {
        var whole = Demo.content()
        whole.otherMachines = [Demo.content(loads: [.rate(perSecond: 5, arrivals: .poisson)])]
        let first = whole.parts[0]
        #expect(!MethodsView(first).definitions.contains { $0.name == "queueDelay" })
        let definitions = MethodsView(first, whole: whole).definitions
        #expect(definitions.contains { $0.name == "queueDelay" })
        #expect(definitions.first { $0.name == "ttft" }?.text.contains("scheduled") == true)
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

    @Test func `all that is known of the machine is said`() {
        var content = Demo.content()
        content.run = Demo.twoMachines().otherMachines[0].run
        let facts = Dictionary(uniqueKeysWithValues: MethodsView(content).facts.map { ($0.name, $0.text) })
        #expect(facts["cores"] == "64 logical cores, 32 physical, of which this run could use 16")
        #expect(facts["GPUs"] == "NVIDIA L4 (24.2 GB, nvidia 570.124.06, at most 72 W)")
        #expect(facts["clock"] == "governor schedutil, driver amd-pstate, boost on")
        #expect(facts["power"] == "mains, profile performance")
        #expect(facts["hardware"] == "guest of KVM, in Docker")
        #expect(facts["system"] == "Debian GNU/Linux 12 (bookworm), kernel 6.1.0-28-amd64, x86_64")
        #expect(facts["client"] == "Poise 0.1.0, libcurl/7.88.1")
    }

    @Test func `a service's speed is not the machine's`() {
        var content = Demo.content()
        #expect(!MethodsView(content).facts.contains { $0.name == "services" })
        content.candidates[0].service = "api.example.com"
        #expect(
            MethodsView(content).facts.first { $0.name == "services" }?.text
                == "the speed of tiny-xs@f16 is that of a service as seen from this machine, the network included"
                + " (api.example.com); what it runs on is not known")
    }

    @Test func `how requests were asked is said where it was set`() {
        var content = Demo.content()
        #expect(!MethodsView(content).facts.contains { $0.name == "asking" })
        content.settings = RunSettings(
            stop: StopCondition(requests: 200, precision: 0.05), hasUniquePrefix: true, candidatesAtOnce: 2)
        #expect(
            MethodsView(content).facts.first { $0.name == "asking" }?.text
                == "each load ends with 200 requests or a speed known to ±5%, whichever comes first; each request begins with"
                + " words of its own, so that no prompt cache helps; 2 candidates at once")
    }

    @Test func `times at a rate are defined from the scheduled start`() {
        let open = MethodsView(Demo.content(loads: [.rate(perSecond: 5, arrivals: .poisson)])).definitions
        #expect(open.first { $0.name == "ttft" }?.text.contains("at an arrival rate − scheduled") == true)
        #expect(open.contains { $0.name == "queueDelay" } && open.contains { $0.name == "throughput" })
        let closed = MethodsView(Demo.content()).definitions
        #expect(closed.first { $0.name == "ttft" }?.text.contains("scheduled") == false)
        #expect(!closed.contains { $0.name == "queueDelay" || $0.name == "throughput" })
    }
}
