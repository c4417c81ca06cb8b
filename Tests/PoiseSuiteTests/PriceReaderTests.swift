import PoiseCore
import Testing

@testable import PoiseSuite

struct PriceReaderTests {
    private static func suite(_ price: String) -> [String: String] {
        [
            "Suites/ladder.yaml": Workspace.suiteWithCandidate(
                "  - model: m\n    endpoint: {base_url: \"http://localhost:1/v1\"}\n    price: \(price)")
        ]
    }

    private func price(_ text: String) throws -> Price? {
        try Workspace(Self.suite(text)).load().candidates.first?.price
    }

    @Test func `tokens are paid by the million unless it says otherwise`() throws {
        #expect(
            try price("{input: 0.05, output: 0.2}")
                == Price(input: 0.05, output: 0.2, per: "million tokens", currency: "USD", source: nil, date: nil))
        #expect(
            try price("{input: 1, cached_input: 0.1, output: 2, per: thousand tokens, currency: EUR, date: 2026-11-01}")
                == Price(
                    input: 1, output: 2, per: "thousand tokens", currency: "EUR", source: nil, date: "2026-11-01",
                    cachedInput: 0.1))
    }

    @Test func `a machine is paid by the hour`() throws {
        #expect(
            try price("{hour: 1.20, currency: USD, source: price list, date: 2026-11-01}")
                == Price(basis: .hour(1.2), currency: "USD", source: "price list", date: "2026-11-01"))
    }

    @Test(arguments: [
        ("{hour: 0}", "5:19: expected a number above 0, found the number 0"),
        ("{hour: 1, input: 2}", "5:22: a price by the hour and by the token"),
        ("{hour: 1, per: million tokens}", "5:22: a price by the hour and by the token"),
        ("{hour: 1, curency: EUR}", "5:22: unknown key “curency” in “price”"),
        ("{input: 1}", "5:12: “price” without “output”"),
        ("{input: 1, output: 2, cached_input: -1}", "5:48: expected a number of at least 0, found the number -1"),
        ("1.20", "5:12: expected “price”, found the number 1.20"),
    ])
    func `a wrong price is told with its line and column`(price: String, problem: String) throws {
        let problems = try Workspace(Self.suite(price)).problems()
        #expect(problems.contains("Suites/ladder.yaml:\(problem)"), "\(problems)")
    }
}
