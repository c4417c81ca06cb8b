import Foundation
import PoiseCore

/// An answer as a baseline file keeps it: enough to see that another one is not the same.
package enum AnswerDigest {
    static let mark = "sha256:"

    /// The beginning of the SHA-256; one that is a digest already stays as it is.
    package static func of(_ answer: String) -> String {
        isDigest(answer) ? answer : mark + SHA256Digest.of(Data(answer.utf8)).prefix(8)
    }

    private static func isDigest(_ answer: String) -> Bool {
        answer.wholeMatch(of: /sha256:[0-9a-f]{8}/) != nil
    }
}
