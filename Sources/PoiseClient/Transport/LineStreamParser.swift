/// An incremental parser of lines of JSON (NDJSON, as Ollama streams): bytes in, whole lines out.
///
/// Lines end in LF or CRLF; empty ones are none. A line that lies whole in one read is handed out where it lies.
package struct LineStreamParser {
    /// Bytes that one line may have.
    package let maximum: Int
    /// Whether a line had more, which ends the reading: nothing more is given or kept.
    package private(set) var isTooLarge = false
    private var begun: [UInt8] = []

    package init(maximum: Int = .max) {
        self.maximum = maximum
    }

    /// - Parameters:
    ///   - taker: handed to `line`, so that it can be part of the same value as the parser.
    ///   - line: called with each line that these bytes complete; it is there only during the call.
    package mutating func push<Taker>(
        _ bytes: UnsafeRawBufferPointer, into taker: inout Taker, line: (inout Taker, UnsafeRawBufferPointer) -> Void
    ) {
        guard !isTooLarge else { return }
        var rest = bytes
        while let end = rest.firstIndex(ofByte: 0x0A) {
            guard begun.count + end <= maximum else { return giveUp() }
            let part = UnsafeRawBufferPointer(rebasing: rest[..<end])
            rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
            if begun.isEmpty {
                Self.give(part, to: &taker, line)
            } else {
                begun.append(contentsOf: part)
                finish(into: &taker, line: line)
            }
        }
        begun.append(contentsOf: rest)
        if begun.count > maximum { giveUp() }
    }

    /// Gives the line that the stream ended within.
    package mutating func finish<Taker>(
        into taker: inout Taker, line: (inout Taker, UnsafeRawBufferPointer) -> Void
    ) {
        begun.withUnsafeBytes { Self.give($0, to: &taker, line) }
        begun.removeAll(keepingCapacity: true)
    }

    private mutating func giveUp() {
        isTooLarge = true
        begun = []
    }

    private static func give<Taker>(
        _ bytes: UnsafeRawBufferPointer, to taker: inout Taker,
        _ line: (inout Taker, UnsafeRawBufferPointer) -> Void
    ) {
        let end = bytes.last == 0x0D ? bytes.count - 1 : bytes.count
        if end > 0 { line(&taker, UnsafeRawBufferPointer(rebasing: bytes[..<end])) }
    }
}
