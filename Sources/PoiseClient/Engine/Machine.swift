import Foundation
package import PoiseCore

/// Looks at the machine that Poise runs on.
package enum Machine {
    package static func facts() -> MachineFacts {
        MachineFacts(
            processor: processor() ?? "unknown processor",
            cores: ProcessInfo.processInfo.activeProcessorCount,
            memory: Int64(clamping: ProcessInfo.processInfo.physicalMemory),
            system: system())
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

    private static func processor() -> String? {
        #if os(Linux)
            guard let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return nil }
            let names = information.split(separator: "\n").filter {
                $0.hasPrefix("model name") || $0.hasPrefix("Model")
            }
            return names.first?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        #else
            var size = 0
            sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
            var name = [UInt8](repeating: 0, count: size)
            guard sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 else { return nil }
            return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        #endif
    }

    private static func system() -> String {
        #if os(Linux)
            let release = try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)
            let line = release?.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
            if let name = line?.dropFirst("PRETTY_NAME=".count) {
                return name.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        #endif
        return ProcessInfo.processInfo.operatingSystemVersionString
    }
}
