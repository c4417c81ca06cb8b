/// The samples of the page with the responses to them.
struct SamplesView {
    let isShown: Bool

    init(_ content: ReportContent) {
        isShown = false
    }
}
