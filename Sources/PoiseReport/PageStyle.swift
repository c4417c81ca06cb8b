import Foundation

/// The style sheets as they are built into the program.
enum PageStyle {
    /// Colours and charts only, for an SVG file of its own.
    static let chart = text(PackageResources.colours_css) + text(PackageResources.chart_css)

    /// The whole page.
    static let page = chart + text(PackageResources.page_css)

    static let template = text(PackageResources.page_mustache)

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
