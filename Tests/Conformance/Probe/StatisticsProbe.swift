import Foundation

/// What the comparison of the statistics asks: Poise's own values for given inputs, and how often intervals hold.
///
///     statistics-probe answer < questions.jsonl > answers.jsonl
///     statistics-probe coverage [KIND…] > coverage.jsonl
@main
enum StatisticsProbe {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let kinds = arguments.dropFirst().map(Cells.Kind.init)
        switch arguments.first {
        case "answer" where kinds.isEmpty: answer()
        case "coverage" where !kinds.contains(nil):
            await cover(kinds.isEmpty ? Cells.Kind.allCases : kinds.compactMap(\.self))
        default:
            let kinds = Cells.Kind.allCases.map(\.rawValue).joined(separator: " | ")
            FileHandle.standardError.write(Data("statistics-probe answer | coverage [\(kinds)]…\n".utf8))
            exit(64)
        }
    }

    /// One line in, one line out; a question that is none ends it.
    private static func answer() {
        var lines = 0
        while let line = readLine() {
            lines += 1
            do {
                let question = try JSONDecoder().decode(Question.self, from: Data(line.utf8))
                print(question.answer.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ",").bracketed)
            } catch {
                FileHandle.standardError.write(Data("line \(lines) is no question: \(error)\n".utf8))
                exit(1)
            }
        }
    }

    private static func cover(_ kinds: [Cells.Kind]) async {
        let cells = Cells.seeded(kinds)
        let results = await withTaskGroup(of: (Int, CoverageRow).self) { group in
            for (index, entry) in cells.enumerated() {
                group.addTask { (index, entry.cell.row(seed: entry.seed)) }
            }
            return await group.reduce(into: [Int: CoverageRow]()) { $0[$1.0] = $1.1 }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for index in cells.indices {
            if let row = results[index], let line = try? encoder.encode(row) {
                print(String(decoding: line, as: UTF8.self))
            }
        }
    }
}

extension String {
    fileprivate var bracketed: String { "[\(self)]" }
}
