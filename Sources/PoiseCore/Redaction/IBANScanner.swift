/// International bank account numbers (ISO 13616): a country's letters and length, and the remainder 1 by 97.
enum IBANScanner {
    /// Characters of an IBAN by country (SWIFT's IBAN registry, release 99, 2024).
    private static let lengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
        "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
        "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
        "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
        "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19,
        "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29,
        "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24,
        "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
        "YE": 30,
    ]

    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index + 15 <= text.count {
            if text[index].isUpper, text[index + 1].isUpper, text[index + 2].isDigit, text[index + 3].isDigit,
                !text.isWord(at: index - 1), let end = end(from: index, in: text)
            {
                ranges.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return ranges
    }

    private static func end(from start: Int, in text: [UInt8]) -> Int? {
        let country = String(decoding: text[start..<start + 2], as: UTF8.self)
        guard let length = lengths[country] else { return nil }
        let isGrouped = text.at(start + 4) == UInt8(ascii: " ")
        var characters: [UInt8] = []
        var end = start
        while characters.count < length {
            if isGrouped, !characters.isEmpty, characters.count.isMultiple(of: 4) {
                guard text.at(end) == UInt8(ascii: " ") else { return nil }
                end += 1
            }
            guard let byte = text.at(end), byte.isDigit || byte.isUpper else { return nil }
            characters.append(byte)
            end += 1
        }
        return text.isWord(at: end) || remainder(of: characters) != 1 ? nil : end
    }

    /// Of the number that the characters make from the fifth on, the first four last, A being 10.
    private static func remainder(of characters: [UInt8]) -> Int {
        (characters[4...] + characters[..<4]).reduce(0) { remainder, byte in
            byte.isDigit ? (remainder * 10 + byte.digit) % 97 : (remainder * 100 + Int(byte) - 55) % 97
        }
    }
}
