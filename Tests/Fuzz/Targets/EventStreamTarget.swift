@testable import PoiseClient

extension FuzzTarget {
    /// The parsers of server-sent events and of lines of JSON: in pieces as in one, and as the standard reads them.
    static let eventStream = FuzzTarget(name: "event-stream") { bytes in
        let whole = events(of: [bytes[...]])
        try promiseEqual(events(of: Pieces.of(bytes)), whole, "events in pieces")
        try promiseEqual(StandardEvents.read(bytes), whole, "events as the standard reads them")

        let limit = 16
        for pieces in [[bytes[...]], Pieces.of(bytes)] {
            let limited = events(of: pieces, maximum: limit)
            try promise(limited.allSatisfy { $0.data.count <= limit }, "an event passed its limit")
            try promise(whole.starts(with: limited), "a limit changed an event: \(limited) of \(whole)")
        }

        let jsonLines = lines(of: [bytes[...]])
        try promiseEqual(lines(of: Pieces.of(bytes)), jsonLines, "lines in pieces")
        let plain = bytes.split(separator: 0x0A, omittingEmptySubsequences: true).map {
            Array($0.last == 0x0D ? $0.dropLast() : $0)
        }
        try promiseEqual(jsonLines, plain.filter { !$0.isEmpty }, "lines, cut at their ends")
    }

    private static func events(of pieces: [ArraySlice<UInt8>], maximum: Int = .max) -> [StandardEvents.Event] {
        var parser = EventStreamParser(maximum: maximum)
        var found: [StandardEvents.Event] = []
        for piece in pieces {
            piece.withUnsafeBytes { parser.push($0, into: &found) { $0.append(.init(Array($1.data), $1.isError)) } }
        }
        parser.finish(into: &found) { $0.append(.init(Array($1.data), $1.isError)) }
        return found
    }

    private static func lines(of pieces: [ArraySlice<UInt8>]) -> [[UInt8]] {
        var parser = LineStreamParser()
        var found: [[UInt8]] = []
        for piece in pieces { piece.withUnsafeBytes { parser.push($0, into: &found) { $0.append(Array($1)) } } }
        parser.finish(into: &found) { $0.append(Array($1)) }
        return found
    }
}

/// WHATWG HTML, 9.2.6, word by word over all bytes at once; the event that the stream ends within counts.
enum StandardEvents {
    struct Event: Equatable {
        let data: [UInt8]
        let isError: Bool

        init(_ data: [UInt8], _ isError: Bool) {
            (self.data, self.isError) = (data, isError)
        }
    }

    static func read(_ bytes: [UInt8]) -> [Event] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var events: [Event] = []
        var data: [[UInt8]] = []
        var isError = false
        for line in lines(of: bytes.starts(with: mark) ? bytes[3...] : bytes[...]) + [[]] {
            guard !line.isEmpty else {
                if !data.isEmpty { events.append(Event(Array(data.joined(separator: [0x0A])), isError)) }
                (data, isError) = ([], false)
                continue
            }
            let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
            var value = line[colon...].dropFirst()
            if value.first == 0x20 { value = value.dropFirst() }
            if line[..<colon].elementsEqual("data".utf8) { data.append(Array(value)) }
            if line[..<colon].elementsEqual("event".utf8) { isError = value.elementsEqual("error".utf8) }
        }
        return events
    }

    private static func lines(of bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var before: UInt8 = 0
        for byte in bytes {
            switch byte {
            case 0x0A where before == 0x0D: break
            case 0x0A, 0x0D: lines.append([])
            default: lines[lines.count - 1].append(byte)
            }
            before = byte
        }
        return lines
    }
}
