/// How an engine differs from the one that answered before in the same run.
package struct EngineDifferences: Hashable, Sendable {
    /// It answers with another model, or another prompt around it, or on other hardware: nothing of it may stand beside.
    package var grave: [String] = []
    /// The same model in another build or with other settings: said beside the numbers.
    package var slight: [String] = []

    /// What is not known of one of them is no difference.
    package init(from old: EngineFacts, to new: EngineFacts) {
        note(
            "the model file's SHA-256", old.modelFile?.sha256.prefix(12), new.modelFile?.sha256.prefix(12),
            isGrave: true)
        let (one, other) = (old.details ?? EngineDetails(), new.details ?? EngineDetails())
        note("the model", one.model, other.model, isGrave: true)
        note("the model's digest", one.modelDigest, other.modelDigest, isGrave: true)
        note("the quantization", one.quantization, other.quantization, isGrave: true)
        note(
            "the chat template's SHA-256", one.templateSHA256?.prefix(12), other.templateSHA256?.prefix(12),
            isGrave: true)
        note(
            "what computes", one.devices?.joined(separator: ", "), other.devices?.joined(separator: ", "), isGrave: true
        )
        note("the build", old.build, new.build, isGrave: false)
        let texts = { (details: EngineDetails) in
            Dictionary(details.listed.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
        }
        let (before, now) = (texts(one), texts(other))
        let said: Set = ["model", "modelDigest", "quantization", "templateSHA256", "devices", "memory", "gpuMemory"]
        for name in before.keys.sorted() where !said.contains(name) {
            note(name, before[name], now[name], isGrave: false)
        }
    }

    private mutating func note(
        _ name: String, _ old: (some StringProtocol)?, _ new: (some StringProtocol)?, isGrave: Bool
    ) {
        guard let old, let new, String(old) != String(new) else { return }
        let text = "\(name) was \(old) and is \(new)"
        if isGrave { grave.append(text) } else { slight.append(text) }
    }
}
