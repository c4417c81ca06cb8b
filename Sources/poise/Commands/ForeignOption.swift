import ArgumentParser
import PoiseCore

/// `--as vllm`: the same run in another tool's definitions.
struct ForeignOption: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Another tool's definitions: \(ForeignTool.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "tool"),
        transform: Self.tool)
    var tool: ForeignTool?

    private static func tool(named name: String) throws -> ForeignTool {
        do throws(UnknownForeignTool) {
            return try ForeignTool.named(name)
        } catch {
            throw ValidationError([error.what, error.remedy].compactMap(\.self).joined(separator: ". "))
        }
    }
}
