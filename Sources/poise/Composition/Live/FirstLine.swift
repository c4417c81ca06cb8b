import Foundation
import PoiseCore

/// What a process that was started says first.
enum FirstLine: Hashable {
    case line(String)
    /// It closed its output without a word.
    case none
    /// Neither within the time, or the task was cancelled meanwhile.
    case late

    /// Between two looks at whether the task was cancelled, in milliseconds.
    private static let step = 100.0

    static func read(from handle: FileHandle, within patience: Duration) -> FirstLine {
        let deadline = Instant.now() + patience
        var line = Data()
        while !Task.isCancelled {
            let left = (deadline - .now()) / .milliseconds(1)
            guard left > 0 else { return .late }
            var output = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&output, 1, Int32(min(left, step).rounded(.up))) > 0 else { continue }
            guard let byte = try? handle.read(upToCount: 1), let first = byte.first else {
                return line.isEmpty ? .none : .line(String(decoding: line, as: UTF8.self))
            }
            if first == UInt8(ascii: "\n") { return .line(String(decoding: line, as: UTF8.self)) }
            line.append(first)
        }
        return .late
    }
}
