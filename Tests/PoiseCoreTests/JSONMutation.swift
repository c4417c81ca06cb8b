import Foundation
import PoiseCore

/// Damages JSON texts at random, from a seed.
struct JSONMutation {
    private var generator: SeededGenerator
    private let corpus: [[UInt8]]

    init(seed: UInt64, corpus: [[UInt8]]) {
        generator = SeededGenerator(seed: seed)
        self.corpus = corpus
    }

    /// Texts and bytes that parsers trip over.
    private static let fragments: [[UInt8]] =
        [
            "\\u0063", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u12", "\\u0000", "\\\"", "\\", "\\/", "\\x", "\"",
            "\u{7F}",
            "\t", "\n", " ", ",", ":", "[", "]", "{", "}", "[[[[[[[[", "null", "true", "false", "nul", "-", "-0", "0",
            "01",
            "1.", ".5", "1e", "1e5", "1E+2", "1e400", "-1e400", "1e-400", "12345678901234567890", "9007199254740993",
            "0.1", "1.7976931348623157e308", "4.9e-324", "2.5e-5", "123456789012345678901234567890.5", "100e-2", "é",
            "😀",
            "\"a\":1", ",\"a\":2", "\"\":", "\u{FEFF}", "\u{2028}", "//", "NaN", "Infinity", "+1", "'",
        ].map { Array($0.utf8) } + [
            [0x00], [0x1F], [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xFF], [0xF0, 0x9F, 0x98, 0x80], [0xEF, 0xBB, 0xBF], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ]

    mutating func next() -> [UInt8] {
        var text = corpus[generator.next(below: corpus.count)]
        for _ in 0...generator.next(below: 3) { mutate(&text) }
        return text
    }

    private mutating func mutate(_ text: inout [UInt8]) {
        let place = generator.next(below: text.count + 1)
        let end = min(text.count, place + generator.next(below: 8))
        switch generator.next(below: 9) {
        case 0 where place < text.count: text[place] ^= UInt8(1 << generator.next(below: 8))
        case 1 where place < text.count: text[place] = UInt8(generator.next(below: 256))
        case 2: text.removeSubrange(place..<end)
        case 3: text.insert(contentsOf: text[place..<end], at: place)
        case 4: text.removeSubrange(place...)
        case 5:
            let other = corpus[generator.next(below: corpus.count)]
            text.replaceSubrange(place..., with: other[generator.next(below: other.count + 1)...])
        case 6: text.replaceSubrange(place..<end, with: Self.fragments[generator.next(below: Self.fragments.count)])
        default: text.insert(contentsOf: Self.fragments[generator.next(below: Self.fragments.count)], at: place)
        }
    }
}
