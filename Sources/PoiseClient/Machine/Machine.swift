import Foundation
package import PoiseCore

/// Looks at the machine that Poise runs on.
package enum Machine {
    /// What makes a speed comparable; what the machine does not say is unknown, and nothing here fails.
    ///
    /// It takes a few milliseconds, and where a GPU's own program has to be asked as long as that needs, at most 3 s.
    package static func facts() async -> MachineFacts {
        #if os(Linux)
            await LinuxMachine.facts(from: .live, client: .current)
        #else
            await DarwinMachine.facts(from: .live, client: .current)
        #endif
    }

    /// The most memory that a process has held, bytes; nil where the system does not tell.
    static func peakMemory(of process: Int32) -> Int64? {
        #if os(Linux)
            // VmHWM, in kB: proc(5).
            guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
                let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
                let kilobytes = line.split(separator: " ").dropFirst().compactMap({ Int64($0) }).first
            else { return nil }
            return kilobytes * 1024
        #else
            return nil
        #endif
    }
}
