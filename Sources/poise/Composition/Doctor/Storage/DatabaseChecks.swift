import PoiseReport

/// Whether the database opens, and what it holds.
enum DatabaseCheck: DoctorCheck {
    static let name = "database"

    enum Outcome: Hashable, Sendable {
        case opened(runs: Int, trials: Int, bytes: Int64)
        /// Why it does not.
        case closed(reason: String)
        /// It opens, and cannot be read through.
        case damaged(reason: String)
        /// A database of something else.
        case foreign
        case missing
    }

    static func finding(_ outcome: Outcome, path: String) -> Finding {
        switch outcome {
        case .missing: return skipped("\(path) is not there yet; poise run makes it")
        case .closed(let reason):
            return failed(
                "\(path) does not open: \(reason)",
                "If it was damaged, `sqlite3 \(path) .recover` saves what is sound; else name another file with --db.")
        case .damaged(let reason):
            return failed(
                "\(path) is damaged: \(reason)",
                "Keep a copy, write no more to it, and save what is sound: sqlite3 \(path) .recover | sqlite3 saved.sqlite"
            )
        case .foreign:
            return failed("\(path) is a database, and none of Poise's", "Name another file with --db.")
        case .opened(let runs, let trials, let bytes):
            return ok(
                "\(path): \(Numbers.counted(runs, "run")), \(Numbers.counted(trials, "trial")), \(Numbers.bytes(bytes))",
                ["runs": Double(runs), "trials": Double(trials), "bytes": Double(bytes)])
        }
    }

    static let examples = [
        DoctorExample(
            "sound", finding(.opened(runs: 2, trials: 640, bytes: 1_200_000), path: "r.sqlite"), .ok,
            "r.sqlite: 2 runs, 640 trials, 1.20 MB"),
        DoctorExample("not there", finding(.missing, path: "r.sqlite"), .skipped, "poise run"),
        DoctorExample(
            "text", finding(.closed(reason: "file is not a database"), path: "r.txt"), .failed, "not a database"),
        DoctorExample(
            "damaged", finding(.damaged(reason: "database disk image is malformed"), path: "r.sqlite"), .failed,
            "r.sqlite .recover"),
        DoctorExample("another's", finding(.foreign, path: "music.sqlite"), .failed, "--db"),
    ]
}

/// Whether the schema is this Poise's.
enum SchemaCheck: DoctorCheck {
    static let name = "schema"

    static func finding(missing: [String], isNewer: Bool) -> Finding {
        if isNewer {
            return failed("written by a newer Poise", "Update Poise, or name another file with --db.")
        }
        guard !missing.isEmpty else { return ok("up to date") }
        return ok(
            "\(Numbers.counted(missing.count, "step")) behind (\(missing.joined(separator: "; "))); the next command that"
                + " opens it brings it up to date")
    }

    static let examples = [
        DoctorExample("up to date", finding(missing: [], isNewer: false), .ok, "up to date"),
        DoctorExample("older", finding(missing: ["4: divergence"], isNewer: false), .ok, "1 step behind"),
        DoctorExample("newer", finding(missing: [], isNewer: true), .failed, "Update Poise"),
    ]
}

/// Whether what is stored is what was written.
enum IntegrityCheck: DoctorCheck {
    static let name = "integrity"

    /// - Parameter problems: what SQLite found; nil where it did not come to an end.
    static func finding(problems: [String]?, isQuick: Bool, path: String) -> Finding {
        guard let problems else {
            return warning(
                "the check did not end in time",
                "Check it alone, where nothing else uses the disk: sqlite3 \(path)"
                    + " 'PRAGMA integrity_check'")
        }
        guard let first = problems.first else {
            return ok(isQuick ? "sound by the quick check (it is large; indexes were not compared)" : "sound")
        }
        // SQLite puts many into one, each on a line.
        let lines = problems.flatMap { $0.split(whereSeparator: \.isNewline) }.filter { !$0.hasPrefix("***") }
        let more = lines.count > 1 ? " and \(lines.count - 1) more" : ""
        return failed(
            "\(lines.first.map(String.init) ?? first)\(more)",
            "Keep a copy, write no more to it, and save what is sound: sqlite3 \(path) .recover | sqlite3 saved.sqlite")
    }

