import PoiseCore

@testable import PoiseGrading

extension FuzzTarget {
    /// Replies of a judge, who quotes what hostile answers told it: a grade is of the menu, and the last one counts.
    static let grades = FuzzTarget(name: "grades") { bytes in
        let reply = String(decoding: bytes, as: UTF8.self)
        let menu = menus[Int(Pieces.digest(bytes) % UInt64(menus.count))]
        for line in [GradeLine.read(reply, menu: menu), GradeLine.readJSON(reply, menu: menu)] {
            if case .grade(let grade) = line { try promise(menu.contains(grade), "\(grade) is not of \(menu)") }
        }
        let last = menu[menu.count - 1]
        try promiseEqual(
            GradeLine.read(reply + "\n\nGRADE: \(last)\n", menu: menu), .grade(last), "a grade at the end")
    }

    private static let menus = [["C", "I"], ["C", "P", "I"], ["1", "2", "3", "4", "5"], ["good", "bad"]]

    /// What leaves the database without what looks personal: whole characters are blacked out, and the same each time.
    static let redaction = FuzzTarget(name: "redaction") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        var redaction = Redaction()
        let redacted = redaction.redacting(text)
        try promiseEqual(redaction.redacting(text), redacted, "blacked out again")
        let replaced: Unicode.Scalar = "\u{FFFD}"
        try promise(
            redacted.unicodeScalars.count { $0 == replaced } <= text.unicodeScalars.count { $0 == replaced },
            "a character was cut in two: \(redacted)")
    }
}
