import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// Keeps the texts of private tasks in the database; their numbers may leave.
enum PrivateTasks {
    /// The private tasks of some runs.
    static func named(in runs: Set<String>, _ store: RunStore) async throws -> Set<String> {
        var names: Set<String> = []
        for run in runs.sorted() { names.formUnion(try await store.plan(of: run).privateTasks) }
        return names
    }

    /// Takes the answers of such tasks out of the lists of flips.
    ///
    /// - Returns: how many flips lost them.
    static func hideAnswers(of tasks: Set<String>, in comparison: inout Comparison) -> Int {
        guard !tasks.isEmpty else { return 0 }
        var hidden = 0
        for row in comparison.rows.indices {
            for index in comparison.rows[row].flips.list.indices {
                guard tasks.contains(comparison.rows[row].flips.list[index].task) else { continue }
                comparison.rows[row].flips.list[index].base = nil
                comparison.rows[row].flips.list[index].candidate = nil
                hidden += 1
            }
        }
        return hidden
    }

    /// Takes the answers of such tasks out of what was measured: of a short answer, a digest is no secret.
    ///
    /// - Returns: how many trials lost them.
    static func hideAnswers(of tasks: Set<String>, in measured: inout [MeasuredCandidate]) -> Int {
        var hidden = 0
        for place in measured.indices {
            for index in measured[place].observations.indices {
                let trial = measured[place].observations[index]
                guard tasks.contains(trial.task), trial.answer != nil else { continue }
                measured[place].observations[index].answer = nil
                hidden += 1
            }
        }
        return hidden
    }

    /// Why a candidate was given up, without what the server said: it may quote a prompt.
    ///
    /// A server's own words stand behind a colon, and so do an engine's.
    static func shown(_ reason: String, hiding tasks: Set<String>) -> String {
        guard !tasks.isEmpty else { return reason }
        let line = reason.prefix { !$0.isNewline }
        guard let colon = line.range(of: ": ") else { return String(line) }
        return String(line[..<colon.lowerBound])
    }

    /// Says on standard error what was left out; nothing where that is nothing.
    static func sayLeftOut(_ count: Int, _ noun: String, of tasks: Set<String>) {
        guard count > 0 else { return }
        let names = Numbers.list(tasks.sorted())
        Console.say(
            "left out the texts of \(Numbers.counted(count, noun)): \(names) \(tasks.count == 1 ? "is" : "are") private"
        )
    }
}
