import Foundation
import GRDB
import PoiseSimulator
import Testing

#if os(Linux)
    /// A wall clock that somebody sets, or a time service, while a run measures.
    @Suite struct ClockJumpTests {
        /// Stands before the C library's own: what asks for the wall clock gets one that jumps after three seconds, when the
        /// run has begun also on a busy machine.
        private static let library = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <stdlib.h>
            #include <sys/time.h>
            #include <time.h>

            int clock_gettime(clockid_t clock, struct timespec *time) {
                static int (*real)(clockid_t, struct timespec *);
                static time_t first;
                if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
                int result = real(clock, time);
                if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) return result;
                if (!first) first = time->tv_sec;
                const char *jump = getenv("CLOCK_JUMP");
                if (jump && time->tv_sec > first + 3) time->tv_sec += atol(jump);
                return result;
            }
            int gettimeofday(struct timeval *restrict time, void *restrict zone) {
                struct timespec precise;
                clock_gettime(CLOCK_REALTIME, &precise);
                time->tv_sec = precise.tv_sec;
                time->tv_usec = precise.tv_nsec / 1000;
                return 0;
            }
            """

        private static let hasCompiler = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")

        @Test(.enabled(if: hasCompiler), .timeLimit(.minutes(2)), arguments: [86_400, -86_400])
        func `a wall clock that jumps by a day in the middle of a run changes no time`(seconds: Int) async throws {
            let workplace = try Workplace()
            try workplace.write("jump.c", Self.library)
            let library = "\(workplace.path)/jump.so"
            let compiled = try await CommandLineTool(
                executable: "/usr/bin/cc", ["-shared", "-fPIC", "-o", library, "\(workplace.path)/jump.c", "-ldl"]
            ).finish()
            try #require(compiled.status == 0, "\(compiled.standardError)")

            var configuration = SimulatorConfiguration()
            configuration.schedule.timeToFirstToken = .milliseconds(300)
            configuration.schedule.interTokenGap = .milliseconds(20)
            configuration.schedule.tokens = 12
            let simulator = try await Simulator.start(configuration)
            let suite = try workplace.writeSuite([("sim", simulator.baseURL)])
            let output = try await CommandLineTool(
                ["run", suite, "--db", workplace.database, "--no-calibrate"],
                environment: ["LD_PRELOAD": library, "CLOCK_JUMP": "\(seconds)"]
            ).finish()
            await simulator.shutdown()
            #expect(output.status == 0, "\(output.standardError)")

            let run = try #require(try workplace.rows("SELECT startedAt, endedAt FROM run").first)
            // It did jump: the days differ.
            #expect((run["startedAt"] as String).prefix(10) != (run["endedAt"] as String).prefix(10))
            let trials = try workplace.rows("SELECT ttft, latency, timeToDone, scheduled FROM trial WHERE NOT isWarmup")
            #expect(trials.count > 1)
            for trial in trials {
                #expect((300..<5_000).contains(trial["ttft"] as Double))
                #expect((520..<10_000).contains(trial["latency"] as Double))
                #expect((520..<10_000).contains(trial["timeToDone"] as Double))
                #expect((0..<60_000).contains(trial["scheduled"] as Double))
            }
        }
    }
#endif
