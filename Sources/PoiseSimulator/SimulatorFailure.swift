import PoiseCore

/// Why a simulated endpoint did not start.
package enum SimulatorFailure: ExplainedError, Equatable {
    case notLoopback(host: String)
    case portInUse(Int)
    case portNotAllowed(Int)
    case cannotListen(host: String, port: Int, reason: String)
    case noFileDescriptor(limit: Int)
    case setting(String, value: String, expected: String)
    case logFile(String, reason: String)

    package var what: String {
        switch self {
        case .notLoopback(let host):
            "the simulated endpoint only listens on this machine, and \"\(host)\" is not a loopback address"
        case .portInUse(let port): "port \(port) is in use by another program"
        case .portNotAllowed(let port): "port \(port) may not be opened"
        case .cannotListen(_, let port, let reason): "cannot listen on port \(port): \(reason)"
        case .noFileDescriptor(let limit): "the process has no file descriptor left; it may have \(limit)"
        case .setting(let name, let value, let expected): "\(name) is \(value), where it must be \(expected)"
        case .logFile(_, let reason): "the log cannot be written: \(reason)"
        }
    }

    package var place: String? {
        switch self {
        case .notLoopback, .noFileDescriptor, .setting: "simulated endpoint"
        case .portInUse(let port), .portNotAllowed(let port): "127.0.0.1:\(port)"
        case .cannotListen(let host, let port, _): "\(host):\(port)"
        case .logFile(let path, _): path
        }
    }

    package var remedy: String? {
        switch self {
        case .notLoopback: "Use 127.0.0.1, ::1 or localhost: it has no protection and its answers mean nothing."
        case .portInUse(let port):
            "Choose another port, or port 0 for a free one; `ss -ltnp 'sport = :\(port)'` shows who has it."
        case .portNotAllowed: "Choose a port from 1024 to 65535, or 0 for a free one."
        case .cannotListen: "Choose another port, or port 0 for a free one."
        case .noFileDescriptor: "Raise the limit with `ulimit -n`, or start fewer endpoints."
        case .setting: nil
        case .logFile: "Choose a path in a folder that exists and can be written to."
        }
    }
}
