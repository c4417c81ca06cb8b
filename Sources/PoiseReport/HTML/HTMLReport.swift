import Mustache
import PoiseCore

/// The result page: one file that opens anywhere and asks nothing of the network.
package enum HTMLReport {
    /// The whole page; the same content gives the same bytes.
    package static func page(_ content: ReportContent) throws -> String {
        MustacheContentTypes.register(Markup(), named: Markup.name)
        let template: MustacheTemplate
        do {
            template = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(Markup.name)}}\n" + PageStyle.template)
        } catch {
            throw HTMLReportError(reason: String(describing: error))
        }
        return template.render(PageView(content))
    }
}

/// The template that is built into the program could not be read: an error of Poise itself.
package struct HTMLReportError: ExplainedError, Hashable {
    package let reason: String

    package var what: String { "the page’s template could not be read: \(reason)" }
    package var place: String? { "Page/page.mustache" }
    package var remedy: String? { "Build Poise again; if that does not help, report it with this message." }
}
