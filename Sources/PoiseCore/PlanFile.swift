package import Foundation

/// A suite frozen for several machines: what is run, cut into cells, and which shard runs which.
///
/// It holds all that is asked and graded, so that a machine needs nothing of the suite's own files but the models that it
/// names. Whatever is made of it later names its digest.
package struct PlanFile: Hashable, Codable, Sendable {
    /// A cell and the shard that runs it.
    package struct Place: Hashable, Codable, Sendable {
        package let cell: PlanCell
        /// From 0.
        package let shard: Int

        package init(cell: PlanCell, shard: Int) {
            self.cell = cell
            self.shard = shard
        }
    }

    /// Of the file's format.
    package static let currentVersion = 1

    package let version: Int
    /// SHA-256 of all that is frozen: not of when, where and by which Poise, nor of the suite's comments.
    package let digest: String
    package let poiseVersion: String
    /// ISO 8601, UTC.
    package let plannedAt: String
    package let shards: Int
    /// Every cell once, in the order in which one machine would run them.
    package let places: [Place]
    /// Version by name, of the graders of each task.
    package let graders: [String: [String: String]]
    package let plan: Plan

    private enum CodingKeys: String, CodingKey {
        case version = "poisePlan"
        case digest, poiseVersion, plannedAt, shards, graders, plan
        case places = "cells"
    }

    /// - Parameters:
    ///   - shards: at least 1; no more are made than there are cells.
    ///   - graders: as this Poise knows them.
    package init(
        _ plan: Plan, by grain: Plan.Grain, shards: Int, graders: [String: [String: String]], poiseVersion: String,
        plannedAt: String
    ) {
        let cells = plan.cells(by: grain)
        version = Self.currentVersion
        self.shards = max(1, min(shards, cells.count))
        places = Self.dealt(cells, to: self.shards)
        self.graders = graders
        self.plan = plan
        self.poiseVersion = poiseVersion
        self.plannedAt = plannedAt
        digest = Self.digest(shards: self.shards, places: places, graders: graders, plan: plan)
    }

    /// Deals cells out so that shards have equally many, and rounds of one candidate go to different shards as far as
    /// there are enough: then how much machines differ shows between rounds, where intervals look for it.
    static func dealt(_ cells: [PlanCell], to shards: Int) -> [Place] {
        var sizes = [Int](repeating: 0, count: shards)
        var ofCandidate: [String: [Int]] = [:]
        return cells.map { cell in
            let own = ofCandidate[cell.candidate] ?? sizes.map { _ in 0 }
            let shard = sizes.indices.min { (sizes[$0], own[$0], $0) < (sizes[$1], own[$1], $1) } ?? 0
            sizes[shard] += 1
            ofCandidate[cell.candidate, default: own][shard] += 1
            return Place(cell: cell, shard: shard)
        }
    }

    /// The plan with the cells of one shard.
    package func share(of shard: Int) -> Plan {
        plan.only(places.filter { $0.shard == shard }.map(\.cell))
    }

    /// What its digest should be, by what it holds.
    package var ownDigest: String {
        Self.digest(shards: shards, places: places, graders: graders, plan: plan)
    }

    private struct Frozen: Encodable {
        let shards: Int
        let places: [Place]
        let graders: [String: [String: String]]
        let plan: Plan
    }

    private static func digest(
        shards: Int, places: [Place], graders: [String: [String: String]], plan: Plan
    ) -> String {
        let frozen = Frozen(shards: shards, places: places, graders: graders, plan: plan.essence)
        // Values of these types always encode; an empty text would only make all plans one, which nothing then matches.
        return SHA256Digest.of((try? Self.encoder.encode(frozen)) ?? Data())
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// The file's bytes: JSON, with a line break at its end.
    package func encoded() throws -> Data {
        let encoder = Self.encoder
        encoder.outputFormatting.insert(.prettyPrinted)
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
