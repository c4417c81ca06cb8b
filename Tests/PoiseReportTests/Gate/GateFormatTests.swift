import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

#if canImport(FoundationXML)
    import FoundationXML
#endif

struct GateFormatTests {
    @Test func `JSON has every number in its own unit, and null where there is none`() throws {
        let document = try JSONValue(parsing: GateJSON.text(GateReports.all))
        #expect(document["verdict"] == .string("fail"))
        #expect(document["countsAs"] == .string("fail"))
        #expect(document["seed"] == .string("18446744073709551615"))
        #expect(document["candidates"]?.array?.map { $0["verdict"] } == [.string("inconclusive"), .string("fail")])
        let results = try #require(document["results"]?.array)
        #expect(results.count == 4)
        #expect(results[0]["estimate"] == .number(-0.0044))
        #expect(results[0]["limit"] == .string("nonInferior"))
        #expect(results[0]["bound"] == .number(-0.03))
        #expect(results[0]["margin"] == .number(0.03))
        #expect(results[2]["margin"] == .null)
        #expect(results[2]["toSpare"] == .number(-800))
        #expect(results[1]["samplesToDecide"] == .number(900))
        #expect(results[2]["estimate"] == .number(1300))
        #expect(results[2]["quantile"] == .number(0.95))
        #expect(results[3]["estimate"] == .null)
        #expect(results[3]["limit"] == .string("atLeastOfBaseline"))
        #expect(results[3]["reasons"]?.array?.count == 1)
    }

    @Test func `neither annotations nor Markdown hand on control characters, addresses, formulas and emoji`() {
        var odd = GateReports.failing
        odd.reasons = [.taskNotAsked("\u{1B}[31m\u{7} https://example.org www.example.org $x$ :x: a:b")]
        let report = GateReports.report([odd])
        let annotations = GateAnnotations.text(report)
        #expect(!annotations.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
        let markdown = GateMarkdown.text(report)
        for found in ["https://", "www.", "$x", ":x:", "\u{1B}", "\u{7}"] { #expect(!markdown.contains(found)) }
        #expect(markdown.contains("https&#58;&#8203;//example.org"))
    }

    @Test func `Markdown is one table with a row for each rule, and names are no markup`() throws {
        var odd = GateReports.passing
        odd.reasons = [.taskNotAsked("<b>|*x* @someone [a](b)")]
        let text = GateMarkdown.text(GateReports.report([odd, GateReports.open, GateReports.failing]))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(rows.count == 2 + 3)
        #expect(rows.allSatisfy { $0.split(separator: "|").count == 10 })
        #expect(text.hasPrefix("## Poise gate: failed\n"))
        #expect(text.contains("| **inconclusive** | m@q8_0 | length_capped at most 1% | 0.2% | 0.0–1.2 |"))
        #expect(text.contains("&#60;b&#62;&#124;&#42;x&#42; &#64;&#8203;someone &#91;a&#93;(b)"))
    }

    @Test func `annotations escape what GitHub would read as its own`() {
        var odd = GateReports.failing
        odd.reasons = [.taskNotAsked("50%\r\nnext, and: more")]
        let lines = GateAnnotations.text(GateReports.report([odd, GateReports.open, GateReports.passing]))
            .split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        #expect(
            lines[0].hasPrefix(
                "::error title=m@tq2_0%3A p95 of ttfo%2C task add%2C at most 500 ms%3A fail::1.30 s (95%25: 1.20–1.40),"
            ))
        #expect(lines[0].contains("50%25%0D%0Anext, and: more"))
        #expect(lines[1].hasPrefix("::warning title=m@q8_0%3A length_capped at most 1%25%3A inconclusive::"))
        #expect(lines[2].hasPrefix("::error title=Poise gate failed::Gate failed (3 rules, 2 candidates)"))
    }

