import ArgumentParser
import PoiseCore

/// `--fail-on-error [N|P%]`, `--max-cost AMOUNT`, `--max-time TIME`
struct LimitOptions: ParsableArguments {
    static let discussion = """
        A run can be given limits; the suite knows them as fail_on_error, max_cost and max_time. Where one is met, nothing \
        more is asked, what is in flight is let finish (for 10 s behind --max-time), what is finished is kept, the run is \
        incomplete with the reason stored, the exit code is 1, and `poise run --resume RUN` goes on with it.

        An endpoint that answers 429 is left alone by all requests to it for as long as it says (Retry-After), and one that \
        failed 5 times in a row for a second, then ever longer, up to 30 s; one request tries whether it is back. After 5 \
        minutes without an answer (limits: {outage: 5 min} in the suite) its candidate is given up. A load that was not \
        offered as planned for that reason is marked wherever its speeds stand.
        """

    @Option(
        defaultAsFlag: ErrorTolerance.count(1),
        help: ArgumentHelp(
            "End the run as soon as so many trials have failed, after their retries: a number, or a share of all as 10% or"
                + " 0.1. Alone it means the first. Without it others go on, and a candidate is given up after 5 in a row: from the"
                + " start, or without an answer for the time of an outage; else after 20.",
            valueName: "n|share"))
    var failOnError: ErrorTolerance?

    @Option(
        help: ArgumentHelp(
            "Stop asking before this is spent, in the currency of the suite's prices, which every candidate must have: what"
                + " the responses' tokens cost, or the hours of their machines, and for what is in flight and the next"
                + " request the mean so far (nothing before a candidate's first response). Judges count as far as their"
                + " prices are known. It holds for this start of the run.",
            valueName: "amount"))
    var maxCost: Double?

    @Option(
        help: ArgumentHelp(
            "Stop asking when the run has taken so long, as 90s, 30m or 2h. It holds for this start of the run.",
            valueName: "time"))
    var maxTime: TimeSpan?

    var limits: RunLimits {
        RunLimits(failOnError: failOnError, maxCost: maxCost, maxTime: maxTime?.duration.seconds)
    }

    func validate() throws {
        if let maxCost, !(maxCost > 0 && maxCost.isFinite) {
            throw ValidationError("--max-cost must be above 0, and is \(maxCost).")
        }
        if let maxTime, maxTime.duration <= .zero { throw ValidationError("--max-time must be above 0.") }
    }
}

extension ErrorTolerance: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}
