import PoiseCore

/// The headers of a response: kept as they came, since most of them are never asked for.
package struct HTTPHeaders: Hashable, Sendable {
    private var lines: [UInt8] = []

    package init() {}

    /// For tests and for readers without a transport.
    package init(_ headers: [String: String]) {
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            append(Array("\(name): \(value)\r\n".utf8)[...])
        }
    }

    /// One line, its end included; a new status line begins anew: what stood before it was an interim response.
    mutating func append(_ line: some Collection<UInt8>) {
        if line.starts(with: "HTTP/".utf8) { lines.removeAll(keepingCapacity: true) }
        lines.append(contentsOf: line)
    }

    /// The headers with every key replaced.
    func scrubbed(by secrets: Secrets) -> HTTPHeaders {
        var headers = self
        headers.lines = secrets.scrubbed(lines)
        return headers
    }

    /// The value of a header, without the white space around it; the last one where it came several times.
    ///
    /// - Parameter name: in lower case.
    package subscript(name: String) -> String? {
        var found: String?
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon - line.startIndex == name.utf8.count,
                zip(line, name.utf8).allSatisfy({ Self.lowered($0) == $1 })
            else { continue }
            let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            let value = line[(colon + 1)...].drop(while: isSpace)
            found = String(
                decoding: value[..<(value.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? value.startIndex)], as: UTF8.self
            )
        }
        return found
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
