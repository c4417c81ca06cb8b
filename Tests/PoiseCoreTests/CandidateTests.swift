import PoiseCore
import Testing

@Suite struct CandidateTests {
    @Test func `the id names the quantization where it is known`() {
        #expect(Candidate.id(model: "tiny-m", quantization: "q4_0") == "tiny-m@q4_0")
        #expect(Candidate.id(model: "tiny-m", quantization: nil) == "tiny-m")
    }
}
