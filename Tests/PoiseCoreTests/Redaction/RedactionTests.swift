import Foundation
import PoiseCore
import Testing

struct RedactionTests {
    /// A text of the table with and without its marks, and how many finds it has.
    private static func parts(of example: String, _ kind: RedactedKind) -> (text: String, clean: String, count: Int) {
        let text = example.filter { $0 != "‹" && $0 != "›" }
        var clean = ""
        var (isInside, count) = (false, 0)
        for character in example {
            switch character {
            case "‹":
                (isInside, count) = (true, count + 1)
                clean += kind.replacement
            case "›": isInside = false
            default: if !isInside { clean.append(character) }
            }
        }
        return (text, clean, count)
    }

    @Test(arguments: RedactionExamples.found.flatMap { kind, texts in texts.map { (kind, $0) } })
    func `what has the shape of a secret is replaced by its kind and nothing else is touched`(
        kind: RedactedKind, example: String
    ) {
        let (text, clean, count) = Self.parts(of: example, kind)
        var redaction = Redaction()
        #expect(redaction.redacting(text) == clean)
        #expect(redaction.counts[kind] == count && redaction.counts.total == count)
    }

    @Test(arguments: RedactionExamples.clean)
    func `what only looks a little like one stays`(text: String) {
        var redaction = Redaction()
        #expect(redaction.redacting(text) == text)
        #expect(redaction.counts.total == 0)
    }

    @Test func `a text may hold several kinds, which are counted apart`() {
        var redaction = Redaction()
        let text = redaction.redacting("jane@example.com, +49 30 123456 and 10.0.0.1; again jane@example.com")
        #expect(text == "[e-mail], [phone number] and [IP address]; again [e-mail]")
        #expect(redaction.counts[.email] == 2 && redaction.counts[.phone] == 1 && redaction.counts[.ipAddress] == 1)
        _ = redaction.redacting("jane@example.com")
        #expect(redaction.counts[.email] == 3 && redaction.counts.total == 5)
    }

    @Test func `what is blacked out is not found again`() {
        for kind in RedactedKind.allCases {
            var redaction = Redaction()
            #expect(redaction.redacting("a \(kind.replacement) b") == "a \(kind.replacement) b")
        }
    }

    @Test func `without rules nothing changes`() {
        var redaction = Redaction.none
        #expect(redaction.isIdle && redaction.redacting("jane@example.com") == "jane@example.com")
        #expect(redaction.counts.total == 0)
    }

    @Test(arguments: [
        "a", "1", "1 ", "+", "@", "a@", "@a.", ".", ":", "1:", "::", "-", "--", "=", "token=", "token=a1", "eyJ",
        "eyJ.", "sk-",
        "SG.", "SG.1", "(1", "0", "01 ", "+1", "DE89", "Bearer ", "://", "a://b:", "phone ", "phone 1 ", "1.1.",
        "4111 ", "é",
        "-----BEGIN PRIVATE KEY-----",
    ])
    func `the time grows with the length of the text and no faster`(piece: String) {
        let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
        var redaction = Redaction()
        let clock = ContinuousClock()
        let time = clock.measure { _ = redaction.redacting(text) }
        // An optimized build takes some hundredths of a second, an unoptimized one at most a second or two; anything
        // quadratic takes minutes.
        #expect(time < .seconds(20))
    }

    // MARK: - Patterns of the user's own

    @Test func `a pattern of the user's own comes first and is counted as such`() throws {
        var redaction = Redaction(patterns: [try RedactionPattern("[A-Z]{3}-\\d+"), try RedactionPattern("Jane")])
        #expect(redaction.redacting("Jane has ABC-12, jane@example.com") == "[redacted] has [redacted], [e-mail]")
        #expect(redaction.counts[.pattern] == 2 && redaction.counts[.email] == 1)
        var own = Redaction(hasOwnRules: false, patterns: [try RedactionPattern("é.")])
        #expect(own.redacting("aéb jane@example.com") == "a[redacted] jane@example.com")
    }

    @Test func `finds that overlap are blacked out to the end of both`() throws {
        var redaction = Redaction(patterns: [try RedactionPattern("to jane@exa")])
        #expect(redaction.redacting("write to jane@example.com now") == "write [redacted] now")
        #expect(redaction.counts.total == 1 && redaction.counts[.pattern] == 1)
        var own = Redaction(
            hasOwnRules: false, patterns: [try RedactionPattern("bc"), try RedactionPattern("ab|cd|de")])
        #expect(own.redacting("xabcdey") == "x[redacted]ey")
    }

    @Test func `a pattern that is wrong says what and where`() {
        let wrong: [(String, String, Int?)] = [
            ("a(b", "the bracket ( is never closed", 2), ("a[b", "the bracket [ is never closed", 2),
            ("a)b", "a bracket closes that was never opened", 2), ("*a", "there is nothing before “*” to repeat", 1),
            ("(|+)", "there is nothing before “+” to repeat", 3), ("ab\\", "it ends in a backslash", 3),
            ("", "it is empty", nil),
            ("a*", "it matches an empty text, so everywhere", nil), ("a{2,1}", "its syntax is wrong", nil),
        ]
        for (pattern, reason, character) in wrong {
            do throws(RedactionPattern.Malformed) {
                _ = try RedactionPattern(pattern)
                Issue.record("\(pattern) was taken")
            } catch {
                #expect(error.reason == reason && error.character == character)
                #expect(error.what.contains("“\(pattern)”") && error.remedy != nil)
            }
        }
    }

    @Test func `where a pattern cannot be searched to the end the whole text is blacked out`() throws {
        var redaction = Redaction(patterns: [try RedactionPattern("(a+)+$")])
        #expect(redaction.redacting(String(repeating: "a", count: 60) + "!") == "[redacted]")
    }
}
