/// A reader of bytes that come from outside, with what must hold of whatever comes.
struct FuzzTarget: Sendable {
    /// Also that of its folder under Corpus.
    let name: String
    /// Reads the bytes; throws where a promise does not hold, and never because they are bad.
    let check: @Sendable ([UInt8]) throws -> Void

    static let all: [FuzzTarget] = [
        .eventStream, .chatStream, .json, .gguf, .suite, .task, .samples, .rubric, .importers, .request, .timeline,
        .answers, .mathematics, .grades, .redaction,
    ]

    static func named(_ name: String) -> FuzzTarget? {
        all.first { $0.name == name }
    }
}

/// Something that was to hold of every input, and does not of this one.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String
}

func promise(_ holds: Bool, _ what: @autoclosure () -> String) throws(BrokenPromise) {
    if !holds { throw BrokenPromise(description: what()) }
}

func promiseEqual<Value: Equatable>(
    _ left: Value, _ right: Value, _ what: @autoclosure () -> String
) throws(BrokenPromise) {
    if left != right { throw BrokenPromise(description: "\(what()): \(left) ≠ \(right)") }
}
