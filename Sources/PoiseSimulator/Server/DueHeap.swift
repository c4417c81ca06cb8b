/// Connections with the instants at which they have something to send; the earliest first.
struct DueHeap: Sendable {
    struct Item: Hashable, Sendable {
        /// Nanoseconds of the monotonic clock.
        let due: Int64
        let token: Poller.Token
    }

    private var items: [Item] = []

    /// The one that is due first.
    var first: Item? { items.first }

    var isEmpty: Bool { items.isEmpty }

    mutating func insert(_ item: Item) {
        items.append(item)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if items[parent].due <= item.due { break }
            items[child] = items[parent]
            child = parent
        }
        items[child] = item
    }

    /// Takes the first one out, where it is due by an instant.
    mutating func pop(dueBy instant: Int64) -> Item? {
        guard let first = items.first, first.due <= instant, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < items.count else { break }
            if child + 1 < items.count, items[child + 1].due < items[child].due { child += 1 }
            if last.due <= items[child].due { break }
            items[parent] = items[child]
            parent = child
        }
        items[parent] = last
        return first
    }
}
