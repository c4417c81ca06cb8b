import PoiseCore

/// Reads sampling settings: a suite's over the defaults, a candidate's over the suite's.
enum SamplingReader {
    /// What is written replaces what is below it; `null` takes a setting out.
    static func settings(in value: YAMLValue?, over base: SamplingSettings) -> SamplingSettings {
        guard let value, let mapping = Mapping(value, "“sampling”", keys: SamplingKeys.all) else { return base }
        var settings = base
        func take<Value>(_ key: Key<Value?>, into path: WritableKeyPath<SamplingSettings, Value?>) {
            if mapping.has(key), let written = mapping.read(key) { settings[keyPath: path] = written }
        }
        take(SamplingKeys.temperature, into: \.temperature)
        take(SamplingKeys.topP, into: \.topP)
        take(SamplingKeys.topK, into: \.topK)
        take(SamplingKeys.maxTokens, into: \.maxTokens)
        take(SamplingKeys.seed, into: \.seed)
        take(SamplingKeys.stop, into: \.stop)
        return settings
    }
}
