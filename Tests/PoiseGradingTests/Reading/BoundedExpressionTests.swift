import Foundation
import Testing

@testable import PoiseGrading

@Suite struct BoundedExpressionTests {
    @Test func `a match gives its first group, or all of it`() throws {
        #expect(try BoundedExpression("b+", ignoringCase: false).search("abbc") == .found("bb"))
        #expect(try BoundedExpression("a(b+)", ignoringCase: false).search("abbc") == .found("bb"))
        #expect(try BoundedExpression("x(y)?|(b+)", ignoringCase: false).search("abbc") == .found("bb"))
        #expect(try BoundedExpression("B", ignoringCase: true).search("abc") == .found("b"))
        #expect(try BoundedExpression("z", ignoringCase: false).search("abc") == .absent)
        #expect(try BoundedExpression(".$", ignoringCase: false).search("a👍") == .found("👍"))
    }

    @Test(arguments: ["(", "[a", "a**", "(?<n>a", "\\"])
    func `a pattern that is none is refused`(_ pattern: String) {
        #expect(throws: BoundedExpression.Malformed.self) { try BoundedExpression(pattern, ignoringCase: false) }
    }

    @Test(arguments: ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)(.*)x"])
    func `a search that explodes is given up, at the same point each time`(_ pattern: String) throws {
        let expression = try BoundedExpression(pattern, ignoringCase: false)
        let text = String(repeating: "a", count: 400) + "!"
        #expect(expression.search(text) == .exhausted)
        #expect(expression.search(text) == .exhausted)
    }

    @Test(arguments: ["(a+)+$", "(a|a)*b", "(.*)*x"])
    func `in a long text a search that explodes costs seconds of the processor, and not minutes`(
        _ pattern: String
    ) throws {
        let text = String(repeating: "a", count: 1_000_000) + "!"
        func time() -> Double {
            var now = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
            return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
        }
        let start = time()
        #expect(try BoundedExpression(pattern, ignoringCase: false).search(text) == .exhausted)
        #expect(time() - start < 20)
    }

    @Test func `a match that overflows the engine's stack is given up and not taken for absent`() throws {
        let text = String(repeating: "a", count: 2_000_000)
        #expect(try BoundedExpression("(.|\\n)*x", ignoringCase: false).search(text) == .exhausted)
    }

    @Test func `a long text alone exhausts nothing`() throws {
        let text = String(repeating: "yz ", count: 100_000)
        #expect(try BoundedExpression("(?:y|z)q", ignoringCase: false).search(text) == .absent)
        #expect(try BoundedExpression("q$", ignoringCase: false).search(text + "q") == .found("q"))
    }

    @Test func `matches are counted one after the other, and not where the search explodes`() throws {
        #expect(try BoundedExpression("aa", ignoringCase: false).count(in: "aaaaa") == 2)
        #expect(try BoundedExpression("WAR", ignoringCase: true).count(in: "war, warfare") == 2)
        let text = String(repeating: "a", count: 400) + "!"
        #expect(try BoundedExpression("(a+)+$", ignoringCase: false).count(in: text) == nil)
    }

    @Test func `a group that took no part is passed over for the match in which it did`() throws {
        let expression = try BoundedExpression(#"(\d+)(?<unit>kg)?"#, ignoringCase: false)
        #expect(expression.search("1 2kg 3", for: .name("unit")) == .found("kg"))
        #expect(expression.search("1 2kg 3", for: .number(1), in: .last) == .found("3"))
        #expect(expression.search("1 2kg 3", for: .number(2), in: .last) == .found("kg"))
        #expect(expression.search("1 3", for: .name("unit")) == .absent)
        #expect(expression.has(.number(2)) && expression.has(.name("unit")))
        #expect(!expression.has(.number(3)) && !expression.has(.name("units")))
    }
}
