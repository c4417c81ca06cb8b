import GRDB

/// The database's schema, one migration after the other; a migration that shipped is never changed.
///
/// Times are milliseconds, speeds are per second, scores are 0…1; NULL is undefined, never 0.
enum Schema {
    static let migrator: SchemaMigrator = {
        var migrator = SchemaMigrator()
        migrator.registerMigration("1: runs, trials, scores, points", migrate: first)
        migrator.registerMigration("2: open-loop loads, calibration", migrate: second)
        migrator.registerMigration("3: grader versions, judges, chains", migrate: third)
        migrator.registerMigration("4: divergence", migrate: fourth)
        migrator.registerMigration("5: resumptions", migrate: fifth)
        migrator.registerMigration("6: response cache", migrate: sixth)
        migrator.registerMigration("7: load shortfalls", migrate: seventh)
        migrator.registerMigration("8: plans, shards", migrate: eighth)
        return migrator
    }()

    private static func first(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE run (
                    id TEXT PRIMARY KEY,
                    suite TEXT NOT NULL,
                    startedAt TEXT NOT NULL,
                    endedAt TEXT,
                    status TEXT NOT NULL CHECK (status IN ('running', 'done', 'incomplete', 'interrupted')),
                    seed INTEGER NOT NULL,      -- 64 bits, as SQLite's signed integer
                    machine TEXT NOT NULL,      -- JSON
                    poiseVersion TEXT NOT NULL,
                    command TEXT NOT NULL,
                    plan TEXT NOT NULL          -- JSON: candidates, tasks with their samples, digests of every file
                ) STRICT;

                CREATE TABLE problem (          -- why a candidate was not run to its end
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    reason TEXT NOT NULL
                ) STRICT;

                CREATE TABLE grading (          -- graders of another suite that a run was graded with later
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    gradedAt TEXT NOT NULL,
                    suite TEXT NOT NULL,
                    digests TEXT NOT NULL       -- JSON: SHA-256 of the suite's files
                ) STRICT;

                CREATE TABLE candidate (
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    id TEXT NOT NULL,
                    position INTEGER NOT NULL,
                    model TEXT NOT NULL,
                    quantization TEXT,
                    PRIMARY KEY (run, id)
                ) STRICT;

                CREATE TABLE engine (           -- the engine as it ran for one candidate in one round
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    round INTEGER NOT NULL,
                    engine TEXT NOT NULL,
                    build TEXT,
                    arguments TEXT NOT NULL,    -- JSON
                    loadTime REAL,
                    peakMemory INTEGER,         -- bytes
                    modelFile TEXT,             -- JSON
                    isSimulated INTEGER NOT NULL,
                    PRIMARY KEY (run, candidate, round)
                ) STRICT;

                CREATE TABLE trial (
                    id INTEGER PRIMARY KEY,
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    task TEXT NOT NULL,
                    sample TEXT NOT NULL,
                    epoch INTEGER NOT NULL,
                    load INTEGER NOT NULL,
                    round INTEGER NOT NULL,
                    isWarmup INTEGER NOT NULL,
                    status TEXT NOT NULL CHECK (status IN ('completed', 'failed')),
                    failureKind TEXT,
                    failureMessage TEXT,
                    withdrawnReason TEXT,       -- why its response says nothing about the model and is not graded
                    attempts INTEGER NOT NULL,
                    queueDelay REAL NOT NULL,
                    timeToDone REAL NOT NULL,
                    "connect" REAL,
                    ttft REAL,
                    ttfo REAL,
                    latency REAL,
                    decodeTPS REAL,
                    decodedTokens INTEGER,      -- N - n1 and last - first, of which decodeTPS is the quotient
                    decodeSpan REAL,
                    endToEndTPS REAL,
                    tpot REAL,
                    prefillTPS REAL,
                    charactersPerSecond REAL,
                    thinkingShare REAL,
                    outputTokens INTEGER,
                    outputTokensSource TEXT CHECK (outputTokensSource IN ('usage', 'timings', 'chunks')),
                    carriedTokens INTEGER,      -- without an end token that no chunk carries
                    promptTokens INTEGER,
                    cachedTokens INTEGER,
                    serverDecodeTPS REAL,
                    serverPrefillTPS REAL,
                    chunks INTEGER,             -- token-bearing ones
                    coalescedChunks INTEGER,
                    finishReason TEXT,
                    isStreamed INTEGER,
                    request TEXT NOT NULL,      -- the body as it was sent
                    response TEXT,              -- the answer, without the reasoning
                    reasoning TEXT,
                    toolCalls TEXT,
                    report TEXT,                -- JSON: what the server said
                    timeline BLOB               -- see TimelineCoding.swift
                ) STRICT;
                CREATE UNIQUE INDEX trialKey ON trial (run, candidate, task, sample, epoch, load, round)
                    WHERE NOT isWarmup;

                CREATE TABLE failedAttempt (    -- attempts before the last
                    trial INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
                    number INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    message TEXT NOT NULL,
                    PRIMARY KEY (trial, number)
                ) STRICT;

                CREATE TABLE score (            -- the grader at position 0 decides
                    trial INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
                    position INTEGER NOT NULL,
                    grader TEXT NOT NULL,
                    value REAL,
                    answer TEXT,
                    explanation TEXT,
                    unscoredReason TEXT,
                    criteria TEXT,              -- JSON, of rubrics
                    PRIMARY KEY (trial, position),
                    CHECK ((value IS NULL) = (unscoredReason IS NOT NULL))
                ) STRICT;

                CREATE TABLE point (
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    load INTEGER NOT NULL,
                    n INTEGER NOT NULL,
                    unscored INTEGER NOT NULL,
                    accuracy REAL,
                    accuracyLow REAL,
                    accuracyHigh REAL,
                    accuracyMethod TEXT,
                    decodeTPS REAL,
                    decodeTPSLow REAL,
                    decodeTPSHigh REAL,
                    decodeTPSMethod TEXT,
                    decodeTPSTrials INTEGER NOT NULL,
                    ttft REAL,
                    ttfo REAL,
                    latency REAL,
                    timeToCorrect REAL,         -- Inf where nothing was correct
                    onFront INTEGER NOT NULL,
                    frontProbability REAL,
                    PRIMARY KEY (run, candidate, load)
                ) STRICT;

                CREATE VIEW trialMetric AS
                    SELECT trial.run, trial.candidate, candidate.model, candidate.quantization, trial.task,
                        trial.sample, trial.epoch, trial.load, trial.round, trial.status, score.value AS score,
                        trial.ttft, trial.ttfo, trial.latency, trial.decodeTPS, trial.outputTokens,
                        trial.promptTokens, trial.charactersPerSecond, trial.response
                    FROM trial
                    JOIN candidate ON candidate.run = trial.run AND candidate.id = trial.candidate
                    LEFT JOIN score ON score.trial = trial.id AND score.position = 0
                    WHERE NOT trial.isWarmup;

                CREATE VIEW frontPoint AS
                    SELECT point.run, point.candidate, candidate.model, candidate.quantization, point.load, point.n,
                        point.unscored, point.accuracy, point.accuracyLow, point.accuracyHigh, point.decodeTPS,
                        point.decodeTPSLow, point.decodeTPSHigh, point.onFront, point.frontProbability
                    FROM point
                    JOIN candidate ON candidate.run = point.run AND candidate.id = point.candidate;

                CREATE VIEW sample AS
                    SELECT run.id AS run, json_extract(task.value, '$.name') AS task,
                        json_extract(sample.value, '$.id') AS sample,
                        json_quote(json_extract(sample.value, '$.input')) AS input,
                        json_quote(json_extract(sample.value, '$.target')) AS target,
                        iif(json_type(sample.value, '$.metadata') IS NULL, NULL,
                            json_quote(json_extract(sample.value, '$.metadata'))) AS metadata
                    FROM run, json_each(run.plan, '$.tasks') AS task, json_each(task.value, '$.samples') AS sample;
                """)
    }

    /// Open-loop loads have a rate, which is no integer; STRICT tables take both only in a column of any type.
    private static func second(_ db: Database) throws {
        try db.execute(
            sql: """
                DROP VIEW trialMetric;
                DROP VIEW frontPoint;

                CREATE TABLE newTrial (
                    id INTEGER PRIMARY KEY,
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    task TEXT NOT NULL,
                    sample TEXT NOT NULL,
                    epoch INTEGER NOT NULL,
                    load ANY NOT NULL,          -- requests in flight, or an arrival rate as a text: '5/s'
                    round INTEGER NOT NULL,
                    isWarmup INTEGER NOT NULL,
                    status TEXT NOT NULL CHECK (status IN ('completed', 'failed')),
                    failureKind TEXT,
                    failureMessage TEXT,
                    withdrawnReason TEXT,       -- why its response says nothing about the model and is not graded
                    attempts INTEGER NOT NULL,
                    queueDelay REAL NOT NULL,
                    scheduled REAL,             -- since the run began
                    timeToDone REAL NOT NULL,
                    "connect" REAL,
                    ttft REAL,
                    ttfo REAL,
                    latency REAL,
                    decodeTPS REAL,
                    decodedTokens INTEGER,      -- N - n1 and last - first, of which decodeTPS is the quotient
                    decodeSpan REAL,
                    endToEndTPS REAL,
                    tpot REAL,
                    prefillTPS REAL,
                    charactersPerSecond REAL,
                    thinkingShare REAL,
                    outputTokens INTEGER,
                    outputTokensSource TEXT CHECK (outputTokensSource IN ('usage', 'timings', 'chunks')),
                    carriedTokens INTEGER,      -- without an end token that no chunk carries
                    promptTokens INTEGER,
                    cachedTokens INTEGER,
                    serverDecodeTPS REAL,
                    serverPrefillTPS REAL,
                    chunks INTEGER,             -- token-bearing ones
                    coalescedChunks INTEGER,
                    finishReason TEXT,
                    isStreamed INTEGER,
                    request TEXT NOT NULL,      -- the body as it was sent
                    response TEXT,              -- the answer, without the reasoning
                    reasoning TEXT,
                    toolCalls TEXT,
                    report TEXT,                -- JSON: what the server said
                    timeline BLOB               -- see TimelineCoding.swift
                ) STRICT;
                INSERT INTO newTrial (
                    id, run, candidate, task, sample, epoch, load, round, isWarmup, status, failureKind,
                    failureMessage, withdrawnReason, attempts, queueDelay, timeToDone, "connect", ttft, ttfo,
                    latency, decodeTPS, decodedTokens, decodeSpan, endToEndTPS, tpot, prefillTPS,
                    charactersPerSecond, thinkingShare, outputTokens, outputTokensSource, carriedTokens,
                    promptTokens, cachedTokens, serverDecodeTPS, serverPrefillTPS, chunks, coalescedChunks,
                    finishReason, isStreamed, request, response, reasoning, toolCalls, report, timeline
                ) SELECT
                    id, run, candidate, task, sample, epoch, load, round, isWarmup, status, failureKind,
                    failureMessage, withdrawnReason, attempts, queueDelay, timeToDone, "connect", ttft, ttfo,
                    latency, decodeTPS, decodedTokens, decodeSpan, endToEndTPS, tpot, prefillTPS,
                    charactersPerSecond, thinkingShare, outputTokens, outputTokensSource, carriedTokens,
                    promptTokens, cachedTokens, serverDecodeTPS, serverPrefillTPS, chunks, coalescedChunks,
                    finishReason, isStreamed, request, response, reasoning, toolCalls, report, timeline
                FROM trial;
                DROP TABLE trial;
                ALTER TABLE newTrial RENAME TO trial;
                CREATE UNIQUE INDEX trialKey ON trial (run, candidate, task, sample, epoch, load, round)
                    WHERE NOT isWarmup;

                CREATE TABLE newPoint (
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    load ANY NOT NULL,
                    n INTEGER NOT NULL,
                    unscored INTEGER NOT NULL,
                    accuracy REAL,
                    accuracyLow REAL,
                    accuracyHigh REAL,
                    accuracyMethod TEXT,
                    decodeTPS REAL,
                    decodeTPSLow REAL,
                    decodeTPSHigh REAL,
                    decodeTPSMethod TEXT,
                    decodeTPSTrials INTEGER NOT NULL,
                    ttft REAL,
                    ttfo REAL,
                    latency REAL,
                    timeToCorrect REAL,         -- Inf where nothing was correct
                    queueDelay REAL,            -- median, of open loops
                    throughput REAL,            -- output tokens a second over the load level
                    onFront INTEGER NOT NULL,
                    frontProbability REAL,
                    PRIMARY KEY (run, candidate, load)
                ) STRICT;
                INSERT INTO newPoint (
                    run, candidate, load, n, unscored, accuracy, accuracyLow, accuracyHigh, accuracyMethod,
                    decodeTPS, decodeTPSLow, decodeTPSHigh, decodeTPSMethod, decodeTPSTrials, ttft, ttfo,
                    latency, timeToCorrect, onFront, frontProbability
                ) SELECT
                    run, candidate, load, n, unscored, accuracy, accuracyLow, accuracyHigh, accuracyMethod,
                    decodeTPS, decodeTPSLow, decodeTPSHigh, decodeTPSMethod, decodeTPSTrials, ttft, ttfo,
                    latency, timeToCorrect, onFront, frontProbability
                FROM point;
                DROP TABLE point;
                ALTER TABLE newPoint RENAME TO point;

                ALTER TABLE engine ADD COLUMN details TEXT;         -- JSON: what else the engine says of itself
                ALTER TABLE run ADD COLUMN calibration TEXT;        -- JSON: the client's own error, as it was known then

                CREATE TABLE calibration (      -- the client's own error on a machine
                    id INTEGER PRIMARY KEY,
                    machine TEXT NOT NULL,      -- what identifies it: MachineFacts.identity
                    measuredAt TEXT NOT NULL,
                    isQuick INTEGER NOT NULL,   -- the short check that a run does by itself
                    result TEXT NOT NULL        -- JSON
                ) STRICT;

                CREATE TABLE levelStop (        -- why a load level ended before all of its trials were asked
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    load ANY NOT NULL,
                    round INTEGER NOT NULL,
                    reason TEXT NOT NULL,
                    asked INTEGER NOT NULL,
                    planned INTEGER NOT NULL,
                    PRIMARY KEY (run, candidate, load, round)
                ) STRICT;

                CREATE TABLE clientLag (        -- how late the client woke for what was due, while it measured
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    load ANY NOT NULL,
                    round INTEGER NOT NULL,
                    lag TEXT NOT NULL,          -- JSON
                    PRIMARY KEY (run, candidate, load, round)
                ) STRICT;

                CREATE VIEW trialMetric AS
                    SELECT trial.run, trial.candidate, candidate.model, candidate.quantization, trial.task,
                        trial.sample, trial.epoch, trial.load, trial.round, trial.status, score.value AS score,
                        trial.ttft, trial.ttfo, trial.latency, trial.decodeTPS, trial.outputTokens,
                        trial.promptTokens, trial.charactersPerSecond, trial.response
                    FROM trial
                    JOIN candidate ON candidate.run = trial.run AND candidate.id = trial.candidate
                    LEFT JOIN score ON score.trial = trial.id AND score.position = 0
                    WHERE NOT trial.isWarmup;

                CREATE VIEW frontPoint AS
                    SELECT point.run, point.candidate, candidate.model, candidate.quantization, point.load, point.n,
                        point.unscored, point.accuracy, point.accuracyLow, point.accuracyHigh, point.decodeTPS,
                        point.decodeTPSLow, point.decodeTPSHigh, point.onFront, point.frontProbability
                    FROM point
                    JOIN candidate ON candidate.run = point.run AND candidate.id = point.candidate;
                """)
    }
}
