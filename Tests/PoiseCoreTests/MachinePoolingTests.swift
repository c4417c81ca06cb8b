import Foundation
import PoiseCore
import Testing

@Suite struct MachinePoolingTests {
    private let small = MachineFacts(
        processor: "Small CPU", cores: 4, memory: 8 << 30, system: "Debian", systemFamily: "Linux",
        frequency: FrequencyFacts(governors: ["powersave"], driver: "acpi", boost: true), gpus: [], loadAverage: 9)
    private let large = MachineFacts(
        processor: "Large CPU", cores: 64, memory: 512 << 30, system: "Debian", systemFamily: "Linux", gpus: [])

    @Test func `machines of one kind are that machine`() throws {
        let busy = MachineFacts(
            processor: "Small CPU", cores: 4, memory: 8 << 30, system: "Debian 13", systemFamily: "Linux", gpus: [])
        #expect(MachineFacts(pooling: [small, busy, small]) == small)
        #expect(MachineFacts(pooling: []) == nil)
    }

    @Test func `several kinds are a kind of their own, whatever their order`() throws {
        let pooled = try #require(MachineFacts(pooling: [small, large, small]))
        let other = try #require(MachineFacts(pooling: [large, small]))
        #expect(pooled.pooled == [small, large])
        #expect(pooled.identity == other.identity)
        #expect(pooled.identity == "pooled: \(large.identity) | \(small.identity)")
        #expect(![small.identity, large.identity].contains(pooled.identity))
        #expect(pooled.summary == "2 kinds of machine: \(small.summary) and \(large.summary)")
    }

    @Test func `what is said of the whole is the least of its parts, and the cautions are those of all`() throws {
        let pooled = try #require(MachineFacts(pooling: [small, large]))
        #expect(pooled.processor == "Small CPU and Large CPU" && pooled.system == "Debian")
        #expect(pooled.cores == 4 && pooled.memory == 8 << 30)
        #expect(pooled.frequency?.governors == ["powersave"])
        #expect(pooled.cautions == small.cautions && !small.cautions.isEmpty)
    }

    @Test func `pooling what was pooled adds kinds, and never nests them`() throws {
        let third = MachineFacts(processor: "Third CPU", cores: 8, memory: 1 << 35, system: "Debian")
        let pooled = try #require(MachineFacts(pooling: [small, large]))
        #expect(MachineFacts(pooling: [pooled, third, large])?.pooled == [small, large, third])
    }

    @Test func `facts of before are read, and a single machine is stored as it always was`() throws {
        let text = String(decoding: try JSONEncoder().encode(large), as: UTF8.self)
        #expect(!text.contains("pooled"))
        #expect(try JSONDecoder().decode(MachineFacts.self, from: Data(text.utf8)) == large)
        let pooled = try #require(MachineFacts(pooling: [small, large]))
        #expect(try JSONDecoder().decode(MachineFacts.self, from: try JSONEncoder().encode(pooled)) == pooled)
    }
}
