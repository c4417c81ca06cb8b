internal import COpenSSL
package import Foundation

/// SHA-256 (FIPS 180-4), of bytes or of a file of any size.
package struct SHA256Digest {
    private let context: OpaquePointer

    package static func of(_ data: Data) -> String {
        of(chunks: CollectionOfOne(data))
    }

    /// Base64 of the digest, as Content-Security-Policy wants it.
    package static func base64(of text: String) -> String {
        Data(bytes(of: CollectionOfOne(Data(text.utf8)))).base64EncodedString()
    }

    package static func ofFile(at path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        let digest = SHA256Digest()
        defer { digest.free() }
        while let data = try file.read(upToCount: 1 << 20), !data.isEmpty { digest.update(data) }
        return hexadecimal(digest.finish())
    }

    private static func of(chunks: some Sequence<Data>) -> String {
        hexadecimal(bytes(of: chunks))
    }

    package static func bytes(of message: [UInt8]) -> [UInt8] {
        let digest = SHA256Digest()
        defer { digest.free() }
        message.withUnsafeBytes { _ = EVP_DigestUpdate(digest.context, $0.baseAddress, $0.count) }
        return digest.finish()
    }

    private static func bytes(of chunks: some Sequence<Data>) -> [UInt8] {
        let digest = SHA256Digest()
        defer { digest.free() }
        for chunk in chunks { digest.update(chunk) }
        return digest.finish()
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0\(text)" : text
        }.joined()
    }

    private init() {
        context = EVP_MD_CTX_new()
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
    }

    private func update(_ data: Data) {
        data.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    private func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
            var length: UInt32 = 0
            EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
            count = Int(length)
        }
    }

    private func free() {
        EVP_MD_CTX_free(context)
    }
}
