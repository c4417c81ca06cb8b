import PoiseCore
import PoiseSimulator
import Testing

struct SimulatorFailureTests {
    @Test(arguments: [
        SimulatorFailure.notLoopback(host: "0.0.0.0"), .portInUse(8080), .portNotAllowed(80),
        .cannotListen(host: "::1", port: 8080, reason: "no such address"),
        .noFileDescriptor(limit: 256), .setting("threads", value: "0", expected: "from 1 to 64"),
        .logFile("a/b", reason: "the file cannot be created"),
    ])
    func `a failure says what, where, and what to do`(failure: SimulatorFailure) {
        #expect(!failure.what.hasSuffix("."))
        #expect(failure.place != nil)
        #expect(failure.remedy.map { $0.hasSuffix(".") } ?? failure.what.contains("must be"))
        #expect(failure.errorDescription?.contains(failure.what) == true)
    }
}
