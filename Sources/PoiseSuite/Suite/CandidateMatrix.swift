import PoiseCore
import Yams

/// Named lists of values, and the candidates that their combinations make of one.
struct CandidateMatrix {
    struct Variable {
        let name: String
        let values: [String]
        let key: YAMLValue
    }

    let variables: [Variable]

    /// Nil, with the problems logged, where the matrix itself is not sound.
    init?(_ value: YAMLValue?) {
        guard let value else {
            variables = []
            return
        }
        guard let pairs = value.pairs, !pairs.isEmpty else {
            value.refuse(
                "expected a mapping of lists, found \(value.found)", expected: "Write quantization: [q8_0, q4_0]."
            )
            return nil
        }
        let read = pairs.map { pair -> Variable? in
            guard Template("{\(pair.name)}").placeholders == [pair.name] else {
                pair.key.refuse("“\(pair.name)” cannot name a variable", expected: "Use letters, digits and “_”.")
                return nil
            }
            guard let values = Form<[String]>.oneOrMore(of: .text).read(pair.value) else { return nil }
            guard Set(values).count == values.count else {
                pair.value.refuse("a value of “\(pair.name)” stands here twice", expected: "Write each value once.")
                return nil
            }
            return Variable(name: pair.name, values: values, key: pair.key)
        }
        let sound = read.compactMap { $0 }
        guard sound.count == read.count else { return nil }
        guard sound.reduce(1, { $0.multipliedSaturating(by: $1.values.count) }) <= Self.most else {
            value.refuse("the matrix makes more than \(Self.most) candidates", expected: "Make it smaller.")
            return nil
        }
        variables = sound
    }

    /// More than this is a mistake and not a comparison.
    private static let most = 1000

    /// Every combination; the first variable changes slowest, as it is read.
    var combinations: [[String: String]] {
        variables.reduce([[:]]) { combinations, variable in
            combinations.flatMap { combination in
                variable.values.map { combination.merging([variable.name: $0]) { _, new in new } }
            }
        }
    }

    /// The candidate as written, once for each combination; nil where a placeholder or a variable hangs loose.
    func expanded(_ candidate: YAMLValue) -> [YAMLValue]? {
        guard let pairs = candidate.pairs else { return nil }
        let body = pairs.filter { $0.name != CandidateKeys.matrix.name }
        let names = variables.map(\.name)
        var used: Set<String> = []
        var isSound = true
        for (placeholder, place) in body.flatMap({ $0.value.placeholders }) where used.insert(placeholder).inserted {
            guard !names.contains(placeholder) else { continue }
            isSound = false
            let remedy =
                names.isEmpty
                ? "Placeholders need a matrix with lists of values."
                : suggestion(for: placeholder, among: names, called: "variables")
            place.refuse("unknown placeholder {\(placeholder)}", expected: remedy)
        }
        let present = Set(body.map(\.name))
        for variable in variables where !used.contains(variable.name) && !sets(variable.name, besides: present) {
            isSound = false
            variable.key.refuse(
                "the variable “\(variable.name)” is used nowhere in the candidate",
                expected: "Write {\(variable.name)} where its values belong."
            )
        }
        guard isSound else { return nil }
        return combinations.map { values in
            var pairs = body.map { ($0.key.node, $0.value.substituting(values).node) }
            for variable in variables where sets(variable.name, besides: present) {
                pairs.append((variable.key.node, Self.node(values[variable.name] ?? "", at: variable.key)))
            }
            let mapping = Node.Mapping(pairs, .implicit, .block, candidate.node.mark)
            return YAMLValue(node: .mapping(mapping), source: candidate.source)
        }
    }

    /// Whether a variable fills a key of its own name because the candidate leaves that one out.
    private func sets(_ name: String, besides present: Set<String>) -> Bool {
        CandidateKeys.settable.contains(name) && !present.contains(name)
    }

    private static func node(_ text: String, at place: YAMLValue) -> Node {
        .scalar(.init(text, .implicit, .plain, place.node.mark))
    }
}

extension YAMLValue {
    /// The placeholders in all texts below a value, with their places.
    fileprivate var placeholders: [(String, YAMLValue)] {
        switch node {
        case .scalar(let scalar): Template(scalar.string).placeholders.map { ($0, self) }
        case .sequence, .mapping: children.flatMap(\.placeholders)
        case .alias: []
        }
    }

    private var children: [YAMLValue] {
        items ?? pairs?.map(\.value) ?? []
    }

    /// The same tree with every placeholder replaced; a text that is nothing else reads as if its value stood there.
    fileprivate func substituting(_ values: [String: String]) -> YAMLValue {
        switch node {
        case .scalar(var scalar):
            let template = Template(scalar.string)
            guard !template.placeholders.isEmpty else { return self }
            let style: Node.Scalar.Style = template.parts.count == 1 ? .plain : scalar.style
            scalar.string = template.filled(with: values)
            scalar.style = style
            return YAMLValue(node: .scalar(scalar), source: source)
        case .sequence(let sequence):
            let items = (items ?? []).map { $0.substituting(values).node }
            return YAMLValue(node: .sequence(.init(items, .implicit, sequence.style, sequence.mark)), source: source)
        case .mapping(let mapping):
            let pairs = (pairs ?? []).map { ($0.key.node, $0.value.substituting(values).node) }
            return YAMLValue(node: .mapping(.init(pairs, .implicit, mapping.style, mapping.mark)), source: source)
        case .alias:
            return self
        }
    }
}

extension Int {
    /// The product, or the largest number where it does not fit.
    fileprivate func multipliedSaturating(by other: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: other)
        return overflows ? .max : product
    }
}
