/// Addresses of IPv4 and IPv6 (RFC 4291) that could be somebody's: loopback and network masks stay, and so do numbers of
/// versions and chapters.
enum IPAddressScanner {
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            guard byte.isHexadecimal || byte == UInt8(ascii: ":") else {
                index += 1
                continue
            }
            let isFree = !text.isWord(at: index - 1) && text.at(index - 1) != UInt8(ascii: ".")
            if isFree, let end = sixth(from: index, in: text) ?? fourth(from: index, in: text) {
                ranges.append(index..<end)
                index = end
            } else {
                // Behind the word or number: nothing begins in its middle.
                let run = text.end(from: index) { $0.isHexadecimal || $0 == UInt8(ascii: ":") }
                index =
                    run - index > 39
                    ? run
                    : Swift.max(index + 1, text.end(from: index) { $0.isHexadecimal || $0 == UInt8(ascii: ".") })
            }
        }
        return ranges
    }

    // MARK: - IPv4

    private static func fourth(from start: Int, in text: [UInt8]) -> Int? {
        var octets: [Int] = []
        var end = start
        while octets.count < 4 {
            if !octets.isEmpty {
                guard text.at(end) == UInt8(ascii: ".") else { return nil }
                end += 1
            }
            let from = end
            end = text.end(from: from, limit: 4, while: \.isDigit)
            guard (1...3).contains(end - from), end - from == 1 || text[from] != UInt8(ascii: "0") else { return nil }
            octets.append(text[from..<end].reduce(0) { $0 * 10 + $1.digit })
        }
        let isLonger = text.at(end) == UInt8(ascii: ".") && text.isDigit(at: end + 1)
        guard octets.allSatisfy({ $0 <= 255 }), !isLonger, !text.isWord(at: end),
            ![0, 127, 255].contains(octets[0]), !octets.allSatisfy({ $0 < 10 }), !isVersion(start, in: text)
        else { return nil }
        return end
    }

    /// Whether the word before says that it is a version.
    private static func isVersion(_ start: Int, in text: [UInt8]) -> Bool {
        var end = start
        while end > 0, start - end < 3, text[end - 1].isSpace || [0x3A, 0x3D, 0x2E].contains(text[end - 1]) { end -= 1 }
        var from = end
        while from > 0, end - from < 8, text[from - 1].isLetter { from -= 1 }
        let word = String(decoding: text[from..<end].map(\.lowercased), as: UTF8.self)
        return ["v", "ver", "version", "release", "build", "driver", "firmware", "chapter", "section"].contains(word)
    }

    // MARK: - IPv6

    private static func sixth(from start: Int, in text: [UInt8]) -> Int? {
        let end = text.end(from: start, limit: 40) { $0.isHexadecimal || $0 == UInt8(ascii: ":") }
        let run = text[start..<end]
        guard run.count <= 39, run.count(where: { $0 == UInt8(ascii: ":") }) >= 2, !text.isWord(at: end) else {
            return nil
        }
        var groups = run.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Array.init)
        // A colon that ends a clause.
        if groups.last?.isEmpty == true, groups.dropLast().last?.isEmpty == false { groups.removeLast() }
        let gaps = zip(groups, groups.dropFirst()).count { $0.isEmpty && $1.isEmpty }
        let isOpenAtStart = groups.first?.isEmpty == true
        let isOpenAtEnd = groups.last?.isEmpty == true
        let named = groups.filter { !$0.isEmpty }
        let empties = groups.count - named.count
        // One “::” at most: in the middle it leaves one empty group, at an end two.
        let isShortened = empties > 0
        guard !isShortened || (empties == 1 && !isOpenAtStart && !isOpenAtEnd) || (empties == 2 && gaps == 1),
            isShortened ? named.count <= 7 : named.count == 8, named.allSatisfy({ $0.count <= 4 }),
            named.contains(where: { $0.contains(where: \.isDigit) })
        else { return nil }
        if isShortened, named.count < 3, !isPublic(named.first) { return nil }
        return start + groups.reduce(0) { $0 + $1.count } + groups.count - 1
    }

    /// Begins as addresses do that are handed out: 2000::/3, fc00::/7, fe80::/10.
    private static func isPublic(_ group: [UInt8]?) -> Bool {
        guard let group, group.count == 4, let value = Int(String(decoding: group, as: UTF8.self), radix: 16) else {
            return false
        }
        return (0x2000...0x3FFF).contains(value) || (0xFC00...0xFDFF).contains(value)
            || (0xFE80...0xFEBF).contains(value)
    }
}