    static let examples = [
        DoctorExample("sound", finding(problems: [], isQuick: false, path: "r"), .ok, "sound"),
        DoctorExample("large", finding(problems: [], isQuick: true, path: "r"), .ok, "quick check"),
        DoctorExample(
            "damaged", finding(problems: ["Page 7: never used", "wrong # of entries"], isQuick: false, path: "r"),
            .failed,
            "never used and 1 more"),
        DoctorExample("too slow", finding(problems: nil, isQuick: true, path: "r"), .warning, "integrity_check"),
    ]
}

/// Whether others on this machine can read what models were asked and said.
enum PermissionsCheck: DoctorCheck {
    static let name = "permissions"

    /// - Parameters:
    ///   - modes: of the database and the files that belong to it, by their names.
    ///   - path: of the database.
    static func finding(modes: [String: Int], path: String) -> Finding {
        let open = modes.filter { $0.value & 0o077 != 0 }.sorted { $0.key < $1.key }
        guard !open.isEmpty else { return ok("yours alone") }
        let told = open.map { "\($0.key) (\(String($0.value & 0o777, radix: 8)))" }
        let isWritable = open.contains { $0.value & 0o022 != 0 }
        return warning(
            "others can \(isWritable ? "read and change" : "read") \(Numbers.list(told))",
            "chmod 600 \(path)" + (open.count > 1 ? "*" : ""))
    }

    static let examples = [
        DoctorExample("yours", finding(modes: ["r.sqlite": 0o600], path: "/x/r.sqlite"), .ok),
        DoctorExample(
            "readable", finding(modes: ["r.sqlite": 0o644], path: "/x/r.sqlite"), .warning, "chmod 600 /x/r.sqlite"),
        DoctorExample(
            "changeable", finding(modes: ["r.sqlite": 0o666, "r.sqlite-wal": 0o600], path: "r.sqlite"), .warning,
            "read and change r.sqlite (666)"),
    ]
}

/// Whether the log of writes is folded in from time to time.
enum WriteAheadLogCheck: DoctorCheck {
    static let name = "write-ahead log"

    /// SQLite folds it in at 4 MB; far beyond that, something keeps it from doing so.
    private static let most: Int64 = 256_000_000

    /// - Parameter bytes: nil where there is none.
    static func finding(bytes: Int64?) -> Finding {
        guard let bytes, bytes > 0 else { return ok("empty: nothing is left to be folded in") }
        let figures = ["walBytes": Double(bytes)]
        guard bytes > most else {
            return ok(
                "\(Numbers.bytes(bytes)): a command has it open, or ended without a word; the next one folds it in",
                figures)
        }
        return warning(
            "\(Numbers.bytes(bytes)): a reader keeps it from being folded in",
            "End what reads the database for long (a shell, a notebook, --watch).", figures)
    }

    static let examples = [
        DoctorExample("none", finding(bytes: nil), .ok, "empty"),
        DoctorExample("a little", finding(bytes: 4_120_032), .ok, "4.12 MB"),
        DoctorExample("much", finding(bytes: 900_000_000), .warning, "reader"),
    ]
}

/// Whether runs say that they are under way.
enum UnfinishedRunsCheck: DoctorCheck {
    static let name = "unfinished runs"

    static func finding(_ runs: [String]) -> Finding {
        guard let first = runs.first else { return ok("none") }
        let names =
            runs.count > 3 ? "\(runs.prefix(3).joined(separator: ", ")) and \(runs.count - 3) more" : Numbers.list(runs)
        return warning(
            "\(names) \(runs.count == 1 ? "is" : "are") marked as under way",
            "Where a process still works on it, all is well; else go on with it: poise run SUITE --resume \(first)")
    }

    static let examples = [
        DoctorExample("none", finding([]), .ok),
        DoctorExample("one", finding(["20261122-a"]), .warning, "--resume 20261122-a"),
        DoctorExample("many", finding(["a", "b", "c", "d", "e"]), .warning, "and 2 more"),
    ]
}
