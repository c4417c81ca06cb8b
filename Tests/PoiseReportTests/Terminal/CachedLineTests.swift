import Foundation
import PoiseCore
import PoiseReport
import Testing

@Suite struct CachedLineTests {
    private func content(_ cached: [String: [Load: Int]], responses: [String: Int] = [:]) -> ReportContent {
        var content = Demo.content()
        content.cachedResponses = cached
        content.responses = responses.mapValues { ResponseFacts(responses: $0) }
        return content
    }

    private var names: [String] { Demo.content().candidates.map(\.id) }

    @Test func `a run that generated all of its responses says nothing of a cache`() {
        #expect(CachedLine.text(content([:]), width: 100) == "")
    }

    @Test func `each candidate says how many of its responses are from the cache, over all loads`() {
        let text = CachedLine.text(content([names[0]: [1: 400, 4: 12]], responses: [names[0]: 1457]), width: 120)
        #expect(
            text == "\(names[0]): 412 of 1,457 responses are from the cache, with a score and without a speed.\n")
        let unknown = CachedLine.text(content([names[1]: [1: 3]]), width: 120)
        #expect(unknown == "\(names[1]): 3 responses are from the cache, with a score and without a speed.\n")
    }

    @Test func `many candidates are summed up, and lines fit the terminal`() {
        let five = Array(names.prefix(5))
        #expect(five.count == 5)
        let cached = Dictionary(uniqueKeysWithValues: five.map { ($0, [Load.concurrency(1): 10]) })
        let text = CachedLine.text(
            content(cached, responses: Dictionary(uniqueKeysWithValues: five.map { ($0, 20) })), width: 40)
        #expect(
            text.replacingOccurrences(of: "\n", with: " ").hasPrefix("50 of 100 responses of 5 candidates are from"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 40 })
    }
}
