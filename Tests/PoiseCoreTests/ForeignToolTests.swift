import PoiseCore
import Testing

struct ForeignToolTests {
    @Test func `every tool is found by its name, however it is written`() throws {
        for tool in ForeignTool.allCases {
            #expect(try ForeignTool.named(tool.rawValue) == tool)
            #expect(try ForeignTool.named(tool.name) == tool)
        }
    }

    @Test func `an unknown name is answered with the known ones`() {
        let error = #expect(throws: UnknownForeignTool.self) { try ForeignTool.named("vlm") }
        #expect(error?.what == "the definitions of “vlm” are not known")
        #expect(error?.remedy == "Did you mean vllm? Known are vllm, aiperf, guidellm, llmperf.")
        let far = #expect(throws: UnknownForeignTool.self) { try ForeignTool.named("stopwatch") }
        #expect(far?.remedy == "Known are vllm, aiperf, guidellm, llmperf.")
        #expect(throws: UnknownForeignTool.self) { try ForeignTool.named("") }
    }
}
