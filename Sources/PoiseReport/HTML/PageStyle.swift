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

    /// Charts only, for an SVG file of its own: light, and with every colour written out.
    ///
    /// Office programs and converters know no custom properties and would draw all of it black; a model's colour is the
    /// current colour there.
    static let file: String = {
        let colours = text(PackageResources.colours_css)
        let light = colours.prefix { $0 != "}" }.split(separator: ";").compactMap { line -> (String, String)? in
            guard let start = line.range(of: "--"),
                let colon = line.range(of: ":", range: start.upperBound..<line.endIndex)
            else { return nil }
            return (String(line[start.lowerBound..<colon.lowerBound]), String(line[colon.upperBound...]))
        }
        let models = colours.split(separator: "\n").filter { $0.hasPrefix(".m1") }.joined()
        let style = (models + "\n" + text(PackageResources.chart_css))
            .replacingOccurrences(of: "--c:", with: "color:")
            .replacingOccurrences(of: "var(--c)", with: "currentColor")
        return light.reduce(style) { $0.replacingOccurrences(of: "var(\($1.0))", with: $1.1) }
    }()

    /// The page's frame and its sections, by name.
    static let templates = [
        "page": PackageResources.page_mustache, "answer": PackageResources.answer_mustache,
        "front": PackageResources.front_mustache, "ladder": PackageResources.ladder_mustache,
        "loads": PackageResources.loads_mustache, "candidates": PackageResources.candidates_mustache,
        "waiting": PackageResources.waiting_mustache, "tasks": PackageResources.tasks_mustache,
        "feel": PackageResources.feel_mustache, "samples": PackageResources.samples_mustache,
        "judges": PackageResources.judges_mustache, "methods": PackageResources.methods_mustache,
    ].mapValues(text)

    /// The page's own script: what it does is not needed to read the page.
    static let script =
        "(() => {\n'use strict'\n"
        + [
            PackageResources.page_js, PackageResources.frontScale_js,
            PackageResources.frontLabels_js, PackageResources.frontDrawing_js, PackageResources.front_js,
            PackageResources.tasks_js, PackageResources.feel_js,
            PackageResources.samples_js,
        ].map(text).joined() + "})()"

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
