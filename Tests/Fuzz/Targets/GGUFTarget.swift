import Foundation

@testable import PoiseClient

extension FuzzTarget {
    /// The header of a model's file: as a slice as by itself.
    static let gguf = FuzzTarget(name: "gguf") { bytes in
        let whole = read(Data(bytes))
        try promiseEqual(read((Data([7]) + Data(bytes)).dropFirst()), whole, "a header within other bytes")
    }

    private static func read(_ data: Data) -> String {
        do throws(GGUFHeader.Failure) {
            let header = try GGUFHeader(parsing: data)
            let metadata = header.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return "\(metadata) \(header.parameters) \(header.fileType ?? "") \(String(describing: header.vocabulary))"
        } catch {
            return "\(error)"
        }
    }
}
