import Testing

@testable import PoiseReport

struct FindingListTests {
    private static let groups = [
        FindingGroup(
            title: "Machine",
            findings: [
                Finding("clock", .ok, "steps of 20 ns by tsc", figures: ["clockStep": 0.00002]),
                Finding(
                    "other load", .warning, "others keep 2.1 of 2 cores busy (cc1plus 1.9); load average 4.00",
                    remedy: "End what else runs before you measure, or wait until it is through."),
                Finding("governor", .skipped, "the kernel shows none here"),
            ]),
        FindingGroup(
            title: "Disk",
            findings: [
                Finding("folder", .failed, "/data cannot be written to", remedy: "Take another folder with --db")
            ]),
    ]

    @Test func `a sign and its word, the check, what was found, and below it what to do`() {
        let text = FindingList.text(Self.groups, width: 80, color: false)
        #expect(
            text == """
                Machine
                  ✓ ok       clock       steps of 20 ns by tsc
                  ! warning  other load  others keep 2.1 of 2 cores busy (cc1plus 1.9); load
                                         average 4.00
                                         → End what else runs before you measure, or wait until
                                           it is through.
                  – skipped  governor    the kernel shows none here

                Disk
                  ✗ failed   folder      /data cannot be written to
                                         → Take another folder with --db

                1 ok, 1 warning, 1 failed, 1 skipped

                """)
    }

    @Test(arguments: [50, 80, 200])
    func `no line is wider than the terminal, and none is drawn out beyond what can be read`(width: Int) {
        let lines = FindingList.text(Self.groups, width: width, color: false).split(separator: "\n")
        #expect(lines.allSatisfy { TerminalText.width(String($0)) <= min(width, 120) })
    }

    @Test func `colour stands on signs and headings, and takes nothing from the text`() {
        let plain = FindingList.text(Self.groups, width: 80, color: false)
        let coloured = FindingList.text(Self.groups, width: 80, color: true)
        #expect(coloured.contains("\u{1B}[33m! warning"))
        #expect(coloured.contains("\u{1B}[1;31m✗ failed"))
        #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
    }

    @Test func `a path stays whole, so that it can be copied`() {
        let path = "/srv/" + String(repeating: "deep/", count: 20) + "poise.sqlite"
        let finding = Finding("permissions", .warning, "others can read it", remedy: "chmod 600 \(path)")
        let text = FindingList.text([FindingGroup(title: "Database", findings: [finding])], width: 60, color: false)
        #expect(text.contains(path))
    }

    @Test func `of one of many, what is well takes one line; verbose tells all`() {
        let many = [
            FindingGroup(
                title: "a", findings: [Finding("usage", .ok, "12 in"), Finding("seed", .ok, "same")], isOneOfMany: true)
        ]
        let text = FindingList.text(many, width: 80, color: false)
        #expect(text.contains("✓ ok       2 checks  usage and seed"))
        #expect(text.hasSuffix("2 ok, 0 warnings, 0 failed\n"))
        #expect(FindingList.text(many, width: 80, color: false, isVerbose: true).contains("seed   same"))
    }

    @Test func `what a server says moves no cursor`() {
        let finding = Finding("answer", .failed, "h said \u{1B}[2Jgone\nand more", remedy: "See \u{7} its log.")
        let text = FindingList.text([FindingGroup(title: "x\u{1B}", findings: [finding])], width: 80, color: false)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
}
