/// What its reader's page may hold of the texts.
struct PageOptions: Sendable {
    /// Whose prompts and responses stand on the page.
    enum Transcripts: String, Sendable, CaseIterable {
        case none, failures, all
    }

    var transcripts = Transcripts.all
    /// Whether what looks personal or secret is blacked out.
    var redacts = true
}
