/// ASCII as the scanners of `Redaction` ask for it; they read UTF-8 byte by byte.
extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isUpper: Bool { self >= 0x41 && self <= 0x5A }
    var isLower: Bool { self >= 0x61 && self <= 0x7A }
    var isLetter: Bool { isUpper || isLower }
    var isAlphanumeric: Bool { isDigit || isLetter }
    var isHexadecimal: Bool { isDigit || (self >= 0x61 && self <= 0x66) || (self >= 0x41 && self <= 0x46) }
    /// Of a letter beyond ASCII, or of anything else there.
    var isBeyondASCII: Bool { self >= 0x80 }
    /// Not the first byte of a scalar.
    var isContinuation: Bool { self & 0xC0 == 0x80 }
    /// What a word is made of.
    var isWord: Bool { isAlphanumeric || self == UInt8(ascii: "_") || isBeyondASCII }
    var isSpace: Bool { self == 0x20 || self == 0x09 }
    var digit: Int { Int(self) - 0x30 }
    var lowercased: UInt8 { isUpper ? self | 0x20 : self }
}

extension [UInt8] {
    /// The byte at a place, or nil beyond both ends.
    func at(_ index: Int) -> UInt8? { index >= 0 && index < count ? self[index] : nil }

    func isWord(at index: Int) -> Bool { at(index)?.isWord ?? false }
    func isDigit(at index: Int) -> Bool { at(index)?.isDigit ?? false }

    func has(_ text: StaticString, at index: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard index >= 0, index + length <= count else { return false }
        for offset in 0..<length where self[index + offset] != text.utf8Start[offset] { return false }
        return true
    }

    /// The end of the run of such bytes that begins at a place.
    func end(from index: Int, limit: Int = .max, while belongs: (UInt8) -> Bool) -> Int {
        var end = index
        let last = Swift.min(count, limit == .max ? count : index + limit)
        while end < last, belongs(self[end]) { end += 1 }
        return end
    }
}
