import PoiseCore
import Testing

@testable import PoiseReport

struct FrontTableTests {
    @Test(arguments: [24, 40, 60, 80, 100, 120, 200])
    func `no line is wider than the terminal`(width: Int) {
        for content in [Demo.content(), Demo.content(loads: [1, 4]), Demo.random(count: 20, seed: 3)] {
            let lines = FrontTable.text(content, width: width).split(separator: "\n")
            #expect(lines.allSatisfy { TerminalText.width(String($0)) <= max(width, 40) })
        }
    }

    @Test func `80 columns keep what decides, 200 have all`() throws {
        let narrow = try #require(FrontTable.text(Demo.content(), width: 80).split(separator: "\n").first)
        #expect(
            narrow.split(separator: " ") == [
                "candidate", "right", "%", "95%", "n", "tok/s", "95%", "TTFT", "ms", "front",
            ])
        let wide = try #require(FrontTable.text(Demo.content(), width: 200).split(separator: "\n").first)
        #expect(wide.contains("to correct ms") && wide.contains("latency ms"))
    }

    @Test func `every candidate has a row in the suite's order, undefined is a dash`() {
        let content = Demo.content(points: [
            Demo.point("a", "f16", correct: 220, speed: 10, onFront: true, probability: 0.9999),
            Demo.point("b", "f16", n: 0, correct: 0, speed: nil),
        ])
        let lines = FrontTable.text(content, width: 120).split(separator: "\n").map(String.init)
        #expect(lines[1].hasPrefix("a@f16") && lines[1].contains("50.0") && lines[1].hasSuffix("● >99%"))
        #expect(lines[2].hasPrefix("b@f16") && lines[2].contains("–") && !lines[2].contains("0.0"))
        #expect(lines[0].contains("unscored"))
        // It is neither on the front nor beaten.
        #expect(lines[2].hasSuffix("–"))
    }

    @Test func `one long name costs nobody's columns, and keeps its ends`() throws {
        let long = String(repeating: "long", count: 25)
        let content = Demo.content(points: [
            Demo.point("a", "f16", correct: 220, speed: 10), Demo.point(long, "q8_0", correct: 20, speed: 10),
            Demo.point(long, "q4_0", correct: 20, speed: 10),
        ])
        let lines = FrontTable.text(content, width: 80).split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { TerminalText.width($0) <= 80 })
        let head = lines[0].split(separator: " ")
        #expect(head.count { $0 == "95%" } == 2 && head.contains("front"))
        #expect(lines[2].contains("…") && lines[2].contains("@q8_0") && lines[3].contains("@q4_0"))
        #expect(lines[1].hasPrefix("a@f16 "))
    }

    @Test func `a run that did not end well is named under its table`() {
        func line(_ status: RunRecord.Status) -> String {
            RunStateLine.text(
                Demo.content(points: [Demo.point("a", "f16", correct: 20, speed: 10)], status: status), width: 60)
        }
        #expect(line(.done).isEmpty)
        #expect(line(.interrupted).hasPrefix("Run 20261121-071413-tiny-ladder was interrupted"))
        #expect(line(.incomplete).contains("incomplete") && line(.running).contains("is under way"))
        #expect(line(.incomplete).split(separator: "\n").allSatisfy { $0.count <= 60 })
        var joined = Demo.content()
        joined.joinedRuns = [Demo.content(points: [], status: .interrupted).run]
        #expect(RunStateLine.text(joined, width: 80).contains("interrupted"))
    }

    @Test func `one load is cut out of a report, and an unknown one out of none`() throws {
        let both = Demo.twoMachines()
        let one = try #require(both.only(16))
        #expect(one.parts.count == 2)
        #expect(one.parts.allSatisfy { $0.allLoads == [16] && !$0.points.isEmpty })
        #expect(one.parts.flatMap(\.lags).allSatisfy { $0.load == 16 } && !one.lags.isEmpty)
        #expect(one.taskAccuracies.allSatisfy { $0.load == 16 } && !one.taskAccuracies.isEmpty)
        #expect(both.only(7) == nil)
    }

    @Test func `unscored has a column only where there is one`() {
        #expect(!FrontTable.text(Demo.content(), width: 200).contains("unscored"))
    }

    @Test func `styles only where they are wanted`() {
        #expect(!FrontTable.text(Demo.content(), width: 80).contains("\u{1B}"))
        #expect(FrontTable.text(Demo.content(), width: 80, color: true).contains("\u{1B}[1m"))
    }

    @Test func `a name cannot reach the terminal`() {
        let content = Demo.content(points: [Demo.point("a\u{1B}[2Jb\n\u{7}", "f16", correct: 20, speed: 10)])
        let text = FrontTable.text(content, width: 120)
        #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"))
        #expect(text.split(separator: "\n").count == 3)
    }

    @Test func `nothing measured is said, and no error of what was not measured`() {
        #expect(FrontTable.text(Demo.content(points: []), width: 80) == "Nothing was measured.\n")
        #expect(ClientErrorLine.text(Demo.content(points: []), width: 80).isEmpty)
        #expect(ClientErrorLine.text(Demo.content(), width: 80).contains("poise calibrate"))
    }

    @Test func `throughput stands where requests share an engine, the queue only at a rate`() {
        func heads(_ loads: [Load]) -> [String] {
            FrontTable.text(Demo.content(loads: loads), width: 200).split(separator: "\n").map(String.init)
                .filter { $0.hasPrefix("candidate") }
        }
        #expect(heads([1]).allSatisfy { !$0.contains("throughput") && !$0.contains("queue") })
        #expect(heads([1, 4]).allSatisfy { $0.contains("throughput") && !$0.contains("queue") })
        let open = heads([1, .rate(perSecond: 5, arrivals: .poisson)])
        #expect(open.map { $0.contains("queue ms") } == [false, true])
        let text = FrontTable.text(Demo.content(loads: [.rate(perSecond: 5, arrivals: .poisson)]), width: 200)
        #expect(text.contains("times count from the moment that a request was due"))
    }

    @Test func `each machine has tables of its own under its name`() {
        let lines = FrontTable.text(Demo.twoMachines(), width: 120).split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("These runs were made on machines of 2 kinds.") == true)
        #expect(lines.count { $0.hasPrefix("Machine A: x86-64 server processor") } == 1)
        #expect(lines.count { $0.hasPrefix("Machine B: AMD EPYC 9B14, 16 of 64 cores") } == 1)
        #expect(lines.count { $0.hasPrefix("candidate") } == 6)
    }
}
