import PoiseCore

/// What its reader's page may hold of the texts.
struct PageOptions: Sendable {
    /// Whose prompts and responses stand on the page.
    enum Transcripts: String, Sendable, CaseIterable {
        case none, failures, all
    }

    var transcripts = Transcripts.all
    /// Whether what looks personal or secret is blacked out.
    var redacts = true
    /// The user's own patterns, blacked out as well.
    var patterns: [RedactionPattern] = []

    /// What blacks texts out, with nothing counted yet.
    var redaction: Redaction { Redaction(hasOwnRules: redacts, patterns: patterns) }
}
