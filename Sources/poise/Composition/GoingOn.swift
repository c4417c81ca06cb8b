import PoiseCore
import PoiseStore

/// How a run that ended too early goes on, as it is typed.
enum GoingOn {
    /// What `--db` is where nobody says.
    static let usualDatabase = "Results/poise.sqlite"

    /// `poise run --resume 20261121-071413-123-demo`
    static func command(
        run: String, database: String, retrying: Bool = false, isUnsafe: Bool = false
    ) -> String {
        var words = ["poise", "run", "--resume", run]
        if retrying { words.append("--retry-errors") }
        if isUnsafe { words.append("--unsafe-no-sandbox") }
        if database != usualDatabase { words += ["--db", quoted(database)] }
        return words.joined(separator: " ")
    }

    /// What a run that did not come to its end still lacks, and how it goes on; one line, or two.
    ///
    /// - Parameters:
    ///   - finished: what it has.
    ///   - planned: trials of the whole run.
    static func advice(
        run: String, database: String, isUnsafe: Bool, finished: FinishedWork, planned: Int
    ) -> String {
        let kept = "\(finished.finished) of \(planned) trials are kept"
        let line = "to go on: \(command(run: run, database: database, isUnsafe: isUnsafe))   (\(kept))"
        guard finished.failed > 0 else { return line }
        return line + "\n  with --retry-errors what failed is asked again too: "
            + "\(finished.failed) \(finished.failed == 1 ? "trial" : "trials")"
    }

    /// For a POSIX shell; as it is where nothing in it means anything to one.
    static func quoted(_ word: String) -> String {
        let plain = word.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", "+", ":", "@", "%", ",": true
            default: false
            }
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
