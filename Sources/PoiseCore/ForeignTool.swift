/// A tool whose definitions a run can be shown in: `--as vllm`.
package enum ForeignTool: String, Hashable, Codable, Sendable, CaseIterable {
    case vllm, aiperf, guidellm, llmperf

    /// As its makers write it.
    package var name: String {
        switch self {
        case .vllm: "vLLM"
        case .aiperf: "AIPerf"
        case .guidellm: "GuideLLM"
        case .llmperf: "LLMPerf"
        }
    }

    /// The version whose source the definitions were read in.
    package var version: String {
        switch self {
        case .vllm: "0.33.0"
        case .aiperf: "0.13.0"
        case .guidellm: "0.8.1"
        // Its makers number no releases: the last commit of its main branch.
        case .llmperf: "f1d6bed"
        }
    }

    /// Where the numbers that the definitions are named after come from: a command and the file that it writes.
    package var output: String {
        switch self {
        case .vllm: "vllm bench serve --save-result"
        case .aiperf: "aiperf profile, profile_export_aiperf.json"
        case .guidellm: "guidellm benchmark, benchmarks.json"
        case .llmperf: "token_benchmark_ray.py, …_summary.json"
        }
    }

    /// Reads a name as it is typed.
    ///
    /// - Throws: `UnknownForeignTool`, which names those that are known.
    package static func named(_ name: String) throws(UnknownForeignTool) -> ForeignTool {
        guard let tool = ForeignTool(rawValue: name.lowercased()) else { throw UnknownForeignTool(name: name) }
        return tool
    }
}

/// A tool was named whose definitions are not known here.
package struct UnknownForeignTool: ExplainedError, Hashable {
    package let name: String

    package var what: String { "the definitions of “\(name)” are not known" }
    package var place: String? { nil }
    package var remedy: String? {
        let known = ForeignTool.allCases.map(\.rawValue)
        let meant = nearest(to: name, among: known).map { "Did you mean \($0)? " } ?? ""
        return "\(meant)Known are \(known.joined(separator: ", "))."
    }
}
