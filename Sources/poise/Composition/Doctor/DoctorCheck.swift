import PoiseCore
import PoiseReport

/// One thing that `poise doctor` looks at.
///
/// What it says is decided from values, and it carries examples of what is well and of what is not: they are its tests.
protocol DoctorCheck: Sendable {
    /// What its line begins with.
    static var name: String { get }
    static var examples: [DoctorExample] { get }
}

/// A finding over values that were thought up, and what it must be.
struct DoctorExample: Sendable {
    let given: String
    let finding: Finding
    let status: Finding.Status
    /// Words that its text or its remedy must hold.
    let words: String

    init(_ given: String, _ finding: Finding, _ status: Finding.Status, _ words: String = "") {
        self.given = given
        self.finding = finding
        self.status = status
        self.words = words
    }
}

extension DoctorCheck {
    static func ok(_ found: String, _ figures: [String: Double] = [:]) -> Finding {
        Finding(name, .ok, found, figures: figures)
    }

    static func warning(_ found: String, _ remedy: String, _ figures: [String: Double] = [:]) -> Finding {
        Finding(name, .warning, found, remedy: remedy, figures: figures)
    }

    static func failed(_ found: String, _ remedy: String, _ figures: [String: Double] = [:]) -> Finding {
        Finding(name, .failed, found, remedy: remedy, figures: figures)
    }

    static func skipped(_ found: String, _ figures: [String: Double] = [:]) -> Finding {
        Finding(name, .skipped, found, figures: figures)
    }

    /// Where the check itself did not come to an end.
    static func timedOut(after limit: Duration, _ remedy: String) -> Finding {
        failed("no answer within \(Numbers.setting(seconds: limit.seconds))", remedy)
    }
}

/// Every check, in the order of the report.
enum DoctorCatalog {
    static let all: [any DoctorCheck.Type] = [
        PoiseBuildCheck.self, LibcurlCheck.self, SQLiteCheck.self, EngineCheck.self, EngineLoadCheck.self,
        SandboxCheck.self, OpenFilesCheck.self,
        ProcessorCheck.self, CoresCheck.self, GovernorCheck.self, PowerCheck.self, ThrottlingCheck.self,
        MemoryCheck.self, StolenTimeCheck.self, OtherLoadCheck.self, ClockCheck.self, WallClockCheck.self,
        WakeCheck.self,
        TemporaryFolderCheck.self, DatabaseFolderCheck.self, FileSystemCheck.self, DiskSpaceCheck.self,
        DatabaseCheck.self, PermissionsCheck.self, WriteAheadLogCheck.self, SchemaCheck.self, IntegrityCheck.self,
        UnfinishedRunsCheck.self, CalibrationCheck.self,
        WeightsCheck.self, EngineStartCheck.self, ConnectionCheck.self, ModelListCheck.self, SimulatedCheck.self,
        AnswerCheck.self, TemplateCheck.self, ThinkingCheck.self, StreamCheck.self, UsageCheck.self,
        TokenCapCheck.self, SeedCheck.self, RepeatCheck.self, KeepAliveCheck.self, ServerClockCheck.self,
        RateLimitCheck.self, JudgeFormatCheck.self,
    ]
}
