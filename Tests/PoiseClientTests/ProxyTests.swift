import Testing

@testable import PoiseClient

@Suite struct ProxyTests {
    @Test func `this machine is asked directly, and so are the hosts that the environment names`() {
        #expect(Proxy.exceptions(environment: [:]) == "127.0.0.1,localhost,::1")
        #expect(
            Proxy.exceptions(environment: ["no_proxy": "models.example,10.0.0.0/8", "NO_PROXY": "other"])
                == "127.0.0.1,localhost,::1,models.example,10.0.0.0/8")
        #expect(Proxy.exceptions(environment: ["NO_PROXY": "other"]) == "127.0.0.1,localhost,::1,other")
        #expect(Proxy.exceptions(environment: ["no_proxy": "*"]) == "*")
    }
}
