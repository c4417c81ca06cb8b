import PoiseClient
import PoiseReport

/// Whether the largest model fits into the memory that is free.
enum MemoryCheck: DoctorCheck {
    static let name = "memory"

    /// - Parameters:
    ///   - limit: the most that the control group may hold, bytes; nil where there is none.
    ///   - swappedIn: pages that were read back from swap within a second.
    ///   - largestModel: bytes of the largest file that an engine of Poise's will load; nil where there is none.
    static func finding(_ state: MemoryState?, limit: Int64?, swappedIn: Int?, largestModel: Int64?) -> Finding {
        guard let state else { return skipped("the system does not tell") }
        let available = min(state.available, limit ?? .max)
        let swap = state.swapUsed > 0 ? ", \(Numbers.bytes(state.swapUsed)) of swap in use" : ", no swap in use"
        let text = Numbers.bytes(available) + " to be had" + swap
        let figures = ["availableMemory": Double(available), "swapUsed": Double(state.swapUsed)]
        if let largestModel, available <= largestModel {
            return failed(
                "\(text); the largest model has \(Numbers.bytes(largestModel))",
                "End other programs, take a smaller quantization, or a machine with more memory.", figures)
        }
        if let swappedIn, swappedIn > 0 {
            return warning(
                "\(text), and \(Numbers.counted(swappedIn, "page")) came back from it within a second",
                "End what fills the memory before you measure: what waits for a disk is slow at random.", figures)
        }
        // An eighth: weights that were pushed out come back in the middle of a response.
        if state.swapUsed > (available + state.swapUsed) / 8 {
            return warning("\(text)", "End what fills the memory, then: sudo swapoff -a && sudo swapon -a", figures)
        }
        return ok(text, figures)
    }

    private static func state(_ available: Int64, swapUsed: Int64 = 0) -> MemoryState {
        MemoryState(available: available, swapUsed: swapUsed, swap: 8 << 30)
    }

    static let examples = [
        DoctorExample(
            "room", finding(state(20_000_000_000), limit: nil, swappedIn: 0, largestModel: 4_000_000_000), .ok,
            "20.0 GB"),
        DoctorExample(
            "a group's limit", finding(state(20_000_000_000), limit: 2_000_000_000, swappedIn: 0, largestModel: nil),
            .ok,
            "2.00 GB"),
        DoctorExample(
            "a model too large", finding(state(3_000_000_000), limit: nil, swappedIn: 0, largestModel: 4_000_000_000),
            .failed, "smaller quantization"),
        DoctorExample(
            "swapping now", finding(state(1 << 33, swapUsed: 1 << 20), limit: nil, swappedIn: 80, largestModel: nil),
            .warning, "80 pages"),
        DoctorExample(
            "much swapped out", finding(state(1 << 32, swapUsed: 1 << 31), limit: nil, swappedIn: 0, largestModel: nil),
            .warning, "swapoff"),
        DoctorExample("not told", finding(nil, limit: nil, swappedIn: nil, largestModel: nil), .skipped),
    ]
}
