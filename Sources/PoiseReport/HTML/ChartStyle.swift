import Foundation

/// The colours of a chart that is a file of its own.
package enum ChartTheme: String, Sendable, CaseIterable {
    case light, dark
}

extension PageStyle {
    /// Charts only, for an SVG file of its own: one theme, and with every colour written out.
    ///
    /// Office programs and converters know no custom properties and would draw all of it black; a model's colour is the
    /// current colour there.
    static func file(_ theme: ChartTheme) -> String {
        let colours = text(PackageResources.colours_css)
        var values = properties(in: colours.prefix { $0 != "}" })
        if theme == .dark, let start = colours.range(of: "prefers-color-scheme:dark") {
            values.merge(properties(in: colours[start.upperBound...].prefix { $0 != "}" })) { $1 }
        }
        let models = colours.split(separator: "\n").filter { $0.hasPrefix(".m1") }.joined()
        let style = (models + "\n" + text(PackageResources.chart_css))
            .replacingOccurrences(of: "--c:", with: "color:")
            .replacingOccurrences(of: "var(--c)", with: "currentColor")
        return values.sorted { $0.key < $1.key }.reduce(style) {
            $0.replacingOccurrences(of: "var(\($1.key))", with: $1.value)
        }
    }

    /// `--ink:#14181b` by its name.
    private static func properties(in block: Substring) -> [String: String] {
        Dictionary(
            block.split(separator: ";").compactMap { line in
                guard let start = line.range(of: "--"),
                    let colon = line.range(of: ":", range: start.upperBound..<line.endIndex)
                else { return nil }
                return (String(line[start.lowerBound..<colon.lowerBound]), String(line[colon.upperBound...]))
            }, uniquingKeysWith: { $1 })
    }
}
