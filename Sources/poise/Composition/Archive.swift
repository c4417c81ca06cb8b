import Foundation
import PoiseClient
import PoiseImport

/// A compressed file or an archive, read by the system's own tools through a pipe: nothing gets onto the disk.
struct Archive {
    private let path: String
    /// Absolute: `tar` takes a name with a colon for another machine's, and all take one with a dash for an option.
    private let absolute: String
    private let largest: Int

    /// - Parameter largest: bytes that may come out of it; a few kilobytes can hold more than any machine's memory.
    init(_ path: String, largest: Int = 1 << 30) {
        self.path = path
        absolute = URL(fileURLWithPath: path).standardizedFileURL.path
        self.largest = largest
    }

    /// What a tool prints of it.
    ///
    /// - Parameters:
    ///   - tool: its name and its options, behind which the file is named.
    ///   - members: which of its files; none for all that there is.
    func unpacked(_ tool: [String], _ members: String...) async throws -> Data {
        let command = tool + [absolute] + members
        let result = await Program.run("/usr/bin/env", command, within: .seconds(600), most: largest)
        if let result, result.output.count >= largest {
            throw ImportFailure(
                "unpacked it has more than \(largest >> 20) MB", at: path,
                remedy: "Is it what you think it is? Unpack it yourself and name the file.")
        }
        guard let result, result.status == 0 else {
            throw ImportFailure(
                "\(tool[0]) cannot unpack it", at: path,
                remedy: result?.status == 127 ? "Install \(tool[0]), or unpack it yourself." : "Is the file whole?")
        }
        return result.output
    }
}
