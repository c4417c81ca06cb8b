import Foundation
import PoiseCore
import Testing

@testable import PoiseSuite

/// A suite reads what lies in its folder or its repository, and of all else it learns nothing before it is trusted.
struct ConfinementTests {
    private let secret = "root:$6$salt$hash:19000:0:99999:7:::"

    /// What a load was refused, as sentences with places, paths from the workspace's folder; nil where it was not.
    private func needs(_ workspace: Workspace, granted: Set<String> = []) throws -> [String]? {
        do {
            _ = try workspace.load(granted: granted)
            return nil
        } catch let refused as UntrustedSuite {
            let folder = try #require(ResolvedPath.of(workspace.folder))
            return refused.needs.map { need in
                "\(need.sentence) at \(need.place)".replacingOccurrences(of: folder + "/", with: "")
                    .replacingOccurrences(of: workspace.folder + "/", with: "")
            }
        }
    }

    /// A folder beside the workspace with a file in it.
    private func outside(_ text: String, named name: String = "secret.jsonl") throws -> (folder: String, file: String) {
        let folder = FileManager.default.temporaryDirectory.path + "/poise-outside-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        return (try #require(ResolvedPath.of(folder)), try #require(ResolvedPath.of("\(folder)/\(name)")))
    }

    private func task(samples: String) -> String {
        Workspace.replacing("add.jsonl", with: samples, in: "Datasets/tiny/add.yaml")
    }

    @Test func `a suite in a checkout reads all of the checkout`() throws {
        #expect(try needs(Workspace()) == nil)
    }

    @Test func `without a checkout the suite's own folder is all there is`() throws {
        let workspace = try Workspace()
        try FileManager.default.removeItem(atPath: workspace.folder + "/.git")
        let refused = try #require(try needs(workspace))
        #expect(refused.contains("reads Datasets/tiny/*.yaml at Suites/ladder.yaml:21:9"))
        #expect(refused.contains("serves the weights Models/tiny-xs-f16.gguf at Suites/ladder.yaml:11:13"))
        #expect(refused.count == 7)
    }

    @Test func `a dataset outside is not opened, and nothing is said of it, whatever leads there`() throws {
        let (folder, file) = try outside(secret)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ways = [file, "../../../" + Paths.relative(file, from: "/"), "link.jsonl", "folder/secret.jsonl"]
        for way in ways {
            let workspace = try Workspace(["Datasets/tiny/add.yaml": task(samples: way)])
            let tiny = workspace.folder + "/Datasets/tiny"
            try FileManager.default.createSymbolicLink(atPath: tiny + "/link.jsonl", withDestinationPath: file)
            try FileManager.default.createSymbolicLink(atPath: tiny + "/folder", withDestinationPath: folder)
            if way.hasPrefix("..") { continue }
            #expect(try needs(workspace) == ["reads \(file) at Datasets/tiny/add.yaml:5:10"], "\(way)")
        }
    }

    @Test func `a file outside that does not exist is refused in the same words as one that does`() throws {
        let (folder, file) = try outside(secret)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let messages = try [file, folder + "/nothing", folder].map { path in
            let workspace = try Workspace(["Datasets/tiny/add.yaml": task(samples: path)])
            let error = try #require(throws: UntrustedSuite.self) { try workspace.load() }
            let text = error.errorDescription ?? ""
            #expect(!text.contains("hash") && !text.contains("exist"))
            return text.replacingOccurrences(of: path, with: "FILE")
                .replacingOccurrences(of: workspace.folder, with: "")
        }
        #expect(Set(messages).count == 1)
    }

    @Test func `a link that leads nowhere is not followed, and not told from one that leads somewhere`() throws {
        let workspace = try Workspace(["Datasets/tiny/add.yaml": task(samples: "link.jsonl")])
        try FileManager.default.createSymbolicLink(
            atPath: workspace.folder + "/Datasets/tiny/link.jsonl", withDestinationPath: "/nowhere/at/all")
        #expect(try needs(workspace) == ["reads Datasets/tiny/link.jsonl at Datasets/tiny/add.yaml:5:10"])
    }

    @Test func `what is hidden in a checkout is not the suite's`() throws {
        let workspace = try Workspace(
            ["Datasets/tiny/add.yaml": task(samples: "../../.git/config"), ".git/config": "[remote]\ntoken = x\n"])
        #expect(try needs(workspace) == ["reads .git/config at Datasets/tiny/add.yaml:5:10"])
    }

