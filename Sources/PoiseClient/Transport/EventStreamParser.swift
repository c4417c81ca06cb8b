#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An incremental parser of `text/event-stream` (WHATWG HTML, 9.2): bytes in, the data of whole events out.
///
/// Events may be split over any number of reads; lines may end in LF, CRLF or CR; a byte order mark at the start is
/// skipped. Of the fields only `data` matters, and `event` where it says `error`. An event that lies whole in one read,
/// as nearly all do, is handed out where it lies.
package struct EventStreamParser {
    /// One event, there only while it is handed out.
    package struct Event {
        package let data: UnsafeRawBufferPointer
        /// The server named it `error`.
        package let isError: Bool
    }

    /// Bytes that one event may have.
    package let maximum: Int
    /// Whether an event had more, which ends the reading: nothing more is given or kept.
    package private(set) var isTooLarge = false
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var isError = false
    private var sawCarriageReturn = false
    private var isAtStart = true

    package init(maximum: Int = .max) {
        self.maximum = maximum
    }

    /// - Parameters:
    ///   - taker: handed to `event`, so that it can be part of the same value as the parser.
    ///   - event: called with each event that these bytes complete.
    package mutating func push<Taker>(
        _ bytes: UnsafeRawBufferPointer, into taker: inout Taker, event: (inout Taker, Event) -> Void
    ) {
        guard !isTooLarge, !bytes.isEmpty else { return }
        var position = 0
        if sawCarriageReturn {
            sawCarriageReturn = false
            if bytes[0] == 0x0A { position = 1 }
        }
        while position < bytes.count {
            if isBetweenEvents, let whole = WholeEvent(in: bytes, from: position) {
                guard whole.data.count <= maximum else { return giveUp() }
                event(&taker, Event(data: whole.data, isError: false))
                position = whole.end
                continue
            }
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            guard let end = Self.lineEnd(in: rest) else {
                line.append(contentsOf: rest)
                if line.count + data.count > maximum { giveUp() }
                return
            }
            let part = UnsafeRawBufferPointer(rebasing: rest[..<end])
            guard line.count + data.count + part.count <= maximum else { return giveUp() }
            finishLine(with: part, &taker, event)
            position += end + 1
            if rest[end] == 0x0D {
                if position == bytes.count {
                    sawCarriageReturn = true
                } else if bytes[position] == 0x0A {
                    position += 1
                }
            }
        }
    }

    /// Gives the event that the stream ended within; the standard drops it, some servers mean it.
    package mutating func finish<Taker>(into taker: inout Taker, event: (inout Taker, Event) -> Void) {
        guard !isTooLarge else { return }
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        if !line.isEmpty { finishLine(with: nothing, &taker, event) }
        finishLine(with: nothing, &taker, event)
    }

    private var isBetweenEvents: Bool { !isAtStart && !hasData && !isError && line.isEmpty }

    private mutating func giveUp() {
        isTooLarge = true
        (line, data) = ([], [])
    }

    /// Ends the line that was begun, if any, with its last part.
    private mutating func finishLine<Taker>(
        with part: UnsafeRawBufferPointer, _ taker: inout Taker, _ event: (inout Taker, Event) -> Void
    ) {
        if line.isEmpty {
            read(line: part, &taker, event)
        } else {
            line.append(contentsOf: part)
            // Taken out for the while, so that it can be read beside the rest of the parser.
            var whole: [UInt8] = []
            swap(&whole, &line)
            whole.withUnsafeBytes { read(line: $0, &taker, event) }
            whole.removeAll(keepingCapacity: true)
            swap(&whole, &line)
        }
    }

    private mutating func read<Taker>(
        line: UnsafeRawBufferPointer, _ taker: inout Taker, _ event: (inout Taker, Event) -> Void
    ) {
        var line = line
        if isAtStart {
            isAtStart = false
            if line.starts(with: Self.byteOrderMark) { line = UnsafeRawBufferPointer(rebasing: line[3...]) }
        }
        if line.isEmpty {
            if hasData {
                let isError = isError
                data.withUnsafeBytes { event(&taker, Event(data: $0, isError: isError)) }
            }
            data.removeAll(keepingCapacity: true)
            (hasData, isError) = (false, false)
        } else if let value = Self.value(of: "data", in: line) {
            if hasData { data.append(0x0A) }
            hasData = true
            data.append(contentsOf: value)
        } else if let value = Self.value(of: "event", in: line) {
            isError = value.elementsEqual("error".utf8)
        }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// What stands behind a field's name and its colon; nil where the line is of another field.
    private static func value(of field: StaticString, in line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let count = field.utf8CodeUnitCount
        guard line.count >= count, let start = line.baseAddress, memcmp(start, field.utf8Start, count) == 0 else {
            return nil
        }
        guard line.count > count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        guard line[count] == UInt8(ascii: ":") else { return nil }
        let space = line.count > count + 1 && line[count + 1] == 0x20 ? 1 : 0
        return UnsafeRawBufferPointer(rebasing: line[(count + 1 + space)...])
    }

    /// The first LF or CR.
    private static func lineEnd(in bytes: UnsafeRawBufferPointer) -> Int? {
        let feed = bytes.firstIndex(ofByte: 0x0A)
        let before = UnsafeRawBufferPointer(rebasing: bytes[..<(feed ?? bytes.count)])
        return before.firstIndex(ofByte: 0x0D) ?? feed
    }
}

/// An event of one `data` line, whole in the bytes at hand with the empty line that ends it.
private struct WholeEvent {
    let data: UnsafeRawBufferPointer
    /// Where the next one begins.
    let end: Int

    @inline(__always)
    init?(in bytes: UnsafeRawBufferPointer, from begin: Int) {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[begin...])
        guard rest.count > 6, let start = rest.baseAddress, memcmp(start, "data:", 5) == 0,
            let feed = rest.firstIndex(ofByte: 0x0A)
        else { return nil }
        let hasReturn = rest[feed - 1] == 0x0D
        let lineEnd = hasReturn ? feed - 1 : feed
        let first = rest[5] == 0x20 ? 6 : 5
        guard first <= lineEnd else { return nil }
        let line = UnsafeRawBufferPointer(rebasing: rest[first..<lineEnd])
        // A carriage return within it ends a line too.
        guard line.firstIndex(ofByte: 0x0D) == nil else { return nil }
        if feed + 1 < rest.count, rest[feed + 1] == 0x0A {
            end = begin + feed + 2
        } else if feed + 2 < rest.count, rest[feed + 1] == 0x0D, rest[feed + 2] == 0x0A {
            end = begin + feed + 3
        } else {
            return nil
        }
        data = line
    }
}

extension UnsafeRawBufferPointer {
    /// Where a byte stands first, found by the C library, which looks at many at once.
    @inline(__always)
    func firstIndex(ofByte byte: UInt8) -> Int? {
        guard let baseAddress, let found = memchr(baseAddress, Int32(byte), count) else { return nil }
        return UnsafeRawPointer(found) - baseAddress
    }
}
