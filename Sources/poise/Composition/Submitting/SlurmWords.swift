/// What is said in Slurm's words and means something elsewhere too.
enum SlurmWords {
    /// Seconds of a time limit: `60` (minutes), `1:30` (minutes and seconds), `4:00:00`, `2-12` (days and hours), `2-12:30`,
    /// `2-12:30:00`; nil of anything else, and of no time at all.
    static func seconds(_ text: String) -> Int? {
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let last = halves.last, halves.count <= 2 else { return nil }
        let fields = last.split(separator: ":", omittingEmptySubsequences: false).map(number)
        let values = fields.compactMap(\.self)
        guard values.count == fields.count, (1...3).contains(values.count) else { return nil }
        if halves.count == 2 {
            guard let days = number(halves[0]) else { return nil }
            let parts = values + [0, 0]
            return positive(((days * 24 + parts[0]) * 60 + parts[1]) * 60 + parts[2])
        }
        switch values.count {
        case 1: return positive(values[0] * 60)
        case 2: return positive(values[0] * 60 + values[1])
        default: return positive((values[0] * 60 + values[1]) * 60 + values[2])
        }
    }

    /// GPUs of `--gres`: `gpu`, `gpu:2`, or `none`; nil of anything else, as of a kind of GPU.
    static func gpus(_ gres: String) -> Int? {
        if gres == "none" { return 0 }
        let words = gres.split(separator: ":", omittingEmptySubsequences: false)
        guard words.first == "gpu", words.count <= 2 else { return nil }
        return words.count == 1 ? 1 : number(words[1])
    }

    private static func positive(_ number: Int) -> Int? { number > 0 ? number : nil }

    /// Of so few digits that no sum of them overflows.
    private static func number(_ text: Substring) -> Int? {
        text.count <= 9 && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }
}
