import Foundation
import PoiseCore
import Testing

@testable import PoiseSimulator

struct APIErrorTests {
    @Test func `an error is an object as the API has it, whatever its message holds`() throws {
        let value = try JSONValue(parsing: Data(APIError.unknownPath("/a\"b\\c\n").body))
        #expect(value["error"]?["message"]?.string == "there is nothing at /a\"b\\c\n")
        #expect(value["error"]?["code"]?.string == "not_found")
        #expect(value["error"]?["param"] == .null)
        #expect(try JSONValue(parsing: Data(APIError.badRequest("x").body))["error"]?["code"] == .null)
    }
}
