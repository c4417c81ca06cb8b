import Foundation
import PoiseCore

/// Makes texts equal that differ only in how they are written.
struct TextNormalization: Hashable, Sendable {
    var ignoresCase = false
    var ignoresPunctuation = false
    var ignoresArticles = false

    /// In this order: Unicode NFKC; invisible format characters out; typographic quotes and dashes as ASCII; case
    /// folded; punctuation at the edges of words out; English articles out; each run of white space one space.
    func apply(to text: String) -> String {
        // ASCII is its own compatibility form, and holds nothing invisible or typographic.
        var result = text.utf8.allSatisfy { $0 < 0x80 } ? text : Self.compatible(text)
        if ignoresCase { result = Self.folded(result) }
        // By scalars: a space with a combining mark after it is a character of its own, and the mark must stay.
        var words = result.unicodeScalars.split(whereSeparator: Self.isWhitespace).map { Substring($0) }
        if ignoresPunctuation { words = words.map(Self.withoutEdges).filter { !$0.isEmpty } }
        if ignoresArticles {
            let articles: Set<String> = ["a", "an", "the"]
            let others = words.filter { !articles.contains($0.lowercased()) }
            // An answer that is nothing but an article, such as a grade, must not become equal to nothing.
            if !others.isEmpty { words = others }
        }
        return words.joined(separator: " ")
    }

    /// Unicode's White_Space; its table is asked only for what is not ASCII.
    private static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || ("\t"..."\r").contains(scalar) : scalar.properties.isWhitespace
    }

    private static func compatible(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars
        where scalar.properties.generalCategory != .format {
            view.append(typography[scalar] ?? scalar)
        }
        return String(view)
    }

    private static let typography: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{02BC}": "'", "\u{201C}": "\"", "\u{201D}": "\"",
        "\u{201E}": "\"", "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2014}": "-",
        "\u{2212}": "-",
    ]

    /// Up and down again: close to Unicode's full case folding, so that ß is ss and ς is σ.
    private static func folded(_ text: String) -> String { text.uppercased().lowercased() }

    /// A word without the punctuation at its edges.
    ///
    /// A sign or point before a digit stays (`-5` is not `5`), and so do `%` after a digit and `#` after a letter (`C#`).
    /// Punctuation is Unicode's category P and the backtick; symbols such as `+` and `$` are not.
    private static func withoutEdges(_ word: Substring) -> Substring {
        var rest = word
        while let first = rest.first, isPunctuation(first) {
            let next = rest.dropFirst().first
            if first == "-" || first == ".", next?.isNumber == true { break }
            if first == "-", next == ".", rest.dropFirst(2).first?.isNumber == true { break }
            rest = rest.dropFirst()
        }
        while let last = rest.last, isPunctuation(last) {
            let before = rest.dropLast().last
            if last == "%", before?.isNumber == true { break }
            if last == "#", before?.isLetter == true { break }
            rest = rest.dropLast()
        }
        return rest
    }

    private static func isPunctuation(_ character: Character) -> Bool { character.isPunctuation || character == "`" }
}
