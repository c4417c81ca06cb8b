import PoiseCore

/// What pages share that are not of one report: the head, the answer and the foot.
struct SheetView {
    let policy = PageView.policy(style: PageStyle.sheet, script: PageStyle.sheetScript)
    let style = PageStyle.sheet
    let script = PageStyle.sheetScript
    let title: String
    let mast: String
    let notices: [PageView.Notice]
    let kicker: String
    let headline: String
    let isLong: Bool
    let verdict: [String]
    let facts: [PageFact]
    let hasFacts: Bool
    let compared: String
    let sections: [Section]
    let footer: String
    let data: String

    /// One of the page's sections in its contents.
    struct Section {
        let anchor: String
        let name: String
    }

    init(
        title: String, mast: String, notices: [PageView.Notice], kicker: String, headline: String, verdict: [String],
        facts: [PageFact], compared: String, sections: [Section], footer: String, data: OrderedJSON
    ) {
        self.title = title
        self.mast = mast
        self.notices = notices
        self.kicker = kicker
        self.headline = headline
        isLong = headline.count > 56
        self.verdict = verdict
        self.facts = facts
        hasFacts = !facts.isEmpty
        self.compared = compared
        self.sections = sections
        self.footer = footer
        self.data = PageJSON.inScript(data)
    }
}

extension PageStyle {
    /// The pages that are not of one report.
    static let sheet = [
        PackageResources.colours_css, PackageResources.chart_css, PackageResources.page_css,
        PackageResources.comparison_css, PackageResources.history_css, PackageResources.print_css,
    ].map(text).joined()

    static let sheetScript = function([PackageResources.page_js])
}
