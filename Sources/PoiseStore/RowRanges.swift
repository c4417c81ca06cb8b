/// Ranges of row numbers that are copied whole, and halved where that fails, the lower half first.
struct RowRanges {
    /// What is still to be tried, the next one last.
    private var pending: [ClosedRange<Int64>]
    private var current: ClosedRange<Int64> = 0...0
    private var failuresLeft: Int
    /// Runs of numbers of which none could be read.
    private(set) var gaps = 0
    /// The last number of the newest gap.
    private var gapEnd: Int64?

    init(mostFailures: Int) {
        failuresLeft = mostFailures
        // Each as long as all before it, so that a failure has little to be done again.
        let doubling = (10..<63).map { (Int64(1) << $0)...((Int64(1) << $0) - 1 + (Int64(1) << $0)) }
        // Below 0 there are none but by damage: where the first page cannot be read, all of those numbers fail.
        pending = [Int64.min...(-1)] + (doubling.reversed() as [ClosedRange<Int64>]) + [0...1023]
    }

    mutating func next() -> ClosedRange<Int64>? {
        guard let range = pending.popLast() else { return nil }
        current = range
        return range
    }

    /// The range was copied.
    mutating func succeeded() {
        gapEnd = nil
    }

    /// The range could not be copied.
    ///
    /// - Returns: whether it is a single row, or no more failures are allowed, so that it is left out; else its halves
    ///   are next.
    mutating func failed() -> Bool {
        failuresLeft -= 1
        guard current.lowerBound < current.upperBound else { return true }
        guard failuresLeft > 0 else { return true }
        // Their sum may be more than an Int64 holds.
        let middle = (current.lowerBound >> 1) + (current.upperBound >> 1)
        pending.append((middle + 1)...current.upperBound)
        pending.append(current.lowerBound...middle)
        return false
    }

    /// The range was left out because it cannot be read.
    mutating func leaveGap() {
        if gapEnd == nil || current.lowerBound == .min || gapEnd != current.lowerBound - 1 { gaps += 1 }
        gapEnd = current.upperBound
    }
}
