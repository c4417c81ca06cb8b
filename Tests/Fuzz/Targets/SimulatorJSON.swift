@testable import PoiseSimulator

/// The simulated endpoint's reader of JSON; two modules call theirs the same, so that each is asked from a file of its own.
enum SimulatorJSON {
    static let deepest = JSONReader.deepest

    static func takes(_ bytes: [UInt8]) -> Bool { JSONReader.isJSON(bytes) }
}
