import PoiseCore
import PoiseReport

/// Whether there may be as many connections as the largest load wants.
enum OpenFilesCheck: DoctorCheck {
    static let name = "open files"

    /// - Parameters:
    ///   - room: requests in flight that the process's limit leaves room for.
    ///   - load: the most requests in flight that the suite names; nil where none does.
    static func finding(room: Int, load: Int?) -> Finding {
        let text = "room for \(Numbers.counted(room, "request")) in flight"
        let figures = ["requestsInFlight": Double(room)]
        guard let load else { return ok(text, figures) }
        guard load > room else { return ok("\(text); the largest load is \(Numbers.count(load))", figures) }
        return failed(
            "\(text), and the largest load is \(Numbers.count(load))",
            "Raise the limit: ulimit -n \(load + 128) (or LimitNOFILE, --ulimit nofile), or lower the load.", figures)
    }

    static let examples = [
        DoctorExample("no suite", finding(room: 960, load: nil), .ok, "960 requests"),
        DoctorExample("room", finding(room: 960, load: 64), .ok, "the largest load is 64"),
        DoctorExample("too little", finding(room: 960, load: 2000), .failed, "ulimit -n 2128"),
    ]
}
