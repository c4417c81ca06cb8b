/// Texts of models, servers and files as a terminal may show them: nothing in them moves the cursor, sets its colours,
/// rings, or turns the order of what is read.
package enum VisibleText {
    /// Every character that a terminal obeys in place of showing it, as a visible stand-in: `ESC` as `␛`, others as `�`.
    ///
    /// - Parameter isOneLine: whether line feeds and tabs, which else stay, are made visible too.
    package static func of(_ text: String, isOneLine: Bool = false) -> String {
        let isHostile = text.unicodeScalars.contains { isObeyed($0) || isOneLine && $0.value < 0x20 }
        guard isHostile else { return text }
        var visible = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isObeyed(scalar) || isOneLine && scalar.value < 0x20 {
                visible.append(standIn(for: scalar))
            } else {
                visible.append(scalar)
            }
        }
        return String(visible)
    }

    /// A document of JSON with the same characters as escapes: it says the same, and shows none of them.
    ///
    /// - Parameter json: JSON (RFC 8259), in which such characters can only stand within texts.
    package static func escaped(json: String) -> String {
        guard json.unicodeScalars.contains(where: isObeyed) else { return json }
        var escaped = ""
        escaped.unicodeScalars.reserveCapacity(json.unicodeScalars.count + 64)
        for scalar in json.unicodeScalars {
            guard isObeyed(scalar) else {
                escaped.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return escaped
    }

    /// Whether a terminal may obey a character: the controls of ISO 6429 apart from line feed and tab, the marks that
    /// turn the direction of text (UAX #9), and what is invisible wherever it stands.
    ///
    /// The joiners U+200C and U+200D are letters' and emoji's own, and stay.
    package static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x0020..<0x061C: false
        case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xE0000...0xE007F: true
        default: false
        }
    }

    private static func standIn(for scalar: Unicode.Scalar) -> Unicode.Scalar {
        // The control pictures of Unicode, in the order of the controls.
        scalar.value < 0x20 ? Unicode.Scalar(UInt32(0x2400) + scalar.value) ?? "\u{FFFD}" : "\u{FFFD}"
    }
}
