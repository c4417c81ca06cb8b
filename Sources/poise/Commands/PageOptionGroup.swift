import ArgumentParser
import PoiseCore

/// What of the texts stands on a page that is written.
struct PageOptionGroup: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Whose prompts and responses stand on the page: all, as many as there is room for; failures, samples that some "
                + "candidate got wrong or that lack a score; or none.", valueName: "none|failures|all"))
    var transcripts = PageOptions.Transcripts.all

    @Flag(
        inversion: .prefixedNo,
        help: """
            Black out e-mail addresses, telephone numbers, keys and tokens, card numbers, IBANs and IP addresses on the \
            page; the database keeps them.
            """)
    var redact = true

    @Option(
        help: ArgumentHelp(
            "Black out this too, a regular expression (ICU); repeatable, and not switched off by --no-redact.",
            valueName: "regex"),
        transform: Self.pattern)
    var redactPattern: [RedactionPattern] = []

    var options: PageOptions {
        PageOptions(transcripts: transcripts, redacts: redact, patterns: redactPattern)
    }

    /// The same on the command line of another process.
    var arguments: [String] {
        ["--transcripts", transcripts.rawValue, redact ? "--redact" : "--no-redact"]
            + redactPattern.map { "--redact-pattern=\($0.text)" }
    }

    private static func pattern(_ text: String) throws -> RedactionPattern {
        do {
            return try RedactionPattern(text)
        } catch {
            let place = error.place.map { ", at \($0)" } ?? ""
            throw ValidationError("\(error.what)\(place). \(error.remedy ?? "")")
        }
    }
}

extension PageOptions.Transcripts: ExpressibleByArgument {}
