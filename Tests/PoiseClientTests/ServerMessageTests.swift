import Testing

@testable import PoiseClient

@Suite struct ServerMessageTests {
    @Test(
        arguments: [
            (#"{"error":{"message":"m","code":400}}"#, "m"), (#"{"error":"m"}"#, "m"),
            (#"{"object":"error","message":"m"}"#, "m"),
            (#"{"detail":"m"}"#, "m"), (#"{"error":{"detail":"m"}}"#, "m"),
            ("data: {\"error\":{\"message\":\"m\"}}\n\n", "m"),
            ("event: error\r\ndata: {\"error\":\"m\"}\r\n\r\n", "m"), ("data: {\"error\":\"m\"}", "m"),
            (#"{"error":{"code":1}}"#, nil), (#"{"detail":[{"msg":"m"}]}"#, nil), ("<html>m</html>", nil), ("", nil),
            ("{", nil),
        ] as [(String, String?)])
    func `a message is found in any of the shapes that servers have`(body: String, message: String?) {
        #expect(ServerMessage.text(of: Array(body.utf8)) == message)
    }
}
