/// Whole numbers, one for each sample or cell, laid out so that sums of products over them are fast.
///
/// Numbers are kept as fractions: those up to 2⁵³ are exact, so that sums do not depend on their order, and processors
/// multiply and add several at once. The end is filled with zeros up to a whole number of lanes.
struct CountVector: Sendable {
    typealias Lanes = SIMD8<Double>

    private(set) var values: [Double]
    /// Values that mean something.
    let count: Int

    init(count: Int) {
        self.count = count
        let lanes = Lanes.scalarCount
        values = Array(repeating: 0, count: (count + lanes - 1) / lanes * lanes)
    }

    init(_ numbers: [Double]) {
        self.init(count: numbers.count)
        values.replaceSubrange(0..<numbers.count, with: numbers)
    }

    subscript(index: Int) -> Double {
        get { values[index] }
        set { values[index] = newValue }
    }

    /// Σ of the products; both have the same number of values.
    func dot(_ other: CountVector) -> Double {
        #if DEBUG
            return plainDot(other)
        #else
            return laneDot(other)
        #endif
    }

    /// The same sum in the same order, one number at a time: without an optimizer each operation on lanes is a call, and
    /// the tests' resamples would take ten times as long.
    func plainDot(_ other: CountVector) -> Double {
        var lanes = [Double](repeating: 0, count: Lanes.scalarCount)
        lanes.withUnsafeMutableBufferPointer { lanes in
            values.withUnsafeBufferPointer { left in
                other.values.withUnsafeBufferPointer { right in
                    // Plain pointers, whose access is no call even without an optimizer.
                    guard let lanes = lanes.baseAddress, let one = left.baseAddress, let two = right.baseAddress
                    else { return }
                    let size = min(left.count, right.count)
                    var index = 0
                    while index < size {
                        lanes[index & 7] += one[index] * two[index]
                        index += 1
                    }
                }
            }
        }
        return lanes.reduce(0, +)
    }

    /// Several numbers at a time.
    func laneDot(_ other: CountVector) -> Double {
        values.withUnsafeBytes { left in
            other.values.withUnsafeBytes { right in
                var sum = Lanes.zero
                let size = min(left.count, right.count)
                for offset in stride(from: 0, to: size, by: MemoryLayout<Lanes>.size) {
                    sum +=
                        left.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
                        * right.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
                }
                return sum.sum()
            }
        }
    }

    mutating func withUnsafeMutableValues(_ body: (UnsafeMutableBufferPointer<Double>) -> Void) {
        values.withUnsafeMutableBufferPointer { body($0) }
    }
}
