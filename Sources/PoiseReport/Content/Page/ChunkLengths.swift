/// Lengths of chunks, laid over a text that is not the one that they were counted in.
enum ChunkLengths {
    /// - Parameters:
    ///   - lengths: Unicode scalars of each chunk.
    ///   - original: the text that they add up to; where they do not, they are stretched over it.
    ///   - shown: the text that stands for it, with some of it replaced.
    /// - Returns: as many lengths, which add up to the shown text.
    ///
    /// What both texts begin and end with stays in its chunks; over what lies between, chunks are spread evenly.
    static func laid(_ lengths: [Int], of original: String, over shown: String) -> [Int] {
        let old = Array(original.unicodeScalars)
        let new = original == shown ? old : Array(shown.unicodeScalars)
        let total = lengths.reduce(0.0) { $0 + Double(max(0, $1)) }
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        var arrived = 0.0
        var before = 0
        var result: [Int] = []
        for (index, length) in lengths.enumerated() {
            arrived += Double(max(0, length))
            // Servers that drop a tag between thinking and answer count it in no chunk, or in one.
            let place = total > 0 ? Int((arrived / total * Double(old.count)).rounded()) : 0
            var end = mapped(place, head: head, tail: tail, from: old.count, to: new.count)
            if index == lengths.count - 1 { end = new.count }
            result.append(max(0, end - before))
            before = max(before, end)
        }
        return result
    }

    private static func mapped(_ place: Int, head: Int, tail: Int, from old: Int, to new: Int) -> Int {
        if place <= head { return place }
        if place >= old - tail { return new - (old - place) }
        let share = Double(place - head) / Double(old - tail - head)
        return head + Int((share * Double(new - tail - head)).rounded())
    }
}
