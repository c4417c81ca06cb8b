import Testing

@testable import poise

@Suite struct ShardFilesTests {
    @Test func `of a folder the shards are taken, and what attempts left only where no whole one is`() {
        let names = [
            "shard-00002-of-00003.partial-a1-b.sqlite", "shard-00001-of-00003.sqlite", "plan.json",
            "shard-00001-of-00003.partial-7.sqlite", "shard-00000-of-00003.sqlite-wal",
            ".shard-00000-of-00003.sqlite.tmp",
            "shard-00000-of-00003.sqlite", "shard-00000-of-00004.partial-1.sqlite", "shard-x-of-00003.sqlite",
        ]
        #expect(
            ShardFiles.wanted(of: names) == [
                "shard-00000-of-00003.sqlite", "shard-00000-of-00004.partial-1.sqlite", "shard-00001-of-00003.sqlite",
                "shard-00002-of-00003.partial-a1-b.sqlite",
            ])
        #expect(ShardFiles.wanted(of: ["all.sqlite"]) == [])
    }
}
