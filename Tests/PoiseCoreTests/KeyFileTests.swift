import Foundation
import Testing

@testable import PoiseCore

@Suite struct KeyFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("poise-key-\(UUID())").path

    private func inFolder(_ body: (String) throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body("\(folder)/key")
    }

    private func write(_ text: String, to path: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func problem(of path: String) -> KeyFile.Problem? {
        do {
            _ = try KeyFile(path).read()
            return nil
        } catch KeyFile.Failure.problem(_, let problem) {
            return problem
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    @Test(arguments: ["abc-123", "abc-123\n", "  abc-123 \r\n\n"], [0o600, 0o400])
    func `a key stands alone on its line`(text: String, mode: Int) throws {
        try inFolder { path in
            try write(text, to: path, mode: mode)
            #expect(try KeyFile(path).read() == "abc-123")
        }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666, 0o777])
    func `a file that others may read or change is refused, and so is a link to it`(mode: Int) throws {
        try inFolder { path in
            try write("abc-123", to: path, mode: mode)
            try FileManager.default.createSymbolicLink(atPath: path + "-link", withDestinationPath: path)
            for name in [path, path + "-link"] {
                #expect(problem(of: name) == .open(mode: UInt16(mode)))
                let failure = #expect(throws: KeyFile.Failure.self) { try KeyFile(name).read() }
                #expect(failure?.place == name && failure?.remedy?.contains("chmod 600 \(name)") == true)
                #expect(failure?.errorDescription?.contains("abc") == false)
            }
        }
    }

    @Test func `a link to a file that is closed is taken`() throws {
        try inFolder { path in
            try write("abc-123", to: path)
            try FileManager.default.createSymbolicLink(atPath: path + "-link", withDestinationPath: path)
            #expect(try KeyFile(path + "-link").read() == "abc-123")
        }
    }

    @Test(
        arguments: [
            ("", .empty), (" \n", .empty), ("a\nb", .notOneLine), ("a\tb", .notOneLine), ("a\u{1B}b", .notOneLine),
            ("a\u{85}b", .notOneLine), ("-----BEGIN\nx\n", .notOneLine),
            (String(repeating: "x", count: KeyFile.largest + 1), .tooLarge),
        ] as [(String, KeyFile.Problem)])
    func `what holds no key is refused`(text: String, expected: KeyFile.Problem) throws {
        try inFolder { path in
            try write(text, to: path)
            #expect(problem(of: path) == expected)
        }
    }

    @Test func `bytes that are no text are refused`() throws {
        #expect(KeyFile.key(in: Data([0xFF, 0xFE])) == .failure(.notOneLine))
    }

    @Test func `folders, pipes and devices are no files of keys`() throws {
        try inFolder { path in
            #expect(problem(of: folder) == .notRegular)
            #expect(problem(of: "/dev/null") == .notRegular)
            #expect(mkfifo(path, 0o600) == 0)
            #expect(problem(of: path) == .notRegular)
        }
    }

    @Test func `a missing file is told with its path`() {
        let failure = #expect(throws: KeyFile.Failure.self) { try KeyFile("/nowhere/key").read() }
        #expect(failure?.place == "/nowhere/key")
        #expect(failure?.what == "the file with the key cannot be read (No such file or directory)")
    }

    @Test func `only the user and root may own it`() {
        let file: UInt32 = 0o100600
        #expect(KeyFile.problem(mode: file, owner: 1000, user: 1000) == nil)
        #expect(KeyFile.problem(mode: file, owner: 0, user: 1000) == nil)
        #expect(KeyFile.problem(mode: file, owner: 1001, user: 1000) == .foreignOwner)
        #expect(KeyFile.problem(mode: file, owner: 1001, user: 0) == .foreignOwner)
    }

    @Test func `a tilde is the user's own folder`() {
        #expect(KeyFile("~/x").path == "\(NSHomeDirectory())/x")
        #expect(KeyFile("/a/~/x").path == "/a/~/x")
    }
}
