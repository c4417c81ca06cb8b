/// The secret part of the live page's address: whoever may see the page was given it.
struct LiveToken: Sendable {
    /// 32 hexadecimal digits.
    let text: String

    /// 128 bits from the system's own generator for secrets.
    init() {
        var generator = SystemRandomNumberGenerator()
        text = (0..<16).map { _ in
            let byte = UInt8.random(in: .min ... .max, using: &generator)
            return String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// Whether a guess is it, in a time that does not depend on how much of it is right.
    func matches(_ guess: some StringProtocol) -> Bool {
        let (own, other) = (Array(text.utf8), Array(guess.utf8))
        guard own.count == other.count else { return false }
        return zip(own, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