    @Test func `an open gate is a warning, or what the user makes of it`() {
        let open = GateReports.report([GateReports.open])
        #expect(GateAnnotations.text(open).contains("::warning title=Poise gate inconclusive::"))
        #expect(GateAnnotations.text(open, policy: .fail).hasPrefix("::error "))
        #expect(GateAnnotations.text(open, policy: .pass).contains("::warning title=Poise gate inconclusive::"))
        #expect(
            GateAnnotations.text(GateReports.report([GateReports.passing])).contains("::notice title=Poise gate passed")
        )
    }

    // MARK: - JUnit

    /// The tree that a parser makes of a JUnit file.
    private final class Tree: NSObject, XMLParserDelegate {
        struct Element {
            let name: String
            let parent: String?
            let attributes: [String: String]
        }

        var elements: [Element] = []
        private var path: [String] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.append(Element(name: name, parent: path.last, attributes: attributes))
            path.append(name)
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            path.removeLast()
        }
    }

    private func parsed(_ text: String) throws -> [Tree.Element] {
        let tree = Tree()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = tree
        try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")\n\(text)")
        return tree.elements
    }

    /// What Jenkins' `junit-10.xsd` allows of what is written here: an element's parents, its attributes, those it needs.
    private static let schema: [String: (parents: Set<String?>, attributes: Set<String>, required: Set<String>)] = [
        "testsuites": ([nil], ["name", "time", "tests", "failures", "disabled", "errors"], []),
        "testsuite": (
            ["testsuites"],
            [
                "name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "id",
                "package", "file", "log", "url", "version",
            ], ["name"]
        ),
        "properties": (["testsuite"], [], []), "property": (["properties"], ["name", "value"], ["name", "value"]),
        "testcase": (
            ["testsuite"], ["name", "time", "classname", "group", "assertions", "status", "file", "line"], ["name"]
        ),
        "skipped": (["testcase"], ["type", "message"], []), "failure": (["testcase"], ["type", "message"], []),
        "system-out": (["testcase", "testsuite"], [], []),
    ]

    @Test(arguments: [nil, GateReport.InconclusivePolicy.fail, .pass, .warn])
    func `JUnit is what CI systems read`(policy: GateReport.InconclusivePolicy?) throws {
        var odd = GateReports.failing
        odd.reasons = [.taskNotAsked("<b> & \"c\" 'd' ]]> \u{1B}\u{0}\u{FFFF} \u{301}\"\u{301}")]
        let report = GateReports.report([GateReports.passing, GateReports.open, odd, GateReports.refused])
        let elements = try parsed(GateJUnit.text(report, policy: policy))
        for element in elements {
            let rule = try #require(Self.schema[element.name], "\(element.name)")
            #expect(rule.parents.contains(element.parent))
            #expect(rule.attributes.isSuperset(of: element.attributes.keys), "\(element)")
            #expect(rule.required.isSubset(of: element.attributes.keys))
        }
        func count(_ name: String) -> Int { elements.count { $0.name == name } }
        #expect(count("testcase") == 4)
        #expect(count("testsuite") == 2)
        #expect(count("failure") == (policy == .fail ? 3 : 1))
        #expect(count("skipped") == (policy == .fail ? 0 : 2))
        let suites = elements.filter { $0.name == "testsuite" }
        #expect(suites.map { $0.attributes["tests"] } == ["2", "2"])
        #expect(suites.map { $0.attributes["skipped"] } == (policy == .fail ? ["0", "0"] : ["1", "1"]))
        #expect(suites.map { $0.attributes["failures"] } == (policy == .fail ? ["1", "2"] : ["0", "1"]))
        let names = elements.filter { $0.name == "testcase" }.map { $0.attributes["name"] }
        #expect(Set(names).count == 4)
    }

    @Test func `a rule at several loads is a case of its own at each`() throws {
        let other = RuleResult(
            rule: GateReports.passing.rule, candidate: "m@q8_0", load: 4, verdict: .pass, estimate: 0, n: 10,
            method: .newcombe)
        let elements = try parsed(GateJUnit.text(GateReports.report([GateReports.passing, other])))
        let names = elements.filter { $0.name == "testcase" }.compactMap { $0.attributes["name"] }
        #expect(
            names == [
                "accuracy non-inferior by 3 points at load 1", "accuracy non-inferior by 3 points at load 4",
            ])
    }
}
