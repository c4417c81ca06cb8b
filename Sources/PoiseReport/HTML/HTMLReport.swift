import Mustache
import PoiseCore

/// The result page: one file that opens anywhere and asks nothing of the network.
package enum HTMLReport {
    /// The whole page; the same content gives the same bytes.
    package static func page(_ content: ReportContent) throws -> String {
        try page(PageView(content), template: "page")
    }

    /// A view in one of the templates.
    static func page(_ view: Any, template name: String) throws -> String {
        MustacheContentTypes.register(Markup(), named: Markup.name)
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in PageStyle.templates {
            do {
                templates[name] = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(Markup.name)}}\n" + text)
            } catch {
                throw HTMLReportError(template: "Page/\(name).mustache", reason: String(describing: error))
            }
        }
        let library = MustacheLibrary(templates: templates)
        guard let page = library.render(view, withTemplate: name) else {
            throw HTMLReportError(template: "Page/\(name).mustache", reason: "it is missing")
        }
        return page
    }
}

/// The template that is built into the program could not be read: an error of Poise itself.
package struct HTMLReportError: ExplainedError, Hashable {
    package let template: String
    package let reason: String

    package var what: String { "a template of the page could not be read: \(reason)" }
    package var place: String? { template }
    package var remedy: String? { "Build Poise again; if that does not help, report it with this message." }
}
