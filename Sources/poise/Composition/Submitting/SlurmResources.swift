/// What is asked of Slurm for each shard; nil leaves it to the cluster's own defaults.
struct SlurmResources: Hashable {
    var partition: String?
    var account: String?
    var qos: String?
    var constraint: String?
    /// `gpu:1`
    var gres: String?
    /// Cores of each shard.
    var cpus: Int?
    var memory: String?
    var time: String?
    /// No other job on the shard's machine.
    var isExclusive = false
    var jobName = "poise"
    /// Options of sbatch that Poise does not know, as `--mail-type=END`.
    var others: [String] = []

    /// The lines by which a cluster finds and books a job of either kind.
    private var bookingLines: [String] {
        Self.lines([("partition", partition), ("account", account), ("qos", qos), ("time", time)])
    }

    /// What stands last holds with sbatch, so that the user's own lines go over all others.
    private var ownLines: [String] { others.map(SbatchLine.other) }

    var shardLines: [String] {
        let lines = Self.lines([
            ("constraint", constraint), ("gres", gres), ("cpus-per-task", cpus.map(String.init)), ("mem", memory),
        ])
        return bookingLines + lines + (isExclusive ? [SbatchLine.flag("exclusive")] : []) + ownLines
    }

    /// Of the merge: one core, and twice the memory that it takes for a million trials.
    var mergeLines: [String] {
        bookingLines + Self.lines([("cpus-per-task", "1"), ("mem", "4G")]) + ownLines
    }

    private static func lines(_ options: [(name: String, value: String?)]) -> [String] {
        options.compactMap { name, value in value.map { SbatchLine.option(name, $0) } }
    }
}

/// A line that sbatch reads out of a script; the shell that runs the script takes it for a comment.
enum SbatchLine {
    static func flag(_ name: String) -> String { "#SBATCH --\(name)" }

    static func option(_ name: String, _ value: String) -> String { "#SBATCH --\(name)=\(quoted(value))" }

    /// As it was given, with or without `#SBATCH` before it.
    static func other(_ line: String) -> String {
        let words = line.hasPrefix("#SBATCH") ? String(line.dropFirst("#SBATCH".count)) : line
        return "#SBATCH \(words.drop(while: \.isWhitespace))"
    }

    /// What is wrong with an option that a user wants beside Poise's own; nil where nothing is.
    static func problem(of line: String) -> String? {
        let option = other(line).dropFirst("#SBATCH ".count)
        guard option.hasPrefix("-") else {
            return "--sbatch takes an option of sbatch, as --sbatch=--mail-type=END, and not “\(line)”."
        }
        let name = option.prefix { $0 != "=" && !$0.isWhitespace }
        guard !["--array", "-a", "--dependency", "-d", "--wrap", "--output", "-o"].contains(name) else {
            return "--sbatch takes no \(name): Poise says that itself."
        }
        return nil
    }

    /// A path in which sbatch puts in the ids for `%A` and the like, and nothing for any other percent sign.
    static func path(in folder: String, _ name: String) -> String {
        "\(folder.replacing("%", with: "%%"))/\(name)"
    }

    /// sbatch ends a word at a space and a line at `#`, and reads quotes and backslashes much as a shell does.
    static func quoted(_ value: String) -> String {
        let plain = value.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case " ", "\t", "\"", "'", "\\", "#": false
            default: true
            }
        }
        guard !plain || value.isEmpty else { return value }
        return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
