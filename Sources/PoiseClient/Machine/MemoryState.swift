/// How much memory there is to have right now: proc_meminfo(5).
package struct MemoryState: Hashable, Sendable {
    /// Bytes that a program could take without pushing others out.
    package let available: Int64
    /// Bytes of swap that are in use, and that there are.
    package let swapUsed: Int64
    package let swap: Int64

    package init(available: Int64, swapUsed: Int64, swap: Int64) {
        self.available = available
        self.swapUsed = swapUsed
        self.swap = swap
    }

    /// This machine's, or its control group's where that leaves less; nil where the system does not tell.
    package static func now() -> MemoryState? {
        MachineSources.live.text("/proc/meminfo").flatMap { MemoryState(meminfo: $0) }
    }

    init?(meminfo: String) {
        var values: [Substring: Int64] = [:]
        for line in meminfo.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let number = parts[1].split(separator: " ").first.flatMap({ Int64($0) }) else {
                continue
            }
            values[parts[0]] = number.multipliedReportingOverflow(by: 1024).partialValue
        }
        guard let available = values["MemAvailable"] else { return nil }
        let swap = values["SwapTotal"] ?? 0
        self.init(available: available, swapUsed: max(0, swap - (values["SwapFree"] ?? swap)), swap: swap)
    }
}
