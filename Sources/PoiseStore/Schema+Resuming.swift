import GRDB

extension Schema {
    static func fifth(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE resumption (       -- each time that a run went on after it had ended too early
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    number INTEGER NOT NULL,    -- from 1
                    resumedAt TEXT NOT NULL,
                    pause REAL,                 -- seconds since the part before it ended
                    clock REAL NOT NULL,        -- where trial.scheduled goes on, which stood still meanwhile
                    finished INTEGER NOT NULL,  -- trials that were there and are not asked again
                    retried INTEGER NOT NULL,   -- trials that failed before and are asked again
                    poiseVersion TEXT NOT NULL,
                    command TEXT NOT NULL,
                    PRIMARY KEY (run, number)
                ) STRICT;

                CREATE TABLE partWarning (      -- what of a later part of a run is not as it was before
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    number INTEGER NOT NULL,    -- of the resumption
                    candidate TEXT NOT NULL,    -- '' for the run itself
                    warning TEXT NOT NULL,
                    PRIMARY KEY (run, candidate, warning)
                ) STRICT;

                CREATE TABLE fork (             -- runs that took trials over from one with another suite
                    run TEXT PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
                    origin TEXT NOT NULL,       -- that run; it may be gone
                    trials INTEGER NOT NULL,    -- that were taken over
                    differences TEXT NOT NULL   -- JSON: the suite's, a sentence each
                ) STRICT;
                """)
    }
}
