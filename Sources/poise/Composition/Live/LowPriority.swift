import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Lets everything else on the machine go first.
enum LowPriority {
    /// The least urgent that there is.
    private static let niceness: Int32 = 19

    /// All threads of this process, and those that they begin.
    static func take() {
        #if canImport(Darwin)
            setpriority(PRIO_PROCESS, 0, niceness)
        #else
            // On Linux it is a property of each thread, which new ones have from the one that begins them.
            let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
            for thread in threads.compactMap(UInt32.init) { setpriority(oneThread, thread, niceness) }
        #endif
    }

    #if canImport(Glibc)
        private static let oneThread = __priority_which_t(PRIO_PROCESS.rawValue)
    #elseif canImport(Musl)
        private static let oneThread = PRIO_PROCESS
    #endif
}
