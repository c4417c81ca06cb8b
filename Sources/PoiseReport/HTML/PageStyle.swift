import Foundation

/// The style sheets as they are built into the program.
enum PageStyle {
    /// The whole page.
    static let page =
        text(PackageResources.colours_css) + text(PackageResources.chart_css) + text(PackageResources.page_css)

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

    static let template = text(PackageResources.page_mustache)

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
