extension MachineFacts {
    /// Several kinds of machine as one, where somebody wants their speeds side by side; the machine itself where all are
    /// of one kind.
    ///
    /// What it says of its cores and memory is the least that any of them has.
    ///
    /// - Parameter machines: any number of each kind; nil where there is none.
    package init?(pooling machines: [MachineFacts]) {
        var known: Set<String> = []
        let kinds = machines.flatMap { $0.pooled ?? [$0] }.filter { known.insert($0.identity).inserted }
        guard let first = kinds.first else { return nil }
        guard kinds.count > 1 else {
            self = first
            return
        }
        let governors = kinds.flatMap { $0.frequency?.governors ?? [] }
        self.init(
            processor: Self.joined(kinds.map(\.processor)), cores: kinds.map(\.cores).min() ?? first.cores,
            memory: kinds.map(\.memory).min() ?? first.memory, system: Self.joined(kinds.map(\.system)),
            frequency: governors.isEmpty
                ? nil : FrequencyFacts(governors: Self.unique(governors), driver: nil, boost: nil),
            pooled: kinds)
    }

    private static func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func joined(_ texts: [String]) -> String { unique(texts).joined(separator: " and ") }
}
