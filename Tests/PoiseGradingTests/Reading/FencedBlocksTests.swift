import Testing

@testable import PoiseGrading

@Suite struct FencedBlocksTests {
    @Test(
        arguments: [
            ("", []), ("no fence", []), ("```\na\nb\n```", ["a\nb"]), ("```json\n{}\n```\n~~~\nx\n~~~", ["{}", "x"]),
            ("````\n```\n````", ["```"]), ("~~~\n```\n~~~", ["```"]), ("```\ncut", ["cut"]),
            ("  ```\n  a\n  ```", ["  a"]),
            ("```inline``` code", []), ("``\nno\n``", []), ("```\r\na\r\n```\r\n", ["a"]), ("```", [""]),
        ] as [(String, [String])])
    func `the contents of the fences, in order`(_ text: String, _ blocks: [String]) {
        #expect(fencedBlocks(in: text) == blocks)
    }
}
