import Foundation
import PoiseCore

/// Finds rubrics by name and reads them.
struct RubricReader {
    let files: SourceFiles
    let graders: GraderReader

    /// A rubric with the texts in it that samples must fill.
    struct Found {
        let definition: RubricDefinition
        let templates: [TemplateUse]
    }

    func rubric(named name: LocatedText) -> Found? {
        guard let path = path(of: name) else { return nil }
        guard let text = files.text(at: path, named: name.text, noun: "the rubric", by: name.value),
            let root = YAMLSource(path: path, log: files.log).root(of: text)
        else { return nil }
        return rubric(in: root, path: path)
    }

    private func rubric(in root: YAMLValue, path: String) -> Found? {
        let before = files.log.count
        let keys = RubricKeys.all(checks: graders.checks)
        guard let mapping = Mapping(root, "a rubric", keys: keys, refused: GraderReader.judgeRefusals) else {
            return nil
        }
        let name = mapping.read(RubricKeys.name) ?? Paths.stem(of: path)
        let description = mapping.read(RubricKeys.description)
        guard let list = mapping.read(RubricKeys.criteria(checks: graders.checks)) else { return nil }
        guard let items = list.items, !items.isEmpty else {
            let found = list.items == nil ? list.found : "an empty list"
            list.refuse("expected a list of criteria, found \(found)", expected: "Start each with “- name: …”.")
            return nil
        }
        let criteria = items.map(criterion(in:))
        refuseDuplicates(in: zip(criteria, items).map { ($0?.0.name, $1) })
        guard files.log.count == before else { return nil }
        return Found(
            definition: RubricDefinition(
                name: name, description: description, criteria: criteria.compactMap { $0?.0 }
            ),
            templates: criteria.compactMap { $0?.1 }.flatMap { $0 }
        )
    }

    private func criterion(in value: YAMLValue) -> (RubricDefinition.Criterion, [TemplateUse])? {
        guard let pairs = value.pairs else {
            value.refuse("expected a criterion, found \(value.found)", expected: "Start it with “- name: …”.")
            return nil
        }
        let asksJudge = pairs.contains { $0.name == "judge" || $0.name == "levels" }
        guard pairs.contains(where: { $0.name == "check" }) else {
            // A judge's criterion is told about the judge, not about the check that it lacks.
            let check = asksJudge ? [] : [GraderKeys.checkOfAnyName]
            _ = Mapping(
                value, "a criterion", keys: CriterionKeys.all + check, refused: GraderReader.judgeRefusals
            )
            return nil
        }
        let check = graders.check(
            in: value, "a criterion with", besides: CriterionKeys.all, refused: GraderReader.judgeRefusals
        )
        guard let check, let mapping = Mapping.known(value), let name = mapping.read(CriterionKeys.name),
            let weight = mapping.read(CriterionKeys.weight), let required = mapping.read(CriterionKeys.required)
        else { return nil }
        return (
            RubricDefinition.Criterion(
                name: name, weight: weight, required: required, measure: .check(check.definition)
            ), check.templates
        )
    }

    private func refuseDuplicates(in criteria: [(name: String?, value: YAMLValue)]) {
        var first: [String: YAMLValue] = [:]
        for (name, value) in criteria {
            guard let name else { continue }
            if let earlier = first[name] {
                value.refuse(
                    "a second criterion “\(name)”; the first is on line \(earlier.line ?? 0)",
                    expected: "Give each criterion a name of its own."
                )
            } else {
                first[name] = value
            }
        }
    }
}

// MARK: - Where rubrics are

extension RubricReader {
    /// A path as it is; a name beside the task, then in the `Rubrics` folders of the folders above it.
    private func path(of name: LocatedText) -> String? {
        let task = name.value.source.path
        if name.text.contains("/") || name.text.hasSuffix(".yaml") || name.text.hasSuffix(".yml") {
            return Paths.resolved(name.text, against: task)
        }
        let folders = Self.folders(above: task)
        let candidates = folders.flatMap { folder in [".yaml", ".yml"].map { "\(folder)/\(name.text)\($0)" } }
        if let found = candidates.first(where: FileManager.default.fileExists(atPath:)) {
            return Paths.normalised(found)
        }
        let known = folders.dropFirst().flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
                .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.map(Paths.stem)
        }
        let looked = "Looked for \(name.text).yaml beside the task and in Rubrics/ of every folder above it."
        let near = nearest(to: name.text, among: Set(known).sorted()).map { " Did you mean “\($0)”?" } ?? ""
        name.value.refuse("no rubric “\(name.text)”", expected: looked + near)
        return nil
    }

    /// The task's folder and the `Rubrics` folders of it and of all its ancestors, the nearest first.
    private static func folders(above task: String) -> [String] {
        let home = Paths.folder(of: task)
        var folders = [home, home + "/Rubrics"]
        var path = Paths.absolute(home)
        var display = home
        while path != "/" {
            path = Paths.folder(of: path)
            display = home.hasPrefix("/") ? path : Paths.normalised(display + "/..")
            folders.append(display == "/" ? "/Rubrics" : display + "/Rubrics")
        }
        return folders
    }
}
