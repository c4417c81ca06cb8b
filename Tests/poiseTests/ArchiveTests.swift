import Foundation
import PoiseImport
import Testing

@testable import poise

/// Archives that were made to do harm.
struct ArchiveTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func make(_ script: String) async throws {
        let made = try await CommandLineTool(executable: "/bin/sh", ["-ec", script], folder: place.path).finish()
        try #require(made.status == 0, "\(made.standardError)")
    }

    @Test func `a small file that unpacks without end is stopped at the limit`() async throws {
        try await make("head -c 20000000 /dev/zero | gzip > zeros.gz")
        let archive = Archive("\(place.path)/zeros.gz", largest: 1 << 20)
        let error = await #expect(throws: ImportFailure.self) { try await archive.unpacked(["gzip", "-dc"]) }
        #expect(error?.what == "unpacked it has more than 1 MB")
        let whole = try await Archive("\(place.path)/zeros.gz").unpacked(["gzip", "-dc"])
        #expect(whole.count == 20_000_000)
    }

    @Test func `members that are links or lead elsewhere are not read, and nothing is put on the disk`() async throws {
        try await make(
            """
            mkdir -p data/test && echo '"Which?",a,b,c,d,A' > data/test/fish_test.csv
            echo '"secret",a,b,c,d,A' > secret.csv
            ln -s "$PWD/secret.csv" data/test/link_test.csv
            ln -s "$PWD" data/test/folder
            tar -cf bad.tar data
            echo x > escape.csv
            tar -rf bad.tar -P --transform 's,^,../../,' escape.csv 2>/dev/null || true
            rm escape.csv
            """)
        let made = try await CommandLineTool(
            ["import", "mmlu", "\(place.path)/bad.tar", "--out", "\(place.path)/made"], folder: place.path
        ).finish()
        #expect(made.status == 0, "\(made.standardError)")
        let samples = try FileManager.default.contentsOfDirectory(atPath: "\(place.path)/made")
            .filter { $0.hasSuffix(".jsonl") }
        #expect(!samples.isEmpty)
        for name in samples { #expect(try !place.read("made/\(name)").contains("secret")) }
        #expect(!FileManager.default.fileExists(atPath: "\(place.path)/../../escape.csv"))
    }

    @Test func `a name with a colon is a file and no other machine`() async throws {
        try await make(
            "mkdir -p data/test && echo '\"Which?\",a,b,c,d,A' > data/test/fish_test.csv && tar -cf - data > host:data.tar"
        )
        let made = try await CommandLineTool(
            ["import", "mmlu", "host:data.tar", "--out", "made"], folder: place.path
        ).finish()
        #expect(made.status == 0, "\(made.standardError)")
    }
}
