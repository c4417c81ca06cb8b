import Foundation
import PoiseCore
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4 and its example values.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func `digests are those of the standard`(text: String, expected: String) {
        #expect(SHA256Digest.of(Data(text.utf8)) == expected)
    }

    @Test(arguments: [0, 3, 1 << 20, (1 << 20) + 1, 3_000_000])
    func `a file has the digest of its bytes, also over several reads`(size: Int) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "digest-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try data.write(to: URL(fileURLWithPath: path))
        #expect(try SHA256Digest.ofFile(at: path) == SHA256Digest.of(data))
    }

    @Test func `a file that is not there and a folder are errors`() {
        let folder = FileManager.default.temporaryDirectory.path
        #expect(throws: (any Error).self) { try SHA256Digest.ofFile(at: "\(folder)/not-there-\(UUID().uuidString)") }
        #expect(throws: (any Error).self) { try SHA256Digest.ofFile(at: folder) }
    }

    @Test func `base64 is that of a Content-Security-Policy hash`() {
        #expect(SHA256Digest.base64(of: "abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
        #expect(SHA256Digest.base64(of: "") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }
}
