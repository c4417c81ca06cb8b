import GRDB

extension Schema {
    static func fourth(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE divergence (       -- of next-token distributions, along the reference's own texts
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    reference TEXT NOT NULL,
                    load ANY NOT NULL,          -- of the responses that were followed
                    samples INTEGER NOT NULL,
                    leftOut INTEGER NOT NULL,   -- responses that could not be followed
                    tokens INTEGER NOT NULL,    -- positions that were compared
                    meanKL REAL NOT NULL,       -- nats a token
                    meanKLLow REAL,
                    meanKLHigh REAL,
                    sameTop REAL NOT NULL,
                    sameTopLow REAL,
                    sameTopHigh REAL,
                    covered REAL,               -- of the reference's probability, by tokens that both named
                    top INTEGER NOT NULL,       -- tokens that each side was asked for
                    vocabulary INTEGER,
                    tasks TEXT NOT NULL,        -- JSON
                    measuredAt TEXT NOT NULL,
                    PRIMARY KEY (run, candidate, reference, load)
                ) STRICT;
                """)
    }
}
