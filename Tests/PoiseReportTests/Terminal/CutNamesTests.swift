import Testing

@testable import PoiseReport

struct CutNamesTests {
    @Test func `names that fit stay as they are`() {
        #expect(CutNames.fitted(["tiny-m@q4_0", "a"], to: 11) == ["tiny-m@q4_0", "a"])
        #expect(CutNames.fitted([], to: 8) == [])
    }

    @Test func `what comes after a shared beginning stays`() {
        let names = ["organisation/model-instruct@q8_0", "organisation/model-instruct@f16"]
        #expect(CutNames.fitted(names, to: 14) == ["organis…t@q8_0", "organis…ct@f16"])
    }

    @Test(arguments: [
        ["a-very-long-name-that-ends-alike", "b-very-long-name-that-ends-alike"],
        ["the-same-beginning-X-the-same-end", "the-same-beginning-Y-the-same-end"],
        ["the-same-beginning-of-both-1", "the-same-beginning-of-both-2", "short"],
    ])
    func `names that differ stay apart and fit`(names: [String]) {
        for columns in 8..<30 {
            let cut = CutNames.fitted(names, to: columns)
            #expect(Set(cut).count == names.count, "\(columns): \(cut)")
            #expect(cut.allSatisfy { TerminalText.width($0) <= columns }, "\(columns): \(cut)")
        }
    }

    @Test func `wide characters take two columns`() {
        let cut = CutNames.fitted(["模型模型模型模型@q4", "模型模型模型模型@q8"], to: 9)
        #expect(cut.allSatisfy { TerminalText.width($0) <= 9 })
        #expect(Set(cut).count == 2)
    }
}
