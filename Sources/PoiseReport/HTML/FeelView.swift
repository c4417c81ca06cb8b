/// The player: recorded responses at their own pace.
struct FeelView {
    let isShown: Bool

    init(_ content: ReportContent) {
        isShown = false
    }
}
