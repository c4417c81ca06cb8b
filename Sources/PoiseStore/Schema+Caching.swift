import GRDB

extension Schema {
    /// What shaped each response, and which responses earlier runs generated.
    ///
    /// Trials of before have no key: what they were asked with is not known well enough to serve them as anything's answer.
    static func sixth(_ db: Database) throws {
        try db.execute(
            sql: """
                -- SHA-256 of all that shapes the response; NULL of warm-ups, failures and runs of older versions
                ALTER TABLE trial ADD COLUMN responseKey BLOB;
                -- the run that its response was generated in, where that is another: then attempts is 0, and queueDelay
                -- and timeToDone say nothing. No reference: the mark must outlive that run.
                ALTER TABLE trial ADD COLUMN cachedFrom TEXT;
                CREATE INDEX trialResponse ON trial (responseKey) WHERE responseKey IS NOT NULL;
                CREATE INDEX trialCached ON trial (run, candidate, load, cachedFrom)
                    WHERE cachedFrom IS NOT NULL AND NOT isWarmup;
                """)
    }
}
