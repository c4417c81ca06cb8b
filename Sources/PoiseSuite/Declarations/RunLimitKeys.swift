import PoiseCore

/// What ends a whole run, which is kept and can be gone on with.
enum RunLimitKeys {
    static let failOnError = Key<ErrorTolerance>.optional(
        "fail_on_error", .tolerance,
        "The run ends as soon as so many trials have failed, after their retries: a number, or a share as 10%."
    )
    static let maxCost = Key<Double>.optional(
        "max_cost", .aboveZero,
        "Nothing more is asked before this is spent, in the currency of the prices, which every candidate must have."
    )
    static let maxTime = Key<Double>.optional(
        "max_time", .span, "Nothing more is asked when the run has taken so long, as 2 h.")

    static let all: [KeyDeclaration] = [failOnError.declaration, maxCost.declaration, maxTime.declaration]
}

extension Form where Value == ErrorTolerance {
    static var tolerance: Form {
        .matching(
            .anyOf([
                .whole(1...Int.max), .decimal(0...1), .written("a share as 10%", pattern: "\(Quantity.number) ?%"),
            ])
        ) { value in value.text.flatMap { ErrorTolerance($0.filter { $0 != " " }) } }
    }
}
