import Yams

/// How large a YAML text becomes once its aliases are filled in, found out without filling them in.
///
/// An alias costs a few letters and repeats a whole tree: aliases of aliases grow without bound. Yams shares what they
/// repeat, yet goes through all of it where an alias is a key, so that it must not see such a text at all.
struct YAMLExpansion {
    /// Values in a file, far above any that a person writes.
    static let largestTree = 100_000
    /// Levels in a file; deeper ones exhaust the stack. The parser counts those that are written, not those of aliases.
    static let deepest = 200

    private struct Size {
        var values = 1
        var depth = 1
    }

    private var anchored: [String: Size] = [:]

    /// A text's tree, or the first value in it that is too large or too deep.
    enum Outcome {
        case tree(Node)
        case excess(Node)
        case empty
    }

    /// - Throws: `YamlError` where the text is no YAML.
    static func outcome(of text: String) throws -> Outcome {
        // Another sign in place of its star makes a word of an alias; of texts it changes nothing but their letters.
        let plain = text.replacing("*", with: "\(star)")
        // The basic resolver leaves every scalar a text: what it means is decided by who asks for it.
        let parser = try Parser(yaml: plain, resolver: .basic)
        guard let measured = try parser.singleRoot() else { return .empty }
        var expansion = YAMLExpansion()
        var excess: Node?
        // Nodes know their anchors only as long as their parser lives.
        withExtendedLifetime(parser) { _ = expansion.size(of: measured, &excess) }
        if let excess { return .excess(excess) }
        return try Yams.compose(yaml: text, .basic).map(Outcome.tree) ?? .empty
    }

    private static let star: Character = "\u{2217}"

    /// The nesting that is written is bounded by the parser, so that this may call itself.
    private mutating func size(of node: Node, _ excess: inout Node?) -> Size {
        var size = Size()
        var inner: [Node] = []
        switch node {
        case .scalar(let scalar):
            if scalar.style == .plain, scalar.string.first == Self.star,
                let known = anchored[String(scalar.string.dropFirst())]
            {
                size = known
            }
        case .sequence(let items): inner = Array(items)
        case .mapping(let pairs): inner = pairs.flatMap { [$0.key, $0.value] }
        case .alias: break
        }
        for node in inner {
            let part = self.size(of: node, &excess)
            size.values = min(size.values + part.values, Self.largestTree + 1)
            size.depth = max(size.depth, part.depth + 1)
        }
        if excess == nil, size.values > Self.largestTree || size.depth > Self.deepest { excess = node }
        if let anchor = node.anchor { anchored[anchor.rawValue] = size }
        return size
    }
}
