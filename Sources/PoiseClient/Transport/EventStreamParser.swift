/// An incremental parser of `text/event-stream` (WHATWG HTML, 9.2): bytes in, the data of whole events out.
///
/// Only `data` fields matter here; `event`, `id` and `retry` are read over. Events may be split over any number of
/// reads; lines may end in LF, CRLF or CR; a byte order mark at the start is skipped.
package struct EventStreamParser {
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var sawCarriageReturn = false
    private var isAtStart = true

    package init() {}

    /// - Parameter event: called with the data of each event that these bytes complete.
    package mutating func push(_ bytes: UnsafeRawBufferPointer, event: ([UInt8]) -> Void) {
        var rest = bytes[...]
        if sawCarriageReturn, rest.first == 0x0A { rest = rest.dropFirst() }
        if !rest.isEmpty { sawCarriageReturn = false }
        while let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            line.append(contentsOf: rest[..<end])
            finishLine(event)
            var next = end + 1
            if rest[end] == 0x0D {
                if next == rest.endIndex {
                    sawCarriageReturn = true
                } else if rest[next] == 0x0A {
                    next += 1
                }
            }
            rest = rest[next...]
        }
        line.append(contentsOf: rest)
    }

    /// The data of an event that the stream ended within; the standard drops it, some servers mean it.
    package mutating func finish() -> [UInt8]? {
        var last: [UInt8]?
        if !line.isEmpty { finishLine { last = $0 } }
        finishLine { last = $0 }
        return last
    }

    private mutating func finishLine(_ event: ([UInt8]) -> Void) {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty {
            if hasData { event(data) }
            data.removeAll(keepingCapacity: true)
            hasData = false
            return
        }
        guard line.starts(with: "data".utf8), line.count == 4 || line[4] == UInt8(ascii: ":") else { return }
        if hasData { data.append(0x0A) }
        hasData = true
        var value = line.dropFirst(5)
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        data.append(contentsOf: value)
    }
}
