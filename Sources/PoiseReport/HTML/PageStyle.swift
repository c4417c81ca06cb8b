import Foundation

/// The style sheets as they are built into the program.
enum PageStyle {
    /// The whole page.
    static let page = [
        PackageResources.colours_css, PackageResources.chart_css, PackageResources.page_css,
        PackageResources.answer_css, PackageResources.front_css, PackageResources.ladder_css,
        PackageResources.candidates_css, PackageResources.waiting_css, PackageResources.tasks_css,
        PackageResources.feel_css, PackageResources.samples_css, PackageResources.methods_css,
        PackageResources.print_css,
    ].map(text).joined()

    /// The page's frame and its sections, by name.
    static let templates = [
        "page": PackageResources.page_mustache, "answer": PackageResources.answer_mustache,
        "front": PackageResources.front_mustache, "recommendation": PackageResources.recommendation_mustache,
        "ladder": PackageResources.ladder_mustache,
        "loads": PackageResources.loads_mustache, "candidates": PackageResources.candidates_mustache,
        "waiting": PackageResources.waiting_mustache, "tasks": PackageResources.tasks_mustache,
        "feel": PackageResources.feel_mustache, "samples": PackageResources.samples_mustache,
        "judges": PackageResources.judges_mustache, "methods": PackageResources.methods_mustache,
        "sheet-head": PackageResources.sheet_head_mustache, "sheet-foot": PackageResources.sheet_foot_mustache,
        "comparison": PackageResources.comparison_mustache, "history": PackageResources.history_mustache,
    ].mapValues(text)

    /// The page's own script: what it does is not needed to read the page.
    static let script = function(scripts)

    /// Its parts, in their order.
    static let scripts = [
        PackageResources.page_js, PackageResources.frontScale_js, PackageResources.frontLabels_js,
        PackageResources.frontDrawing_js, PackageResources.front_js, PackageResources.tasks_js,
        PackageResources.feel_js, PackageResources.samples_js,
    ]

    /// Parts that share the constants of the first one, and nothing with the world.
    static func function(_ parts: [[UInt8]]) -> String {
        "(() => {\n'use strict'\n" + parts.map { lean(text($0)) }.joined() + "})()"
    }

    /// Without the tabs and the lines of comment that are for those who write it.
    private static func lean(_ script: String) -> String {
        script.split(separator: "\n").lazy.map { $0.drop { $0 == "\t" } }.filter { !$0.isEmpty && !$0.hasPrefix("//") }
            .joined(separator: "\n") + "\n"
    }

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
