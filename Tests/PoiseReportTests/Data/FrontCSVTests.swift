import PoiseCore
import Testing

@testable import PoiseReport

struct FrontCSVTests {
    @Test func `the header and every row have the same fields`() {
        let lines = FrontCSV.text(Demo.content(loads: [1, 4])).split(separator: "\n")
        #expect(lines.count == 27)
        #expect(lines[0].hasSuffix(",onFront,frontProbability,queueDelay,throughput,machine,cachedResponses"))
        #expect(Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [26])
        #expect(
            FrontCSV.text(Demo.content(points: [])).hasPrefix(
                "run,candidate,model,quantization,load,n,unscored,accuracy,"))
    }

    @Test func `names are quoted, undefined is empty, infinity is said`() {
        let points = [
            Demo.point("a,\"b\"\r\n", nil, n: 0, correct: 0, speed: nil), Demo.point("c", "f16", correct: 0, speed: 5),
        ]
        let text = FrontCSV.text(Demo.content(points: points))
        #expect(text.contains("\"a,\"\"b\"\"\r\n\",\"a,\"\"b\"\"\r\n\",,1,0,440,,,,"))
        #expect(text.contains(",Infinity,false,,,4,"))
    }

    @Test func `a rate is a text, and each row names its machine`() {
        let lines = FrontCSV.text(Demo.twoMachines()).split(separator: "\n")
        #expect(lines.count == 1 + 39 + 30)
        #expect(lines.count { $0.contains(",5/s,") } == 13 + 10)
        #expect(lines.count { $0.contains("NVIDIA L4") && $0.hasPrefix("20261122-") } == 30)
    }
}
