import PoiseCore
import Testing

@testable import PoiseReport

struct ReportPartsTests {
    @Test func `the machines of a report are its parts, each alone`() {
        let parts = Demo.twoMachines().parts
        #expect(parts.map(\.run.id) == ["20261121-071413-tiny-ladder", "20261122-091500-tiny-ladder"])
        #expect(parts.allSatisfy { $0.otherMachines.isEmpty && $0.parts == [$0] })
        #expect(parts.machineName(0) == "machine A" && parts.machineName(1) == "machine B")
        #expect(Demo.content().parts.machineName(0) == "")
    }

    @Test func `a point belongs to the run that measured it`() {
        var content = Demo.content(loads: [1, 4])
        #expect(content.runID(of: content.points[0]) == content.run.id)
        content.origins = [PointOrigin(candidate: "tiny-xs@f16", load: 4, run: "other")]
        #expect(content.points.count { content.runID(of: $0) == "other" } == 1)
    }

    @Test(arguments: [
        ("https://api.example.com/v1", "api.example.com"), ("http://127.0.0.1:8080/v1", nil),
        ("http://localhost:1/v1", nil), ("http://[::1]:80/v1", nil), ("http://10.0.0.7/v1", "10.0.0.7"),
        ("nonsense", nil),
    ])
    func `an endpoint on another host is a service`(address: String, host: String?) {
        let serving = Serving.endpoint(Endpoint(baseURL: address, model: "m"))
        #expect(serving.remoteHost == host)
        #expect(Serving.managed(ManagedEngine(engine: .llamaCpp, file: "/m.gguf")).remoteHost == nil)
    }
}
