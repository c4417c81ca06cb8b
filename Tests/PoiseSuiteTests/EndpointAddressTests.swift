import Testing

@testable import PoiseSuite

struct EndpointAddressTests {
    @Test(arguments: [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        ("https://api.example.com/openai/v2//", "https://api.example.com/openai/v2"),
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        ("http://h/v1/chat/completions", "http://h/v1"),
        ("http://h/v1/chat/completions/", "http://h/v1"),
        ("HTTP://h/v1", "HTTP://h/v1"),
        ("http://[::1]:80/v1", "http://[::1]:80/v1"),
    ])
    func `an address is kept up to its version`(text: String, expected: String) {
        #expect(EndpointAddress.normalised(text) == .success(expected))
    }

    @Test(arguments: [
        "localhost:8080/v1", "ftp://h/v1", "http://", "h", "", "http:///v1", "http://h/v1?key=1", "http://h/v1#a",
        "http://me:secret@h/v1", "file:///v1",
    ])
    func `what is no address of an endpoint is refused`(text: String) {
        #expect(throws: EndpointAddress.Refusal.self) { try EndpointAddress.normalised(text).get() }
    }

    @Test func `a password in an address is not repeated`() {
        #expect(
            throws: EndpointAddress.Refusal(
                what: "the address holds a user or a password", expected: "Name a variable in api_key_env.")
        ) { try EndpointAddress.normalised("http://me:secret@h/v1").get() }
    }

    @Test(arguments: ["OPENAI_API_KEY", "_KEY", "key", "HF_TOKEN", "GSK_KEY_2", "OPENAI_API_KEY_FOR_TEAM_42_EUROPE"])
    func `a name of a variable is taken`(name: String) {
        #expect(EndpointAddress.variableProblem(name) == nil)
    }

    @Test(arguments: [
        "sk-abc", "sk-proj-1234", "hf_abcDEF123", "gsk_abc", "ghp_abc", "AIzaSyA1234", "Bearer abc",
        "aB3dE5gH7jK9mN1pQ3sT",
    ])
    func `what looks like a key is refused as one`(name: String) {
        #expect(
            EndpointAddress.variableProblem(name)?.what
                == "this looks like a key and not like the name of a variable")
    }

    @Test(arguments: ["$OPENAI_API_KEY", "MY KEY", "1KEY", "MY-KEY", "${KEY}"])
    func `what cannot name a variable is refused`(name: String) {
        #expect(EndpointAddress.variableProblem(name)?.what == "this cannot name an environment variable")
    }
}
