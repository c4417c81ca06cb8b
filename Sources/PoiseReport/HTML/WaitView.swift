import PoiseCore

/// How long people waited at one load, a hill for each candidate.
struct WaitView {
    let isShown: Bool

    init(_ content: ReportContent, load: Load, at: String) {
        isShown = false
    }
}
