/// What a candidate's responses cost: by the token, or by the hour of the machine that serves them.
package struct Price: Hashable, Sendable {
    package enum Basis: Hashable, Sendable {
        case tokens(TokenPrice)
        /// An hour of the machine, whether it is asked or waits.
        case hour(Double)
    }

    package let basis: Basis
    package let currency: String
    /// Where it was read, and when.
    package let source: String?
    package let date: String?

    package init(basis: Basis, currency: String, source: String? = nil, date: String? = nil) {
        self.basis = basis
        self.currency = currency
        self.source = source
        self.date = date
    }

    package init(
        input: Double, output: Double, per: String, currency: String, source: String?, date: String?,
        cachedInput: Double? = nil
    ) {
        self.init(
            basis: .tokens(TokenPrice(input: input, cachedInput: cachedInput, output: output, per: per)),
            currency: currency, source: source, date: date)
    }

    /// The price of a machine hour; nil where tokens are paid.
    package var hour: Double? {
        if case .hour(let price) = basis { price } else { nil }
    }

    /// What so many tokens cost, in `currency`; nil where hours are paid, or where nobody counted the tokens.
    ///
    /// - Parameter cached: tokens of the prompt that came from a cache; nil where the server does not tell.
    package func cost(promptTokens: Int?, cached: Int?, outputTokens: Int?) -> Double? {
        guard case .tokens(let price) = basis, let promptTokens, let outputTokens else { return nil }
        let cheap = min(max(0, cached ?? 0), promptTokens)
        let input = Double(promptTokens - cheap) * price.input + Double(cheap) * (price.cachedInput ?? price.input)
        return (input + Double(outputTokens) * price.output) / price.tokens
    }
}

/// What a million tokens (or whatever `per` says) cost.
package struct TokenPrice: Hashable, Sendable {
    package let input: Double
    /// Of the prompt's tokens that came from a cache; nil where they cost as much as the others.
    package let cachedInput: Double?
    package let output: Double
    /// `million tokens` or `thousand tokens`.
    package let per: String

    package init(input: Double, cachedInput: Double? = nil, output: Double, per: String) {
        self.input = input
        self.cachedInput = cachedInput
        self.output = output
        self.per = per
    }

    /// How many tokens the prices are for.
    package var tokens: Double { per == "thousand tokens" ? 1e3 : 1e6 }
}

/// Flat, as suites write it and as plans of before there were hours have it.
extension Price: Codable {
    private enum CodingKeys: String, CodingKey {
        case input, cachedInput, output, per, hour, currency, source, date
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let hour = try container.decodeIfPresent(Double.self, forKey: .hour) {
            basis = .hour(hour)
        } else {
            basis = .tokens(
                TokenPrice(
                    input: try container.decode(Double.self, forKey: .input),
                    cachedInput: try container.decodeIfPresent(Double.self, forKey: .cachedInput),
                    output: try container.decode(Double.self, forKey: .output),
                    per: try container.decode(String.self, forKey: .per)))
        }
        currency = try container.decode(String.self, forKey: .currency)
        source = try container.decodeIfPresent(String.self, forKey: .source)
        date = try container.decodeIfPresent(String.self, forKey: .date)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch basis {
        case .hour(let price): try container.encode(price, forKey: .hour)
        case .tokens(let price):
            try container.encode(price.input, forKey: .input)
            try container.encodeIfPresent(price.cachedInput, forKey: .cachedInput)
            try container.encode(price.output, forKey: .output)
            try container.encode(price.per, forKey: .per)
        }
        try container.encode(currency, forKey: .currency)
        try container.encodeIfPresent(source, forKey: .source)
        try container.encodeIfPresent(date, forKey: .date)
    }
}
