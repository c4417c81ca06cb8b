/// The quantization ladders of the page.
struct LadderView {
    let isShown: Bool

    init(_ content: ReportContent) {
        isShown = false
    }
}
