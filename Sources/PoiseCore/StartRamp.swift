/// Spreads the start of many requests that are meant to go out together.
///
/// Making hundreds of requests at once keeps every core busy for some milliseconds: an engine on the same machine then
/// meets the first ones late, and their TTFT is the client's doing. A few at a time, with a breath between, do not.
package enum StartRamp {
    private static let group = 4
    private static let pause = Duration.microseconds(250)

    /// Called after each start with its number, from 0: waits after each group.
    package static func breathe(after index: Int) async {
        guard index % group == group - 1 else { return }
        try? await Task.sleep(for: pause, tolerance: .zero)
    }
}
