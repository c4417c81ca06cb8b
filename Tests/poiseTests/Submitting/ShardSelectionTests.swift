import Foundation
import PoiseCore
import PoiseStore
import Testing

@testable import poise

@Suite struct ShardSelectionTests {
    @Test(
        arguments: [
            ([0], nil, "0"), ([0, 1], nil, "0-1"), ([0, 3, 7, 8, 9], 8, "0,3,7-9%8"), (Array(0..<40), nil, "0-39"),
            ([1, 3, 5], 1, "1,3,5%1"), ([], nil, ""),
        ] as [([Int], Int?, String)])
    func `indices of an array are written as runs`(indices: [Int], limit: Int?, text: String) {
        #expect(ArrayIndices.text(indices, limit: limit) == text)
    }

    @Test func `only whole shards of this many are there`() {
        let files = [
            ShardFile(shard: 1, of: 4), ShardFile(shard: 2, of: 4, attempt: "a"), ShardFile(shard: 3, of: 5),
        ]
        #expect(MissingShards(of: 4, among: files).missing == [0, 2, 3])
        #expect(MissingShards(of: 4, among: []).missing == [0, 1, 2, 3])
        #expect(MissingShards(of: 2, among: [ShardFile(shard: 0, of: 2), ShardFile(shard: 1, of: 2)]).missing.isEmpty)
    }

    @Test func `machines bring what the candidates of their shards need, and the judges of all`() {
        let file = PlannedExample.file(
            [
                PlannedExample.engine("a", threads: 4, gpuLayers: 0),
                PlannedExample.engine("b", threads: 2, gpuLayers: 99),
                PlannedExample.endpoint("c", key: "C_KEY", headers: ["x-org": "C_ORG"]),
            ], judges: [PlannedExample.endpoint("j", key: "J_KEY")])
        #expect(file.shards == 3)
        let first = ShardNeeds(of: [0], in: file)
        #expect(first.gpuCandidates.isEmpty && first.cores == 5 && first.files == ["/models/a.gguf"])
        #expect(first.keyVariables == ["J_KEY"])
        let second = ShardNeeds(of: [1], in: file)
        #expect(second.gpuCandidates == ["b"] && second.cores == 3)
        let third = ShardNeeds(of: [2], in: file)
        #expect(!third.startsEngine && third.cores == nil && third.keyVariables == ["C_KEY", "C_ORG", "J_KEY"])
        #expect(ShardNeeds(of: [0, 1, 2], in: file).cores == 5)
    }

    @Test func `a key that is not set is told by its name, and one that is set is not told`() {
        let file = PlannedExample.file([PlannedExample.endpoint("c", key: "C_KEY", headers: ["x-org": "C_ORG"])])
        let needs = ShardNeeds(of: [0], in: file)
        let notes = SubmitNotes.warnings(
            of: needs, plan: file, cpus: nil, environment: ["C_KEY": "secret", "C_ORG": ""])
        #expect(notes.count == 1 && notes.first?.contains("C_ORG is not set") == true)
        #expect(!notes.joined().contains("C_KEY") && !notes.joined().contains("secret"))
        #expect(
            SubmitNotes.warnings(of: needs, plan: file, cpus: nil, environment: ["C_KEY": "a", "C_ORG": "b"]).isEmpty)
    }

    @Test func `an engine whose threads nobody named is warned of, unless cores are asked for`() {
        let file = PlannedExample.file([PlannedExample.engine("a")])
        let needs = ShardNeeds(of: [0], in: file)
        #expect(SubmitNotes.warnings(of: needs, plan: file, cpus: nil, environment: [:]).count == 1)
        #expect(SubmitNotes.warnings(of: needs, plan: file, cpus: 8, environment: [:]).isEmpty)
    }

    @Test func `a file that changed since the plan is named, and one that is gone is not`() throws {
        let workplace = try Workplace()
        let text = try workplace.read("words.yaml")
        let digests = [
            "words.yaml": SHA256Digest.of(Data(text.utf8)), "words.jsonl": "0a", "gone.yaml": "0b",
        ]
        #expect(ChangedFiles.all(in: digests, suite: "\(workplace.path)/suite.yaml") == ["words.jsonl"])
    }

    @Test func `paths are absolute and lie beside the plan`() {
        let places = SubmitPlaces(plan: "runs/plan.json", executable: "/opt/poise", folder: "/home/u")
        #expect(places.plan == "/home/u/runs/plan.json" && places.shards == "/home/u/runs/plan.shards")
        #expect(places.output == "/home/u/runs/plan.sqlite" && places.poise == "/opt/poise")
        let named = SubmitPlaces(plan: "/p.json", shards: "s", output: "o.sqlite", poise: "poise", folder: "/h")
        #expect(named.shards == "/h/s" && named.output == "/h/o.sqlite" && named.poise == "poise")
    }
}
