import Foundation

extension MachineFacts {
    /// What must agree for the speeds of two machines to be comparable, as far as it was recorded.
    ///
    /// Processor, cores and memory that may be used, GPUs with their drivers, family of systems and architecture; not
    /// what changes from day to day (load, kernel, power). Equal texts mean machines of one model, not one machine. Runs
    /// of before the GPUs were recorded differ from those after: what is not known is not equal.
    package var identity: String {
        if let pooled { return "pooled: \(pooled.map(\.identity).sorted().joined(separator: " | "))" }
        let parts: [String?] = [
            Self.singleSpaced(processor), processorModel, "\(Self.number(coresInUse)) cores", "\(gibibytesInUse) GiB",
            gpus.map { $0.isEmpty ? "no GPU" : Self.counted($0.map(\.identity)).joined(separator: " + ") },
            systemFamily ?? system, architecture,
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    /// One line for people: `AMD EPYC 9B14, 2 of 64 cores, 24 GiB, 2 × NVIDIA L4, Debian 12`.
    package var summary: String {
        if let pooled {
            return "\(pooled.count) kinds of machine: \(pooled.map(\.summary).joined(separator: " and "))"
        }
        let available = Self.number(coresInUse)
        let unit = coresInUse == 1 && cores == 1 ? "core" : "cores"
        var parts = [
            Self.short(processor),
            coresInUse < Double(cores) ? "\(available) of \(cores) cores" : "\(available) \(unit)",
        ]
        if memory > 0 { parts.append("\(gibibytesInUse) GiB") }
        parts += Self.counted((gpus ?? []).map(\.name).filter { $0 != processor })
        parts.append(Self.short(system))
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// What about the machine makes its speeds less comparable than they look, each with what to do; empty where nothing.
    package var cautions: [String] {
        var cautions: [String] = []
        if let pooled { return pooled.flatMap(\.cautions).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
        if power?.source == .battery {
            cautions.append("the machine ran on battery, where its clock may be held down; plug it in")
        }
        if let profile = power?.profile, ["low-power", "power-saver", "quiet", "cool"].contains(profile) {
            cautions.append("the machine's power profile was \(profile); choose a faster one")
        }
        if let loadAverage, loadAverage > coresInUse / 2 {
            cautions.append(
                "the machine was busy when the run began (load average \(Self.number(loadAverage)) on "
                    + "\(Self.number(coresInUse)) cores); end what else runs")
        }
        if client?.isOptimized == false {
            cautions.append("Poise was built without optimization, so it was slow itself; build it with -c release")
        }
        return cautions
    }

    /// Logical cores that the run could use; may be a fraction.
    package var coresInUse: Double { min(usableCores ?? Double(cores), Double(cores)) }

    /// Memory that the run could use, in GiB and rounded: what firmware and kernel keep for themselves varies.
    private var gibibytesInUse: Int {
        Int((Double(min(memoryLimit ?? memory, memory)) / Double(1 << 30)).rounded())
    }

    /// `2`, `1.5`.
    private static func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
    }

    /// Equal texts once, with their number before them; in the order of their first.
    private static func counted(_ texts: [String]) -> [String] {
        var order: [String] = []
        var counts: [String: Int] = [:]
        for text in texts {
            if counts[text] == nil { order.append(text) }
            counts[text, default: 0] += 1
        }
        return order.map { text in
            let count = counts[text] ?? 1
            return count > 1 ? "\(count) × \(text)" : text
        }
    }

    /// Without marks, clock rates and code names, which do not help a reader.
    private static func short(_ name: String) -> String {
        let dropped = [
            #"\((?:R|r|TM|tm)\)"#, #" GNU/Linux"#, #" \([^)]*\)$"#, #" @ [0-9.]+ ?GHz"#, #" \d+-Core Processor"#,
            #" CPU\b"#, #"^Version "#,
        ]
        let text = dropped.reduce(name) { text, pattern in
            text.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
        }
        return singleSpaced(text)
    }

    private static func singleSpaced(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension GPUFacts {
    /// What must agree for two GPUs to count as the same model; the limit of power is part of it, since it caps the clock.
    fileprivate var identity: String {
        let gibibytes = memory.map { "\(Int((Double($0) / Double(1 << 30)).rounded())) GiB" }
        let watts = powerLimit.map { "\(Int($0.rounded())) W" }
        return [name, gibibytes, watts, driver].compactMap(\.self).joined(separator: " ")
    }
}