    @Test func `another's mark above the suite makes no checkout, and a home folder never is one`() throws {
        let workspace = try Workspace()
        let folder = try #require(ResolvedPath.of(workspace.folder))
        #expect(SuiteGround.of(workspace.suite) == SuiteGround(folder: folder + "/Suites", repository: folder))
        #expect(
            SuiteGround.of(workspace.suite, home: folder) == SuiteGround(folder: folder + "/Suites", repository: nil))
        #expect(SuiteGround.of(workspace.suite, home: folder + "/Suites").folder == nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: workspace.folder)
        #expect(SuiteGround.of(workspace.suite) == SuiteGround(folder: folder + "/Suites", repository: nil))
    }

    @Test func `a granted file is read, and what it names comes up next`() throws {
        let (folder, _) = try outside(Workspace.good["Datasets/tiny/add.jsonl"] ?? "", named: "add.jsonl")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let task = "samples: add.jsonl\ngraders: [{check: exact}]\n"
        try Data(task.utf8).write(to: URL(fileURLWithPath: folder + "/add.yaml"))
        let workspace = try Workspace([
            "Suites/ladder.yaml": Workspace.suite(replacing: "../Datasets/tiny/*.yaml", with: folder + "/add.yaml")
        ])
        var granted: Set<String> = []
        #expect(try needs(workspace, granted: granted) == ["reads \(folder)/add.yaml at Suites/ladder.yaml:21:9"])
        granted.insert("reads \(folder)/add.yaml")
        #expect(try needs(workspace, granted: granted) == ["reads \(folder)/add.jsonl at \(folder)/add.yaml:1:10"])
        granted.insert("reads \(folder)/add.jsonl")
        #expect(try workspace.load(granted: granted).tasks.map(\.samples.count) == [2])
    }

    @Test func `a pattern outside is one thing to trust, and its folder is not listed before`() throws {
        let (folder, _) = try outside("samples: x\ngraders: [{check: exact}]\n", named: "a.yaml")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let workspace = try Workspace([
            "Suites/ladder.yaml": Workspace.suite(replacing: "../Datasets/tiny/*.yaml", with: folder + "/*.yaml")
        ])
        #expect(try needs(workspace) == ["reads \(folder)/*.yaml at Suites/ladder.yaml:21:9"])
        // The dataset in the folder is none of the pattern's files, and lies under it all the same.
        #expect(throws: InvalidSuite.self) { try workspace.load(granted: ["reads \(folder)/*.yaml"]) }
    }

    @Test func `who reads outside says to whom it goes`() throws {
        let (folder, file) = try outside(Workspace.good["Datasets/tiny/add.jsonl"] ?? "")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let workspace = try Workspace([
            "Datasets/tiny/add.yaml": task(samples: file),
            "Suites/ladder.yaml": Workspace.suite(replacing: "http://127.0.0.1:11434/v1", with: "http://far.example/v1")
                .replacingOccurrences(
                    of: "      api_key_env: OPENAI_API_KEY          # the name of a variable, never a key\n", with: ""),
        ])
        #expect(
            try needs(workspace) == [
                "reads \(file) at Datasets/tiny/add.yaml:5:10",
                "asks with what it reads there http://far.example at qwen3-8b@q4_k_m",
            ])
    }

    @Test func `a line end in a name makes one need of one file`() {
        let need = TrustNeed(.file, "/a\nsends all\u{202E}", at: "x")
        #expect(need.sentence == #"reads /a\u{a}sends all\u{202e}"#)
    }

    @Test func `a whole disk is not looked through`() throws {
        let workspace = try Workspace()
        for name in (0..<30) { try workspace.write("", to: "Datasets/many/\(name).txt") }
        #expect(Glob(pattern: workspace.folder + "/**/*.jsonl").matches(mostEntries: 20) == nil)
        #expect(Glob(pattern: workspace.folder + "/**/*.jsonl").matches()?.count == 1)
    }

    @Test func `a file that is far too large is named and not read`() throws {
        let workspace = try Workspace()
        let file = workspace.folder + "/Datasets/tiny/add.jsonl"
        // Sparse: it takes no room.
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        try handle.truncate(atOffset: 10 << 30)
        try handle.close()
        #expect(
            try workspace.problems() == [
                "Datasets/tiny/add.yaml:5:10: the dataset “add.jsonl” has 10240 MB"
            ])
    }
}
