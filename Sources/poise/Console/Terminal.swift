import ArgumentParser
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is known of the terminal behind a stream.
struct Terminal: Sendable {
    let isTerminal: Bool
    let width: Int
    let hasColor: Bool

    static func behind(_ stream: FileHandle, color: ColorChoice) -> Terminal {
        let isTerminal = isatty(stream.fileDescriptor) == 1
        return Terminal(
            isTerminal: isTerminal, width: width(of: stream.fileDescriptor) ?? 80,
            hasColor: color.decide(isTerminal: isTerminal, environment: ProcessInfo.processInfo.environment))
    }

    /// `COLUMNS`, as most tools let it overrule, else what the terminal says; nil where neither is known.
    private static func width(of descriptor: Int32) -> Int? {
        if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 {
            return columns
        }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

/// `--color auto|always|never`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// In `auto`, as https://no-color.org asks and as terminals named "dumb" need.
    func decide(isTerminal: Bool, environment: [String: String]) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        }
    }
}
