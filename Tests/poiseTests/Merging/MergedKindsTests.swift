import Foundation
import PoiseCore
import Testing

@testable import poise

/// Reports of a plan whose candidates were measured on two kinds of machine: y and z on one, x on the other.
@Suite struct MergedKindsTests {
    private let place: ShardPlace

    init() async throws {
        place = try ShardPlace(shards: 3, rounds: 1)
        try await place.write(0, .init(machine: ShardPlace.other, node: "secret-gpu-7", host: "o"))
        try await place.write(1, .init(host: "a"))
        try await place.write(2, .init(host: "b"))
        _ = try await place.session().run()
    }

    private func poise(_ arguments: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(arguments + ["--db", place.output]).finish()
    }

    @Test func `a front without a name is of all that was merged, each kind of machine apart`() async throws {
        let output = try await poise("front", "--format", "json")
        #expect(output.status == 0, "\(output.standardError)")
        let document = try JSONValue(parsing: output.standardOutput)
        let points = try #require(document["points"]?.array)
        #expect(points.compactMap { $0["candidate"]?.string } == ["y", "z", "x"])
        #expect(Set(points.compactMap { $0["machine"]?.string }).count == 2)
        // x is faster than z by far; on a front of its own it beats nobody.
        #expect(points.filter { $0["candidate"]?.string == "x" }.map { $0["onFront"] } == [.bool(true)])
        let nodes = try #require(document["nodes"]?.array)
        #expect(nodes.count == 3)
        #expect(nodes.map { $0["candidates"]?.array?.compactMap(\.string) } == [["y"], ["z"], ["x"]])
        #expect(!output.standardOutput.contains("secret-gpu-7"))
        let table = try await poise("front")
        #expect(table.standardOutput.contains("Machine A") && table.standardOutput.contains("Machine B"))
    }

    @Test func `--pool puts them on one front and says so`() async throws {
        let output = try await poise("front", "--pool", "--format", "json")
        #expect(output.status == 0, "\(output.standardError)")
        let points = try #require(try JSONValue(parsing: output.standardOutput)["points"]?.array)
        #expect(Set(points.compactMap { $0["machine"]?.string }).count == 1)
        #expect(points.count == 3)
        #expect(output.standardError.contains("because --pool was given"), "\(output.standardError)")
    }

    @Test func `answers of candidates on two kinds are compared, and speeds are not`() async throws {
        let output = try await poise("compare", "y", "x", "--format", "json")
        #expect(output.status == 0, "\(output.standardError)")
        let rows = try JSONValue(parsing: output.standardOutput)["candidates"]?.array
        let row = try #require(rows?.first, "\(output.standardOutput.prefix(600))")
        #expect(row["candidate"]?.string == "x")
        let words = try await poise("compare", "y", "x")
        #expect(words.standardOutput.contains("differ in the machine"), "\(words.standardOutput)")
        #expect(words.standardOutput.contains("speeds are not compared"))
        let all = try await poise("compare", "y")
        #expect(all.standardError.contains("and of those merged with it on other kinds of machine"))
        #expect(all.standardOutput.contains("\nx ") && all.standardOutput.contains("\nz "), "\(all.standardOutput)")
    }

    @Test func `of one kind it is said which machines measured, and how far that is in the intervals`() async throws {
        let words = try await poise("compare", "y", "z")
        // Lines are wrapped.
        let text = words.standardOutput.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("differ in the machines that measured them"), "\(text)")
        let front = try await poise("front")
        #expect(front.standardError.contains("Measured on 2 machines"), "\(front.standardError)")
    }

    @Test func `the page shows the machines and names none`() async throws {
        let page = "\(place.path)/page.html"
        let output = try await poise("report", "-o", page)
        #expect(output.status == 0, "\(output.standardError)")
        let text = try String(contentsOfFile: page, encoding: .utf8)
        #expect(text.contains("The machines, and their clients’ own error"))
        #expect(!text.contains("secret-gpu-7"))
    }
}
