import PoiseCore

/// The keys of a `profile` that is more than a name.
enum ProfileKeys {
    static let names = Shape.menu(Profile.builtIn.map(\.name))

    static let base = Key.optional(
        "base", Form.oneOf(Profile.builtIn.map(\.name)),
        "The profile that this one begins with; what is written here goes over it."
    )
    static let name = Key.optional("name", Form.text, "What it is called in reports; the base's name where left out.")
    static let meanwhile = Key.optional(
        "meanwhile", Form.text, "What the person does while the model answers, as: reads along."
    )
    static let limits = Key<YAMLValue>.optional(
        "limits", .tree(.mapping(LimitQuantity.keys)),
        "What must hold, as ttfo: {at_most: 500 ms}; a limit goes over the base's on the same number and side."
    )
    static let speed = Key<YAMLValue>.optional(
        "speed", .tree(.mapping(SpeedBandKeys.all)), "How decode speed feels, in tokens per second."
    )
    static let optimise = Key.optional(
        "optimise", Form<[String]>.oneOrMore(of: .oneOf(ChoiceFigure.allCases.map(\.rawValue))),
        "What decides among the candidates that meet the limits; of several, each among those that the ones before "
            + "cannot tell apart."
    )
    static let chain = Key.optional(
        "chain", Form.whole(1...10_000), "How many dependent steps the job has; 12 where only the figures ask for it."
    )

    static let all: [KeyDeclaration] = [
        base.declaration, name.declaration, meanwhile.declaration, limits.declaration, speed.declaration,
        optimise.declaration, chain.declaration,
    ]
}

/// The keys of a profile's `speed`.
enum SpeedBandKeys {
    static let tooSlow = Key.optional("too_slow", Form.aboveZero, "Slower candidates are out.")
    static let comfortable = Key<[Double]>.optional(
        "comfortable", .list(of: .aboveZero), "From where to where it feels right, as [15, 30]."
    )
    static let noFurtherGain = Key.optional(
        "no_further_gain", Form.aboveZero, "From here on nobody gains: faster candidates count as equal."
    )

    static let all: [KeyDeclaration] = [tooSlow.declaration, comfortable.declaration, noFurtherGain.declaration]
}
