import Foundation
import PoiseCore
import Testing

struct PriceTests {
    private func decoded(_ json: String) throws -> Price {
        try JSONDecoder().decode(Price.self, from: Data(json.utf8))
    }

    @Test func `a price of before there were hours is still read`() throws {
        let json =
            #"{"input":0.05,"output":0.2,"per":"million tokens","currency":"USD","source":"price list","date":"2026-11-01"}"#
        #expect(
            try decoded(json)
                == Price(
                    input: 0.05, output: 0.2, per: "million tokens", currency: "USD", source: "price list",
                    date: "2026-11-01"))
    }

    @Test(arguments: [
        Price(basis: .hour(1.2), currency: "EUR", source: "s", date: "2026-11-01"),
        Price(input: 1, output: 2, per: "thousand tokens", currency: "USD", source: nil, date: nil, cachedInput: 0.1),
    ])
    func `what is written is read again`(price: Price) throws {
        #expect(try JSONDecoder().decode(Price.self, from: JSONEncoder().encode(price)) == price)
    }

    @Test func `a price of nothing is refused`() {
        #expect(throws: DecodingError.self) { try decoded(#"{"currency":"USD"}"#) }
    }

    @Test func `tokens cost what the price is for`() {
        let million = Price(input: 2, output: 10, per: "million tokens", currency: "USD", source: nil, date: nil)
        #expect(million.cost(promptTokens: 1_000_000, cached: nil, outputTokens: 500_000) == 7)
        let thousand = Price(input: 2, output: 10, per: "thousand tokens", currency: "USD", source: nil, date: nil)
        #expect(
            thousand.cost(promptTokens: 1000, cached: 1000, outputTokens: 0) == 2, "a cache costs no less unless said")
        #expect(million.cost(promptTokens: nil, cached: nil, outputTokens: 5) == nil)
        #expect(Price(basis: .hour(1), currency: "USD").cost(promptTokens: 1, cached: nil, outputTokens: 1) == nil)
    }
}
