import PoiseCore
import PoiseReport

/// Whether this Poise itself is fast.
enum PoiseBuildCheck: DoctorCheck {
    static let name = "poise"

    static func finding(version: String, isOptimized: Bool) -> Finding {
        guard !isOptimized else { return ok("\(version), an optimized build") }
        return warning(
            "\(version), built without optimization: the client spends several times the processor time",
            "Build it with `swift build -c release` (`make build`) before you measure.")
    }

    static let examples = [
        DoctorExample("a release build", finding(version: "0.7.0", isOptimized: true), .ok, "0.7.0"),
        DoctorExample("a debug build", finding(version: "0.7.0", isOptimized: false), .warning, "release"),
    ]
}
