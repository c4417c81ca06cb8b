import PoiseCore

/// Reads how a run asks, beside its loads.
enum RunSettingsReader {
    /// - Parameter candidates: nil where they are wrong themselves, so that nothing is held against them.
    /// - Returns: nil with the problems logged.
    static func settings(in mapping: Mapping, candidates: [Candidate]?) -> RunSettings? {
        let hasUniquePrefix = mapping.read(SuiteKeys.uniquePrefix)
        let candidatesAtOnce = mapping.read(SuiteKeys.candidatesAtOnce)
        let stop = stop(in: mapping.read(SuiteKeys.stop))
        let limits = limits(in: mapping.read(SuiteKeys.limits))
        let runLimits = RunLimits(
            failOnError: mapping.read(RunLimitKeys.failOnError), maxCost: mapping.read(RunLimitKeys.maxCost),
            maxTime: mapping.read(RunLimitKeys.maxTime))
        guard let hasUniquePrefix, let candidatesAtOnce, let stop, let limits else { return nil }
        if candidatesAtOnce > 1, let managed = candidates?.first(where: \.isManaged) {
            mapping.value(of: SuiteKeys.candidatesAtOnce.name)?.refuse(
                "“\(managed.id)” is served on this machine, where candidates that are asked at once take each other's cores",
                expected: "Leave candidates_at_once out, or put the endpoints into a suite of their own."
            )
            return nil
        }
        return RunSettings(
            stop: stop, hasUniquePrefix: hasUniquePrefix, candidatesAtOnce: candidatesAtOnce, limits: limits,
            runLimits: runLimits.isNever ? nil : runLimits)
    }

    private static func stop(in value: YAMLValue?) -> StopCondition? {
        guard let value else { return StopCondition() }
        guard let mapping = Mapping(value, "“stop”", keys: StopKeys.all) else { return nil }
        let condition = StopCondition(
            requests: mapping.read(StopKeys.requests), seconds: mapping.read(StopKeys.time),
            precision: mapping.read(StopKeys.precision))
        if StopKeys.all.allSatisfy({ mapping.value(of: $0.name) == nil }) {
            value.refuse("“stop” without a condition", expected: "Write stop: {requests: 200, time: 60 s}.")
            return nil
        }
        return condition
    }

    private static func limits(in value: YAMLValue?) -> RequestLimits? {
        guard let value else { return RequestLimits() }
        guard let mapping = Mapping(value, "“limits”", keys: LimitKeys.all) else { return nil }
        let connect = mapping.read(LimitKeys.connect)
        let firstToken = mapping.read(LimitKeys.firstToken)
        let stall = mapping.read(LimitKeys.stall)
        let total = mapping.read(LimitKeys.total)
        let outage = mapping.read(LimitKeys.outage)
        guard let connect, let firstToken, let stall, let total, let outage else { return nil }
        return RequestLimits(connect: connect, firstToken: firstToken, stall: stall, total: total, outage: outage)
    }
}

extension Candidate {
    fileprivate var isManaged: Bool {
        if case .managed = serving { true } else { false }
    }
}
