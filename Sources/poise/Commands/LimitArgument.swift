import ArgumentParser
import PoiseCore
import PoiseSuite

/// `accuracy=0.7`, `ttfo=500ms`: a limit on the command line, in the units of a suite's.
enum LimitArgument {
    static func limit(_ text: String, _ side: ProfileLimit.Side) throws -> ProfileLimit {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw ValidationError("“\(text)” is no limit. Write it as accuracy=0.7 or ttfo=500ms.")
        }
        let name = parts[0]
        guard let figure = ChoiceFigure(rawValue: name) else {
            let known = ChoiceFigure.allCases.map(\.rawValue)
            let hint = nearest(to: name, among: known).map { "Did you mean “\($0)”?" }
            throw ValidationError("No figure “\(name)”. \(hint ?? "Known: \(known.joined(separator: ", ")).")")
        }
        guard let amount = LimitQuantity.read(parts[1], of: figure) else {
            throw ValidationError(
                "“\(parts[1])” is not \(LimitQuantity.example(of: figure)), which a limit on \(name) is.")
        }
        return ProfileLimit(figure, side, amount.value, currency: amount.currency)
    }
}
