import Foundation
import Testing

/// A key that every command of these tests carries to every endpoint, and that no file, result or message may hold.
enum Canary {
    /// What the suites name; `CommandLineTool` sets it.
    static let variable = "POISE_CANARY_KEY"
    /// With characters that JSON, addresses and HTML write otherwise; it begins as no issuer's keys do, so that nothing
    /// but being a key of this run keeps it out.
    static let key = "\(core)/w+9=&\"x"
    private static let core = "Canary7HqXw2Zr9Lm4TkVb"

    /// What is looked for: the letters, which no escaping changes, and the digits of Base64 that are the key's alone
    /// wherever it begins.
    private static let forms: [Data] = {
        let encoded = (0..<3).map { offset -> Data in
            let text = Data((String(repeating: "x", count: offset) + core).utf8).base64EncodedString()
            return Data(text.dropFirst(offset + 1).dropLast(4).utf8)
        }
        return [Data(core.utf8)] + encoded
    }()

    static func isIn(_ bytes: Data) -> Bool { forms.contains { bytes.range(of: $0) != nil } }
    static func isIn(_ text: String) -> Bool { isIn(Data(text.utf8)) }

    /// The files under a folder that hold it, and how many were looked at.
    static func finds(in folder: String) -> (files: Int, finds: [String]) {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        var (files, finds) = (0, [String]())
        for path in paths {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { continue }
            files += 1
            if isIn(data) { finds.append(path) }
        }
        return (files, finds)
    }

    /// A suite whose endpoints all take the key, where it names none itself.
    static func inserted(into suite: String) -> String {
        guard !suite.contains("api_key_") else { return suite }
        return suite.replacingOccurrences(
            of: "endpoint: {base_url", with: "endpoint: {api_key_env: \(variable), base_url")
    }

    /// A failure of the test that made the folder.
    static func check(_ folder: String) {
        let found = finds(in: folder).finds
        guard !found.isEmpty else { return }
        Issue.record("the key of the run stands in \(found.joined(separator: ", ")) of \(folder)")
    }
}
