import Foundation

/// One way in which a suite is another than the one that a run was made with.
package struct PlanDifference: Hashable, Sendable {
    /// `candidate tiny-m@q4_0`, `task words`, or the suite's own setting: `rounds`.
    package let subject: String
    /// `sampling.temperature was 0 and is 0.7`
    package let change: String

    package var text: String { "\(subject): \(change)" }

    /// All differences, in the order of the plan's parts; empty where both ask and grade the same in the same way.
    ///
    /// Whatever a plan holds is compared by what is stored of it, so that no setting is forgotten; only the suite's path,
    /// its comments and its layout may differ. Where a file's contents changed, it is named after them.
    package static func between(_ old: Plan, _ new: Plan) -> [PlanDifference] {
        guard old != new, let one = tree(of: old), let other = tree(of: new) else { return [] }
        var found: [PlanDifference] = []
        for part in parts {
            found += keyed(one[part.key]?.array ?? [], other[part.key]?.array ?? [], part)
        }
        let own = Set(parts.map(\.key)).union(["source"])
        for key in Set(one.keys).union(other.keys).subtracting(own).sorted() {
            found += changes(one[key], other[key], path: "").map { .init(subject: key, change: $0) }
        }
        return found.isEmpty ? [] : found + files(old.source.digests, new.source.digests)
    }

    /// A list whose members have names.
    private struct Part {
        let key: String
        let name: String
        let id: String
    }

    private static let parts = [
        Part(key: "candidates", name: "candidate", id: "id"), Part(key: "tasks", name: "task", id: "name"),
        Part(key: "judges", name: "judge", id: "id"),
    ]

    /// More samples than this are counted.
    private static let mostNamed = 3

    private static func tree(of plan: Plan) -> [String: JSONValue]? {
        guard let data = try? JSONEncoder().encode(plan) else { return nil }
        return (try? JSONValue(parsing: data))?.object
    }

    private static func keyed(_ old: [JSONValue], _ new: [JSONValue], _ part: Part) -> [PlanDifference] {
        let (one, other) = (named(old, by: part.id), named(new, by: part.id))
        var found: [PlanDifference] = []
        for (name, value) in one {
            guard let now = other.first(where: { $0.name == name })?.value else {
                found.append(.init(subject: "\(part.name) \(name)", change: "it is no longer there"))
                continue
            }
            guard value != now else { continue }
            found += changes(value, now, path: "").map { .init(subject: "\(part.name) \(name)", change: $0) }
        }
        found += other.filter { new in !one.contains { $0.name == new.name } }.map {
            .init(subject: "\(part.name) \($0.name)", change: "it is new")
        }
        let kept = one.map(\.name).filter { name in other.contains { $0.name == name } }
        if found.isEmpty, kept != other.map(\.name) {
            found.append(.init(subject: "\(part.name)s", change: "they stand in another order"))
        }
        return found
    }

    private static func named(_ values: [JSONValue], by id: String) -> [(name: String, value: JSONValue)] {
        values.enumerated().map { index, value in (value[id]?.string ?? "\(index + 1)", value) }
    }

    /// What changed in a value, each with the path to it.
    private static func changes(_ old: JSONValue?, _ new: JSONValue?, path: String) -> [String] {
        if old == new { return [] }
        let name = path.isEmpty ? "it" : path
        if path == "samples" { return [samples(old?.array ?? [], new?.array ?? [])] }
        if case .object(let one) = old ?? .object([:]), case .object(let other) = new ?? .object([:]),
            !one.isEmpty || !other.isEmpty
        {
            return Set(one.keys).union(other.keys).sorted().flatMap { key in
                changes(one[key], other[key], path: path.isEmpty ? key : "\(path).\(key)")
            }
        }
        guard let before = short(old, path), let now = short(new, path) else { return ["\(name) changed"] }
        return ["\(name) was \(before) and is \(now)"]
    }

    /// A value that may be shown and says something; nil of texts, which may be long or secret.
    private static func short(_ value: JSONValue?, _ path: String) -> String? {
        if path.contains("headers") || path == "prompt" { return nil }
        switch value {
        case nil, .null: return "not set"
        case .object: return nil
        case .array(let values) where values.count > 8: return nil
        case .string(let text) where text.isEmpty: return "empty"
        case .some(let value):
            let text = value.string ?? value.text
            return text.count <= 80 ? text : nil
        }
    }

    /// Names of samples and no word of them: a task may be private.
    private static func samples(_ old: [JSONValue], _ new: [JSONValue]) -> String {
        let one = Dictionary(named(old, by: "id").map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let other = Dictionary(
            named(new, by: "id").map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let lost = named(old, by: "id").map(\.name).filter { other[$0] == nil }
        let added = named(new, by: "id").map(\.name).filter { one[$0] == nil }
        let changed = named(old, by: "id").map(\.name).filter { other[$0] != nil && other[$0] != one[$0] }
        let said = [("changed", changed), ("gone", lost), ("new", added)].compactMap { word, names in
            names.isEmpty ? nil : "\(listed(names)) \(names.count == 1 ? "is" : "are") \(word)"
        }
        return said.isEmpty ? "its samples stand in another order" : said.joined(separator: ", ")
    }

    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(mostNamed).joined(separator: ", ")
        let rest = names.count > mostNamed ? " and \(names.count - mostNamed) more" : ""
        return "\(names.count == 1 ? "sample" : "samples") \(shown)\(rest)"
    }

    private static func files(_ old: [String: String], _ new: [String: String]) -> [PlanDifference] {
        Set(old.keys).union(new.keys).sorted().compactMap { path in
            guard old[path] != new[path] else { return nil }
            func shown(_ digest: String?) -> String { digest.map { String($0.prefix(12)) } ?? "not there" }
            return .init(subject: "file \(path)", change: "SHA-256 was \(shown(old[path])) and is \(shown(new[path]))")
        }
    }
}
