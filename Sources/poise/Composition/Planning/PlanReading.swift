import Foundation
import PoiseCore
import PoiseStore

/// Reads a plan that was written for several machines, and believes it only where it is whole.
enum PlanReading {
    enum Failure: ExplainedError, Hashable {
        case unreadable(path: String, reason: String)
        case noPlan(path: String, reason: String)
        case otherVersion(path: String, version: Int)
        case changed(path: String)

        var what: String {
            switch self {
            case .unreadable(_, let reason): "the plan cannot be read: \(reason)"
            case .noPlan(_, let reason): "this is no plan of Poise: \(reason)"
            case .otherVersion(_, let version):
                "the plan has format \(version), and Poise \(poiseVersion) knows format \(PlanFile.currentVersion)"
            case .changed: "the plan is not as it was written: what it holds has another SHA-256 than it says"
            }
        }
        var place: String? {
            switch self {
            case .unreadable(let path, _), .noPlan(let path, _), .otherVersion(let path, _), .changed(let path): path
            }
        }
        var remedy: String? {
            switch self {
            case .unreadable: "Name a file that poise plan SUITE -o FILE wrote."
            case .noPlan, .changed: "Write it again: poise plan SUITE -o FILE."
            case .otherVersion: "Use the Poise that wrote it, or write it again: poise plan SUITE -o FILE."
            }
        }
    }

    /// What stands in every version.
    private struct Header: Decodable {
        let poisePlan: Int
    }

    static func read(_ path: String) throws -> PlanFile {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw Failure.unreadable(path: path, reason: error.localizedDescription)
        }
        let decoder = JSONDecoder()
        let file: PlanFile
        do {
            let version = try decoder.decode(Header.self, from: data).poisePlan
            guard version == PlanFile.currentVersion else { throw Failure.otherVersion(path: path, version: version) }
            file = try decoder.decode(PlanFile.self, from: data)
        } catch let error as DecodingError {
            throw Failure.noPlan(path: path, reason: error.shortPlace)
        }
        guard file.digest == file.ownDigest else { throw Failure.changed(path: path) }
        return file
    }
}
