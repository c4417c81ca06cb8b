import Foundation
import PoiseCore

/// What llama.cpp's log says of how it serves: what stands nowhere else, and what came of what was asked.
enum EngineLog {
    /// How the line of our script begins that holds what its libraries were told; JSON with the names of `EngineDetails`.
    static let scriptMark = "engine details: "

    /// Builds print more or less of this, by their verbosity; each line counts alone.
    static func details(in log: String) -> EngineDetails {
        let lines = log.split(whereSeparator: \.isNewline)
        var details =
            lines.lazy.filter { $0.hasPrefix(scriptMark) }.compactMap { line in
                try? JSONDecoder().decode(EngineDetails.self, from: Data(line.dropFirst(scriptMark.count).utf8))
            }.first ?? EngineDetails()
        for line in lines where !line.hasPrefix(scriptMark) { read(line, into: &details) }
        // The script only knows what there is to choose from.
        let used = lines.compactMap(device(in:))
        if !used.isEmpty { details.devices = used }
        return details
    }

    /// A log as far as it may be of the start.
    static func beginning(ofFileAt path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        // A vocabulary's metadata and a thousand slots stay below it.
        return String(decoding: (try? file.read(upToCount: 1 << 20)) ?? Data(), as: UTF8.self)
    }

    private static func read(_ line: Substring, into details: inout EngineDetails) {
        if line.contains("system_info:") {
            details.threads = whole(after: "n_threads = ", in: line) ?? details.threads
            details.batchThreads = whole(after: "n_threads_batch = ", in: line) ?? details.batchThreads
            details.instructions = instructions(in: line) ?? details.instructions
        } else if line.contains("threadpool init") {
            details.threads = whole(after: "n_threads = ", in: line) ?? details.threads
        } else if line.contains("n_slots = ") || line.contains("n_ctx_slot = ") {
            details.slots = whole(after: "n_slots = ", in: line) ?? details.slots
            details.contextSize = whole(after: "n_ctx_slot = ", in: line) ?? details.contextSize
        } else if line.contains("Flash Attention"), line.hasSuffix(" enabled") {
            details.flashAttention = "on"
        } else if line.contains("Flash Attention"), line.hasSuffix(" disabled") {
            details.flashAttention = "off"
        } else if line.contains("llama_context:") {
            readContext(line, into: &details)
        } else if line.contains("llama_kv_cache"), line.contains("K (") {
            details.keyCacheType = text(after: "K (", to: ")", in: line) ?? details.keyCacheType
            details.valueCacheType = text(after: "V (", to: ")", in: line) ?? details.valueCacheType
        } else if line.contains("layers to GPU"), let share = text(after: "offloaded ", to: " ", in: line) {
            let parts = share.split(separator: "/")
            if parts.count == 2 { details.gpuLayers = "\(parts[0]) of \(parts[1])" }
        }
    }

    /// `using device CUDA0 (NVIDIA L4) (0000:01:00.0) - 22478 MiB free`, without place and free memory.
    private static func device(in line: Substring) -> String? {
        guard let start = line.range(of: "using device ")?.upperBound else { return nil }
        return line[start...].replacingOccurrences(
            of: #"( \([0-9a-f]{4}:[0-9a-f:.]+\))?( - \d+ MiB free)?$"#, with: "", options: .regularExpression)
    }

    /// `llama_context: n_ubatch = 512` and the like.
    private static func readContext(_ line: Substring, into details: inout EngineDetails) {
        let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, let key = parts[0].split(separator: " ").last else { return }
        switch key {
        case "n_batch": details.batchSize = Int(parts[1]) ?? details.batchSize
        case "n_ubatch": details.microBatchSize = Int(parts[1]) ?? details.microBatchSize
        // "auto" is settled in a line of its own, in some builds before this one.
        case "flash_attn" where parts[1] == "enabled" || parts[1] == "1": details.flashAttention = "on"
        case "flash_attn" where parts[1] == "disabled" || parts[1] == "0": details.flashAttention = "off"
        default: break
        }
    }

    /// Those of `AVX2 = 1 | AVX512 = 0 | …` that are on.
    private static func instructions(in line: Substring) -> [String]? {
        let words = line.split(separator: "|").dropFirst().compactMap { part -> String? in
            let sides = part.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
            guard sides.count == 2, sides[1] == "1" else { return nil }
            return sides[0].split(separator: " ").last.map(String.init)
        }
        return words.isEmpty ? nil : words
    }

    private static func whole(after mark: String, in line: Substring) -> Int? {
        line.range(of: mark).flatMap { Int(line[$0.upperBound...].prefix { $0.isNumber }) }
    }

    private static func text(after mark: String, to end: Character, in line: Substring) -> String? {
        guard let start = line.range(of: mark)?.upperBound, let stop = line[start...].firstIndex(of: end),
            start < stop
        else { return nil }
        return String(line[start..<stop])
    }
}
