extension SeededGenerator {
    /// Some of the elements, each set of so many as likely as any other, in the order in which they were given.
    ///
    /// The first steps of a Fisher–Yates shuffle; all of the elements where there are no more than `count`.
    package mutating func sample<Element>(_ count: Int, of elements: [Element]) -> [Element] {
        guard count < elements.count else { return elements }
        var places = Array(elements.indices)
        for index in 0..<max(0, count) { places.swapAt(index, index + next(below: places.count - index)) }
        return places.prefix(max(0, count)).sorted().map { elements[$0] }
    }
}
