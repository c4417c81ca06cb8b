import Foundation
import PoiseSimulator
import Testing

struct SimulatorFaultTextTests {
    @Test(arguments: [
        ("status=401", SimulatorFault.status(401), SimulatorFaults.Occurrence.always),
        ("status=429:2@1-3", .status(429, retryAfter: 2), .requests([1...3])),
        ("status=503:5:date", .status(503, retryAfter: 5, asDate: true), .always),
        ("huge=50000000@2", .huge(bytes: 50_000_000), .requests(2)),
        ("endless", .endless, .always),
        ("close-before-headers@7", .closeBeforeHeaders, .requests(7)),
        ("hang@2,5,8-9", .hang, .requests([2...2, 5...5, 8...9])),
        ("close=0", .close(afterChunks: 0), .always),
        ("reset=5@10.0%", .reset(afterChunks: 5), .probability(0.1)),
        ("stall=3", .stall(afterChunks: 3), .always),
        ("drip=500@15.0%", .drip(milliseconds: 500), .probability(0.15)),
        ("malformed=1", .malformed(afterChunks: 1), .always),
        ("error=2", .error(afterChunks: 2), .always),
        ("no-done", .withoutDone, .always),
        ("coalesce=4", .coalesced(events: 4), .always),
        ("split=3", .split(pieces: 3), .always),
        ("crlf", .carriageReturns, .always),
        ("comments", .comments, .always),
        ("whole", .ignoresStream, .always),
        ("echo-key", .echoesKey, .always),
        ("close-after-response", .closeAfterResponse, .always),
    ])
    func `a fault is read as it is written`(
        text: String, fault: SimulatorFault, occurrence: SimulatorFaults.Occurrence
    ) throws {
        let rule = try SimulatorFaults.Rule(parsing: text)
        #expect(rule == SimulatorFaults.Rule(fault, on: occurrence))
        #expect(rule.description == text)
        let coded = try JSONDecoder().decode([SimulatorFaults.Rule].self, from: JSONEncoder().encode([rule]))
        #expect(coded == [rule])
    }

    @Test func `every name on the help page can be written`() throws {
        for name in SimulatorFault.names {
            let read = [name, "\(name)=3", "\(name)=500"].compactMap { SimulatorFaults.Rule($0) }
            #expect(!read.isEmpty, "\(name)")
        }
        #expect(SimulatorFault.names.count == 19)
    }

    @Test(arguments: [
        "", "@", "status", "status=", "status=200", "status=429:", "status=429:x", "status=429:-1", "status=429:1:2",
        "status=429:date", "status=429:1:dates", "status=429:-1:date", "huge", "huge=0", "huge=1000000001", "endless=1",
        "reset", "reset=", "reset=-1", "reset=x", "split=0", "coalesce=0", "crlf=1", "hang@", "hang@0", "hang@3-1",
        "hang@1-2-3", "hang@1,", "hang@-1", "hang@101%", "hang@x%", "hang@nan%", "reset=99999999999999999999",
    ])
    func `a fault that was written wrongly is refused with what was expected`(text: String) {
        let failure = #expect(throws: SimulatorFaultTextFailure.self) { try SimulatorFaults.Rule(parsing: text) }
        #expect(failure?.place == "fault \"\(text)\"")
        #expect(failure?.remedy != nil)
    }

    @Test func `a mistyped name is met with the nearest one`() {
        let failure = #expect(throws: SimulatorFaultTextFailure.self) { try SimulatorFaults.Rule(parsing: "stal=3") }
        #expect(failure?.remedy == "Did you mean \"stall\"?")
    }
}
