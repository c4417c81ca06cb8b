/// A report as one JSON document: that of the front, and what else the page shows, without any text of a model.
///
/// The front's members come first and are those of `--format json`, over all machines; the others are those of the page's
/// own data and speak of the first machine, `otherMachines` of the rest.
package enum ReportJSON {
    package static func text(_ content: ReportContent) -> String {
        let front = FrontJSON.members(content)
        let known = Set(front.map(\.name))
        let more = PageJSON.members(content).filter { !known.contains($0.name) }
        return OrderedJSON.object(front + more).lines() + "\n"
    }
}
