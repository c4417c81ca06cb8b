import Testing

@testable import PoiseReport

struct CodeFencesTests {
    private func parts(_ text: String) -> [String] {
        CodeFences.parts(of: text).map { "\($0.isCode ? "code" : "prose") \($0.start) \($0.text)" }
    }

    @Test func `a text without fences is one part`() {
        #expect(parts("It is 4.\nSurely.") == ["prose 0 It is 4.\nSurely."])
        #expect(parts("") == [])
    }

    @Test func `fences part prose from code and belong to neither`() {
        #expect(
            parts("So:\n```swift\nlet x = 1\n```\nDone.") == ["prose 0 So:\n", "code 13 let x = 1\n", "prose 27 Done."])
    }

    @Test func `a fence that is never closed runs to the end`() {
        #expect(parts("~~~\na\n```\nb") == ["code 4 a\n```\nb"])
    }

    @Test func `backticks within a line are prose`() {
        #expect(parts("```x``` is code") == ["prose 0 ```x``` is code"])
        #expect(parts("use ```` ``` ````") == ["prose 0 use ```` ``` ````"])
    }

    @Test func `places are counted in scalars`() {
        #expect(parts("👩‍🚀\r\n```\r\nx") == ["prose 0 👩‍🚀\r\n", "code 10 x"])
    }
}
