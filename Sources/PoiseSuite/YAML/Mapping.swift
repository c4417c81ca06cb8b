import PoiseCore
import Yams

/// Keys with values as they stand in a file, held against the keys that are declared for them.
struct Mapping {
    let value: YAMLValue
    private let entries: [String: YAMLValue]

    /// Logs every key that is not declared; nil where there is no mapping at all.
    ///
    /// - Parameters:
    ///   - noun: what the mapping is, for messages: `a suite`.
    ///   - refused: keys that are known and not taken here, with the reason.
    init?(_ value: YAMLValue, _ noun: String, keys: [KeyDeclaration], refused: [String: Refusal] = [:]) {
        guard let pairs = value.pairs else {
            let names = keys.map(\.name).joined(separator: ", ")
            value.refuse("expected \(noun), found \(value.found)", expected: "It is a mapping with the keys \(names).")
            return nil
        }
        self.init(value: value, entries: Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first })
        let names = keys.map(\.name)
        var meant: Set<String> = []
        for pair in pairs where !names.contains(pair.name) {
            if let refusal = refused[pair.name] {
                pair.key.refuse(refusal.what, expected: refusal.expected)
                continue
            }
            if let near = nearest(to: pair.name, among: names) { meant.insert(near) }
            pair.key.refuse(
                "unknown key “\(pair.name)” in \(noun)",
                expected: suggestion(for: pair.name, among: names, called: "keys")
            )
        }
        // A key that is only mistyped is told once.
        for key in keys where key.isRequired && entries[key.name] == nil && !meant.contains(key.name) {
            value.refuse("\(noun) without “\(key.name)”", expected: "\(key.name): \(key.summary)")
        }
    }

    /// A mapping whose keys were held against their declarations already.
    static func known(_ value: YAMLValue) -> Mapping? {
        value.pairs.map {
            Mapping(value: value, entries: Dictionary($0.map { ($0.name, $0.value) }) { first, _ in first })
        }
    }

    private init(value: YAMLValue, entries: [String: YAMLValue]) {
        self.value = value
        self.entries = entries
    }

    /// Why a key is known and not taken.
    struct Refusal {
        let what: String
        let expected: String
    }

    /// The value of a key, or its default; nil where it is left out or wrong, and then the log says so.
    func read<Value>(_ key: Key<Value>) -> Value? {
        guard let entry = entries[key.name] else { return key.fallback() }
        return key.form.read(entry)
    }

    /// The value as it stands there; nil where the key is left out.
    func value(of name: String) -> YAMLValue? {
        entries[name]
    }

    func has<Value>(_ key: Key<Value>) -> Bool {
        entries[key.name] != nil
    }
}

extension YAMLValue {
    /// A key and its value, with the place of each.
    struct Pair {
        let name: String
        let key: YAMLValue
        let value: YAMLValue
    }

    /// The keys of a mapping in the order of the file, `<<` filled in; nil for anything else.
    var pairs: [Pair]? {
        pairs(depth: 0)
    }

    private func pairs(depth: Int) -> [Pair]? {
        guard case .mapping(let mapping) = node else { return nil }
        var own: [Pair] = []
        var merged: [Pair] = []
        for (keyNode, valueNode) in mapping {
            let key = YAMLValue(node: keyNode, source: source)
            let value = YAMLValue(node: valueNode, source: source)
            guard case .scalar(let scalar) = keyNode else {
                key.refuse("expected a key, found \(key.found)", expected: "A key is a word.")
                continue
            }
            if scalar.string == "<<", scalar.style == .plain {
                merged += key.merging(value, depth: depth)
            } else {
                own.append(Pair(name: scalar.string, key: key, value: value))
            }
        }
        var names = Set(own.map(\.name))
        return own + merged.filter { names.insert($0.name).inserted }
    }

    /// What `<<: *anchor` or `<<: [*one, *other]` brings; of two, the first wins.
    private func merging(_ value: YAMLValue, depth: Int) -> [Pair] {
        let sources = value.items ?? [value]
        return sources.flatMap { source in
            if depth < 16, let pairs = source.pairs(depth: depth + 1) { return pairs }
            refuse("“<<” merges mappings, found \(source.found)", expected: "Write <<: *anchor.")
            return []
        }
    }
}
