import PoiseCore
import Testing

@testable import PoiseSuite

struct CandidateMatrixTests {
    private func ids(_ candidate: String) throws -> [String] {
        try Workspace(["Suites/ladder.yaml": Workspace.suiteWithCandidate(candidate)]).load().candidates.map(\.id)
    }

    private func problems(_ candidate: String) throws -> [String] {
        try Workspace(["Suites/ladder.yaml": Workspace.suiteWithCandidate(candidate)]).problems()
    }

    private static let endpoint = "    endpoint: {base_url: \"http://localhost:1/v1\"}"

    @Test func `combinations come in the order in which they are declared`() throws {
        let candidate = "  - model: m{a}-{b}\n    matrix: {a: [1, 2], b: [x, y, z]}\n" + Self.endpoint
        #expect(try ids(candidate) == ["m1-x", "m1-y", "m1-z", "m2-x", "m2-y", "m2-z"])
    }

    @Test func `values keep their letters`() throws {
        let candidate = "  - model: m-{a}\n    matrix: {a: [1.10, no, 012, 1_000]}\n" + Self.endpoint
        #expect(try ids(candidate) == ["m-1.10", "m-no", "m-012", "m-1_000"])
    }

    @Test func `a variable with the name of a key sets it`() throws {
        #expect(
            try ids("  - matrix: {model: [a, b], quantization: [q8_0, q4_0]}\n" + Self.endpoint) == [
                "a@q8_0", "a@q4_0", "b@q8_0", "b@q4_0",
            ]
        )
        #expect(try ids("  - model: a\n    matrix: {name: [x, y]}\n" + Self.endpoint) == ["x", "y"])
    }

    @Test func `a written key goes over a variable of its name`() throws {
        let candidate = "  - model: a\n    quantization: \"{quantization}-K\"\n    matrix: {quantization: [q4, q5]}\n"
        #expect(try ids(candidate + Self.endpoint) == ["a@q4-K", "a@q5-K"])
    }

    @Test func `a placeholder alone reads as if its value stood there`() throws {
        let candidate = """
              - model: tiny-s
                name: tiny-{threads}-{temperature}
                matrix: {threads: [1, 2], temperature: [0, 0.7]}
                serve: {file: ../Models/tiny-s-f16.gguf, threads: "{threads}"}
                sampling: {temperature: "{temperature}", stop: ["<{threads}>"]}
            """
        let plan = try Workspace(["Suites/ladder.yaml": Workspace.suiteWithCandidate(candidate)]).load()
        #expect(plan.candidates.map(\.id) == ["tiny-1-0", "tiny-1-0.7", "tiny-2-0", "tiny-2-0.7"])
        let threads = plan.candidates.map { candidate -> Int? in
            if case .managed(let engine) = candidate.serving { engine.threads } else { nil }
        }
        #expect(threads == [1, 1, 2, 2])
        #expect(plan.candidates.map(\.sampling.temperature) == [0, 0.7, 0, 0.7])
        #expect(plan.candidates.map(\.sampling.stop) == [["<1>"], ["<1>"], ["<2>"], ["<2>"]])
    }

    @Test(arguments: [
        ("  - model: m-{sise}\n    matrix: {size: [xs, s]}", "3:12: unknown placeholder {sise}"),
        ("  - model: m-{size}", "3:12: unknown placeholder {size}"),
        (
            "  - model: m\n    matrix: {size: [xs, s]}",
            "4:14: the variable “size” is used nowhere in the candidate"
        ),
        ("  - model: m-{a}\n    matrix: {a: [x, x]}", "4:17: a value of “a” stands here twice"),
        ("  - model: m-{a}\n    matrix: {a: []}", "4:17: expected a list, found an empty list"),
        ("  - model: m-{a}\n    matrix: [a]", "4:13: expected a mapping of lists, found a list"),
        ("  - model: m-{a}\n    matrix: {a b: [x]}", "4:14: “a b” cannot name a variable"),
        (
            "  - model: m\n    name: n\n    matrix: {quantization: [x, y]}",
            "3:5: two combinations of the matrix are both called “n”"
        ),
    ])
    func `a loose end of a matrix is told`(candidate: String, problem: String) throws {
        let problems = try problems(candidate + "\n" + Self.endpoint)
        #expect(problems.contains("Suites/ladder.yaml:\(problem)"), "\(problems)")
    }

    @Test func `a matrix that explodes is refused before it does`() throws {
        let values = (1...40).map(String.init).joined(separator: ", ")
        let candidate = "  - model: m{a}{b}{c}\n    matrix: {a: [\(values)], b: [\(values)], c: [\(values)]}\n"
        #expect(
            try problems(candidate + Self.endpoint) == [
                "Suites/ladder.yaml:4:13: the matrix makes more than 1000 candidates"
            ]
        )
    }
}
