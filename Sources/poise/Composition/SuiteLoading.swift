import PoiseGrading
import PoiseSuite

extension SuiteLoader {
    /// A loader that knows every check, and tries its options where the file names them.
    ///
    /// - Parameters:
    ///   - environment: where API keys must be set; nil where nothing will be asked.
    ///   - granted: what the suite was trusted with; `TrustDesk` knows it.
    static func forPoise(environment: [String: String]? = nil, granted: Set<String> = []) -> SuiteLoader {
        SuiteLoader(
            checks: CheckCatalog.specifications, trial: { try CheckCatalog.validate($0) },
            environment: environment, granted: granted)
    }
}
