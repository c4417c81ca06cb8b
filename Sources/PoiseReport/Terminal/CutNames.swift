/// Names cut to a width so that those that differ stay apart.
enum CutNames {
    /// In their order; the middle goes, since ids of one family begin alike and those of one quantization end alike.
    ///
    /// As much of the end stays as comes after what each shares with the one most like it, where there is room for it; where that makes two
    /// alike, more of the end, then more of the beginning, and then only what comes after all that they share.
    static func fitted(_ names: [String], to columns: Int) -> [String] {
        let (apart, half, shared) = (Set(names).count, max(0, (columns - 1) / 2), sharedBeginning(names))
        let long = names.filter { TerminalText.width($0) > columns }
        let differing =
            long.map { name in
                let likest = names.filter { $0 != name }.map { $0.commonPrefix(with: name) }.max() ?? name.count
                return TerminalText.width(String(name.dropFirst(likest)))
            }.max() ?? 0
        let first = differing <= columns - 4 ? max(half, differing) : half
        let tails = [first] + Array(half..<max(half, columns)) + (0..<half).reversed()
        for tail in tails {
            let cuts = names.map { cut($0, to: columns, tail: tail) }
            if Set(cuts).count == apart { return cuts }
        }
        let ends = names.map { name in
            TerminalText.width(name) > columns ? TerminalText.cut("…" + name.dropFirst(shared), to: columns) : name
        }
        return Set(ends).count == apart ? ends : names.map { cut($0, to: columns, tail: half) }
    }

    private static func cut(_ name: String, to columns: Int, tail: Int) -> String {
        guard TerminalText.width(name) > columns, columns > 0 else { return name }
        let end = beginning(of: name.reversed(), to: tail)
        let rest = columns - 1 - TerminalText.width(String(end))
        return String(beginning(of: Array(name), to: rest)) + "…" + String(end.reversed())
    }

    /// As many characters as fit.
    private static func beginning(of characters: [Character], to columns: Int) -> [Character] {
        var used = 0
        return Array(
            characters.prefix { character in
                used += TerminalText.width(String(character))
                return used <= columns
            })
    }

    /// Characters that all names begin with.
    private static func sharedBeginning(_ names: [String]) -> Int {
        guard let first = names.first else { return 0 }
        return names.map { $0.commonPrefix(with: first) }.min() ?? 0
    }
}

extension String {
    /// How many characters both texts begin with.
    fileprivate func commonPrefix(with other: String) -> Int {
        zip(self, other).prefix { $0 == $1 }.count
    }
}
