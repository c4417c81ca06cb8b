import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct HTMLReportTests {
    private func between(_ start: String, _ end: String, in text: String) throws -> String {
        let from = try #require(text.range(of: start))
        let to = try #require(text.range(of: end, range: from.upperBound..<text.endIndex))
        return String(text[from.upperBound..<to.lowerBound])
    }

    @Test func `the policy names the style by its hash and allows nothing else`() throws {
        let page = try HTMLReport.page(Demo.content())
        let style = try between("<style>", "</style>", in: page)
        let policy = try between("http-equiv=\"Content-Security-Policy\" content=\"", "\"", in: page)
            .replacingOccurrences(of: "&#39;", with: "'")
        #expect(policy.contains("style-src 'sha256-\(SHA256Digest.base64(of: style))'"))
        #expect(policy.hasPrefix("default-src 'none';"))
        #expect(!policy.contains("unsafe"))
    }

    @Test func `no style attribute, no event handler, no script but the page’s own and nothing fetched`() throws {
        let page = try HTMLReport.page(Demo.content(loads: [1, 4]))
        let markup = try between("<body>", "<script type=\"application/json\"", in: page)
        #expect(!markup.contains(" style=\""))
        #expect(!markup.contains(" src=") && !markup.contains("url(") && !markup.contains("@import"))
        #expect(!markup.contains("http"))
        #expect(!markup.contains(" onload") && !markup.contains(" onclick"))
        // The page's data, and its own script.
        #expect(page.components(separatedBy: "<script").count == 3)
        #expect(markup.components(separatedBy: "href=\"").dropFirst().allSatisfy { $0.hasPrefix("#") })
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "\"\u{301} onmouseover=\u{301}x", "</style><b>",
        "{{title}}{{{data}}}", "'&amp;<!--",
    ])
    func `a name from outside stays a name`(name: String) throws {
        var content = Demo.content(
            points: [
                Demo.point(name, "q<4", correct: 300, speed: 10, onFront: true, probability: 1),
                Demo.point("plain", name, correct: 100, speed: 5),
            ],
            warnings: [name]
        )
        content.suite.name = name
        content.suite.description = name
        content.tasks = [TaskSummary(name: "add", title: name, sampleCount: 3)]
        content.responses["plain@\(name)"]?.failures = [name: 2]
        let page = try HTMLReport.page(content)
        let body = try between("<body>", "<script type=\"application/json\"", in: page)
        #expect(!body.contains("<script") && !body.contains("<!--") && !body.contains("</style>"))
        // Every quotation mark of the markup opens or closes an attribute that the template wrote.
        let clean = try HTMLReport.page(
            Demo.content(points: [
                Demo.point("a", "b", correct: 300, speed: 10), Demo.point("c", "d", correct: 1, speed: 5),
            ])
        )
        let attributes = { (text: String) in
            Set(text.matches(of: /\s([a-zA-Z-]+)=["']/).map { String($0.output.1) })
        }
        #expect(attributes(body).isSubset(of: attributes(clean).union(["title", "aria-label"])))
    }

    @Test func `the data at the end is JSON, closes nothing and holds no directory of the machine`() throws {
        var content = Demo.content(points: [Demo.point("</script><!--", "q4_0", correct: 0, speed: 10)])
        content.points = Demo.withFront(content.points)
        let page = try HTMLReport.page(content)
        let data = try between("<script type=\"application/json\" id=\"data\">", "</script>", in: page)
        #expect(!data.contains("<"))
        let value = try JSONValue(parsing: data)
        #expect(value["points"]?.array?.first?["candidate"]?.string == "</script><!--@q4_0")
        #expect(value["points"]?.array?.first?["timeToCorrectIsInfinite"]?.bool == true)
        #expect(value["version"]?.number == 1)
        #expect(!page.contains("/somewhere/private"))
    }

    @Test func `each load has its front, one under the other`() throws {
        let page = try HTMLReport.page(Demo.content(loads: [1, 4]))
        #expect(page.contains("id=\"front\"") && page.contains("id=\"front-2\""))
        #expect(page.contains("on the front, one request at a time</h2>"))
        #expect(page.contains("on the front, 4 requests in flight</h2>"))
        let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `every link leads to something`() throws {
        for content in [Demo.content(loads: [1, 4]), Demo.random(count: 1, seed: 1), Demo.content(points: [])] {
            let page = try HTMLReport.page(content)
            let ids = Set(page.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) })
            let links = Set(page.matches(of: /href="#([^"]*)"/).map { String($0.output.1) })
            #expect(links.subtracting(ids) == [])
        }
    }

    @Test func `runs that are simulated or cut short say so at the top`() throws {
        #expect(try HTMLReport.page(Demo.content(isSimulated: true)).contains("<b>Simulated</b>"))
        let cut = Demo.content(points: Demo.content().points, status: .interrupted)
        #expect(try HTMLReport.page(cut).contains("<b>Interrupted</b>"))
        #expect(try !HTMLReport.page(Demo.content()).contains("class=\"notice\""))
    }

    @Test func `a page is made of any content`() throws {
        for count in 0...6 {
            #expect(try HTMLReport.page(Demo.random(count: count, seed: 8)).hasSuffix("</html>\n"))
        }
        let unscored = Demo.content(points: [Demo.point("a", "f16", n: 0, correct: 0, speed: nil)])
        #expect(try HTMLReport.page(unscored).contains("Nothing could be scored or timed."))
    }

    @Test func `numbers that should not be there break nothing`() throws {
        let good = Demo.point("b", "f16", correct: 5, speed: 20, onFront: true)
        let odd = [(Double.nan, 5.0), (.infinity, 5), (-1, 5), (0.5, .nan), (0.5, .infinity), (0.5, 0), (0.5, -3)]
            .enumerated()
            .map { index, pair in
                FrontPoint(
                    candidate: "a\(index)", model: "a\(index)", quantization: nil, load: 1, n: 4, unscored: 0,
                    accuracy: pair.0, accuracyLow: -.infinity, accuracyHigh: .nan, accuracyMethod: nil,
                    decodeTPS: pair.1, decodeTPSLow: 0, decodeTPSHigh: .infinity, decodeTPSMethod: nil,
                    decodeTPSTrials: 0, ttft: .nan, ttfo: nil, latency: -1, timeToCorrect: .nan, onFront: true,
                    frontProbability: .nan
                )
            }
        var content = Demo.content(points: odd + [good])
        content.candidates += content.candidates
        #expect(try HTMLReport.page(content).contains("b at f16"))
        #expect(FrontChart.svgFile(content, load: 1).hasSuffix("</svg>\n"))
        #expect(FrontTable.text(content, width: 80).contains("b@f16"))
        #expect(!FrontPlot.text(content, load: 1, width: 80).isEmpty)
        #expect(try JSONValue(parsing: FrontJSON.text(content))["points"]?.array?.count == 8)
        #expect(!FrontCSV.text(content).isEmpty)
    }

    @Test func `nothing correct is infinite, nothing scored is a dash, neither is 0`() throws {
        let content = Demo.content(points: [
            Demo.point("a", "f16", correct: 0, speed: 10), Demo.point("b", "f16", n: 0, correct: 0, speed: 20),
        ])
        let table = CandidateTable(
            content, FrontView(content, load: 1), FrontView(content, load: 1).candidates, anchors: [:])
        #expect(table.rows.map(\.correct) == ["∞", "–"])
        #expect(table.rows.map(\.right) == ["0.0", "–"])
        #expect(table.rows.map(\.rightRange).last == "")
        #expect(table.rows.map(\.unscored) == ["", "440"])
    }

    @Test func `the same content gives the same bytes`() throws {
        #expect(try HTMLReport.page(Demo.content(loads: [1, 4])) == HTMLReport.page(Demo.content(loads: [1, 4])))
    }

    // MARK: Several machines

    @Test func `each machine has fronts, a table of loads and methods of its own`() throws {
        let page = try HTMLReport.page(Demo.twoMachines())
        #expect(page.contains("Speeds of different machines never share a front"))
        #expect(page.contains("on the front, one request at a time, on machine A</h2>"))
        #expect(page.contains("a second, arriving at random, on machine B</h2>"))
        #expect(page.components(separatedBy: "id=\"front").count == 7)
        #expect(page.components(separatedBy: "id=\"loads").count == 3)
        #expect(page.components(separatedBy: "id=\"methods").count == 3)
        let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count)
        let links = Set(page.matches(of: /href="#([^"]*)"/).map { String($0.output.1) })
        #expect(links.subtracting(ids) == [])
    }

    @Test func `one machine is not told apart from anything`() throws {
        let page = try HTMLReport.page(Demo.content(loads: [1, 4]))
        #expect(!page.contains("machine A") && !page.contains("Machine A") && !page.contains("never share a front"))
    }
}
