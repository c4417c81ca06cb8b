import PoiseCore

/// Bytes cut as a network might cut them: differently for each input, and the same each time.
enum Pieces {
    static func of(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var generator = SeededGenerator(seed: 8, stream: digest(bytes))
        // Either bytes one by one, for the seams, or pieces of any length, for what is handed out where it lies.
        let most = [1, 3, 16, 512][Int(generator.next() % 4)]
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(1 + Int(generator.next() % UInt64(most)))
            pieces.append(piece)
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }

    /// FNV-1a (Fowler, Noll and Vo 1991).
    static func digest(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension [UInt8] {
    /// What the first bytes choose, and the rest.
    func chosen<Choice>(among choices: [Choice]) -> (choice: Choice, rest: [UInt8])? {
        guard let first, !choices.isEmpty else { return nil }
        return (choices[Int(first) % choices.count], Array(dropFirst()))
    }
}
