import PoiseCore

/// Reads a use case: the name of a built-in one, or a mapping.
enum ProfileReader {
    /// - Returns: nil with the problems logged.
    static func profile(from value: YAMLValue) -> Profile? {
        guard value.isMapping else {
            return Form<String>.oneOf(Profile.builtIn.map(\.name)).read(value).flatMap(Profile.named)
        }
        guard let mapping = Mapping(value, "a profile", keys: ProfileKeys.all) else { return nil }
        let base = mapping.read(ProfileKeys.base).flatMap(Profile.named)
        let name = mapping.read(ProfileKeys.name)
        let optimise = mapping.read(ProfileKeys.optimise)?.compactMap(ChoiceFigure.init(rawValue:))
        let chain = mapping.read(ProfileKeys.chain)
        let meanwhile = mapping.read(ProfileKeys.meanwhile)
        let speed = mapping.read(ProfileKeys.speed).map { band(from: $0, over: base?.speed) }
        let limits = mapping.read(ProfileKeys.limits).map(limits(from:))
        if mapping.has(ProfileKeys.base), base == nil || mapping.has(ProfileKeys.optimise) && optimise == nil {
            return nil
        }
        guard base != nil || mapping.has(ProfileKeys.optimise) else {
            value.refuse(
                "a profile without “base” and without “optimise”",
                expected: "base: a profile to begin with, as chat. optimise: what decides, as [accuracy, decodeTPS].")
            return nil
        }
        var profile = base ?? Profile(name: "", optimise: [])
        if let optimise {
            profile.optimise = optimise
            guard Set(optimise).count == optimise.count else {
                mapping.value(of: ProfileKeys.optimise.name)?.refuse(
                    "a figure stands here twice", expected: "Write each once.")
                return nil
            }
        }
        profile.name = name ?? (base.map(\.name) ?? "own")
        profile.meanwhile = meanwhile ?? base?.meanwhile
        profile.speed = speed ?? base?.speed
        profile.chain = chain ?? base?.chain
        for limit in limits ?? [] { profile = profile.adding(limit) }
        let figures = profile.optimise + profile.limits.map(\.figure)
        if profile.chain == nil, figures.contains(where: { $0 == .chainTime || $0 == .chainSuccess }) {
            profile.chain = Profile.usualChain
        }
        return profile
    }

    private static func band(from value: YAMLValue, over base: SpeedBand?) -> SpeedBand? {
        guard let mapping = Mapping(value, "“speed”", keys: SpeedBandKeys.all) else { return nil }
        var band = base ?? SpeedBand()
        if let slow = mapping.read(SpeedBandKeys.tooSlow) { band.tooSlow = slow }
        if let gain = mapping.read(SpeedBandKeys.noFurtherGain) { band.noFurtherGain = gain }
        if let range = mapping.read(SpeedBandKeys.comfortable) {
            if range.count != 2 || range[0] > range[1] {
                mapping.value(of: SpeedBandKeys.comfortable.name)?.refuse(
                    "expected two speeds, the slower one first", expected: "Write comfortable: [15, 30].")
            }
            band.comfortable = range
        }
        let steps = [band.tooSlow, band.comfortable?.first, band.comfortable?.last, band.noFurtherGain].compactMap(
            \.self)
        if steps != steps.sorted() {
            value.refuse(
                "the speeds do not ascend: \(steps.map(short).joined(separator: ", "))",
                expected: "too_slow comes first, then comfortable, then no_further_gain.")
        }
        return band
    }

    private static func limits(from value: YAMLValue) -> [ProfileLimit] {
        guard let mapping = Mapping(value, "“limits”", keys: LimitQuantity.keys) else { return [] }
        return ChoiceFigure.allCases.flatMap { figure -> [ProfileLimit] in
            guard let entry = mapping.read(LimitQuantity.key(of: figure)),
                let sides = Mapping(entry, "a limit on \(figure.rawValue)", keys: LimitQuantity.sides(of: figure))
            else { return [] }
            let limits = ProfileLimit.Side.allCases.compactMap { side in
                sides.read(LimitQuantity.key(side, of: figure)).map {
                    ProfileLimit(figure, side, $0.value, currency: $0.currency)
                }
            }
            if entry.pairs?.isEmpty == true {
                entry.refuse(
                    "a limit without “at_least” and without “at_most”",
                    expected: "Write \(figure.rawValue): {\(figure.isBetterHigher ? "at_least" : "at_most"): …}.")
            }
            if limits.count == 2, limits[0].value > limits[1].value {
                entry.refuse("no number is both: at_least is above at_most", expected: "Swap them.")
            }
            return limits
        }
    }

    private static func short(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}
