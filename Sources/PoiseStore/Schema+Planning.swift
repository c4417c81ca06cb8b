import GRDB

extension Schema {
    /// Runs that are shares of one plan, and where each of their trials was measured.
    static func eighth(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE planned (          -- a run that is a share of a plan, or was merged from such
                    run TEXT PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
                    plan TEXT NOT NULL,         -- SHA-256 of all that the plan froze
                    shard INTEGER,              -- from 0; NULL of a merged run
                    shards INTEGER NOT NULL,
                    cells TEXT NOT NULL,        -- JSON: every cell of the plan with its shard, also those of others
                    graders TEXT NOT NULL       -- JSON: by task, the versions of its graders by name
                ) STRICT;

                CREATE TABLE stint (            -- work on a share that was done on one machine in one go
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    number INTEGER NOT NULL,    -- from 1
                    shard INTEGER NOT NULL,     -- from 0
                    host TEXT NOT NULL,         -- the same for one machine in one plan, and says nothing of which it is
                    node TEXT,                  -- what --node called it; it is on no page
                    machine TEXT NOT NULL,      -- JSON
                    calibration TEXT,           -- JSON: the client's own error there
                    startedAt TEXT NOT NULL,
                    poiseVersion TEXT NOT NULL,
                    command TEXT NOT NULL,
                    PRIMARY KEY (run, number)
                ) STRICT;

                ALTER TABLE trial ADD COLUMN stint INTEGER; -- NULL where the run itself says on which machine
                CREATE INDEX trialStint ON trial (run, stint, candidate, load, round)
                    WHERE stint IS NOT NULL AND NOT isWarmup;
                """)
    }
}
