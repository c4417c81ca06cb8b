/// What a request's head says that matters here; the other headers are read only for the log.
struct HTTPHeadFacts: Hashable, Sendable {
    private(set) var method = ""
    private(set) var path = ""
    private(set) var isHTTP11 = true
    private(set) var keepsAlive = true
    private(set) var isChunked = false
    private(set) var length = 0
    private(set) var wantsLeave = false
    private(set) var authorization: String?

    init() {}

    /// - Throws: `APIError` with status 400 for what is no head of HTTP/1.
    init(_ head: [UInt8]) throws(APIError) {
        var lines = head.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        guard let start = lines.popFirst(), readStart(start.last == 0x0D ? start.dropLast() : start) else {
            throw Self.invalid
        }
        for line in lines {
            let line = line.last == 0x0D ? line.dropLast() : line
            if !line.isEmpty, !readHeader(line) { throw Self.invalid }
        }
    }

    private static let invalid = APIError.badRequest("the request is not valid HTTP")

    private mutating func readStart(_ line: ArraySlice<UInt8>) -> Bool {
        let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy({ (0x41...0x5A).contains($0) }),
            !parts[1].isEmpty
        else { return false }
        if parts[2].elementsEqual(Self.version11) {
            isHTTP11 = true
        } else if parts[2].elementsEqual(Self.version10) {
            isHTTP11 = false
            keepsAlive = false
        } else {
            return false
        }
        method = String(decoding: parts[0], as: UTF8.self)
        path = String(decoding: parts[1].prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self)
        return true
    }

    private mutating func readHeader(_ line: ArraySlice<UInt8>) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return false }
        let name = line[..<colon]
        let value = { Self.trimmed(line[(colon + 1)...]) }
        // The length of the name tells most headers apart without a comparison.
        switch name.count {
        case 6 where Self.isName(name, Self.expect): wantsLeave = true
        case 10 where Self.isName(name, Self.connection):
            let options = String(decoding: value(), as: UTF8.self).lowercased()
            if options.contains("close") { keepsAlive = false }
            if options.contains("keep-alive") { keepsAlive = true }
        case 13 where Self.isName(name, Self.authorizationName):
            authorization = String(decoding: value(), as: UTF8.self)
        case 14 where Self.isName(name, Self.contentLength):
            guard let length = Int(String(decoding: value(), as: UTF8.self)), length >= 0 else { return false }
            self.length = length
        case 17 where Self.isName(name, Self.transferEncoding):
            guard Self.isName(value(), Self.chunked) else { return false }
            isChunked = true
        default: break
        }
        return true
    }

    /// Every header by its name in lower case; one that came twice has its values joined with a comma.
    ///
    /// A key is never kept anywhere: its header says only that it was there.
    static func logged(_ head: [UInt8]) -> [String: String] {
        var result: [String: String] = [:]
        for line in head.split(separator: 0x0A).dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self)
            let kept = Self.secretNames.contains(name) ? "(left out)" : value
            result[name] = result[name].map { "\($0), \(kept)" } ?? kept
        }
        return result
    }

    private static let secretNames: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key", "x-auth-token",
    ]

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0D { bytes.removeLast() }
        return bytes
    }

    /// - Parameter name: in lower case.
    private static func isName(_ bytes: ArraySlice<UInt8>, _ name: [UInt8]) -> Bool {
        bytes.count == name.count
            && zip(bytes, name).allSatisfy { byte, letter in
                byte == letter || ((0x41...0x5A).contains(byte) && byte | 0x20 == letter)
            }
    }

    private static let version11 = Array("HTTP/1.1".utf8)
    private static let version10 = Array("HTTP/1.0".utf8)
    private static let expect = Array("expect".utf8)
    private static let connection = Array("connection".utf8)
    private static let authorizationName = Array("authorization".utf8)
    private static let contentLength = Array("content-length".utf8)
    private static let transferEncoding = Array("transfer-encoding".utf8)
    private static let chunked = Array("chunked".utf8)
}
