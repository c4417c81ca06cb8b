import Foundation
package import PoiseCore

/// Reads what a GGUF file says of itself.
package enum ModelFile {
    package enum Failure: ExplainedError, Equatable {
        case unreadable(path: String, reason: String)
        case notGGUF(path: String, reason: String)

        package var what: String {
            switch self {
            case .unreadable(_, let reason): "the model file cannot be read: \(reason)"
            case .notGGUF(_, let reason): "not a model that llama.cpp can load: \(reason)"
            }
        }
        package var place: String? {
            switch self {
            case .unreadable(let path, _), .notGGUF(let path, _): path
            }
        }
        package var remedy: String? {
            switch self {
            case .unreadable: "Check the path under serve.file and the permissions."
            case .notGGUF: "Give a GGUF file; convert the model with llama.cpp's convert_hf_to_gguf.py."
            }
        }
    }

    /// The SHA-256 of a model's list of tokens: files in which it is the same mean the same tokens by the same numbers.
    ///
    /// Nil where the file has no such list.
    package static func vocabularySHA256(of path: String) throws -> String? {
        let (data, header) = try read(path)
        return header.vocabulary.map { range in
            SHA256Digest.of(data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound])
        }
    }

    private static func read(_ path: String) throws(Failure) -> (data: Data, header: GGUFHeader) {
        let data: Data
        do {
            // Mapped: only the header's pages are touched.
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw Failure.unreadable(path: path, reason: error.localizedDescription)
        }
        do throws(GGUFHeader.Failure) {
            return (data, try GGUFHeader(parsing: data))
        } catch {
            throw Failure.notGGUF(path: path, reason: reason(error))
        }
    }

    /// Reads the header and the digest; a file of 40 GB takes as long as reading it takes.
    package static func facts(of path: String) throws -> ModelFileFacts {
        let (data, header) = try read(path)
        let architecture = header["general.architecture"]?.text ?? "unknown"
        return ModelFileFacts(
            path: path,
            name: header["general.name"]?.text,
            architecture: architecture,
            parameters: header.parameters,
            fileType: header.fileType ?? "unknown",
            bytes: Int64(data.count),
            sha256: try SHA256Digest.ofFile(at: path),
            contextLength: header["\(architecture).context_length"]?.whole,
            templateSHA256: header["tokenizer.chat_template"]?.text.map { SHA256Digest.of(Data($0.utf8)) })
    }

    /// What the header alone says, whatever the size of the file.
    package struct Outline: Hashable, Sendable {
        package let architecture: String
        /// Of most of its numbers: `Q4_0`.
        package let fileType: String
        package let bytes: Int64
        package let hasTemplate: Bool
    }

    package static func outline(of path: String) throws(Failure) -> Outline {
        let (data, header) = try read(path)
        return Outline(
            architecture: header["general.architecture"]?.text ?? "unknown", fileType: header.fileType ?? "unknown",
            bytes: Int64(data.count), hasTemplate: header["tokenizer.chat_template"]?.text?.isEmpty == false)
    }

    private static func reason(_ failure: GGUFHeader.Failure) -> String {
        switch failure {
        case .notGGUF: "it does not begin with GGUF"
        case .unsupportedVersion(let version): "GGUF version \(version); Poise reads 2 and 3"
        case .truncated: "it ends within its header, so the download or copy is not complete"
        case .damaged(let what): "its header is damaged (\(what))"
        }
    }
}
