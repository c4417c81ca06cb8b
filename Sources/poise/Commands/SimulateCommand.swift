import ArgumentParser
import Foundation
import PoiseCore
import PoiseSimulator

/// `poise simulate`
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve an OpenAI-compatible endpoint with a known schedule and known faults.",
        discussion: """
            For calibration, tests and demonstrations without a model. It listens on this machine only, says in every \
            response that it is simulated, and runs until Ctrl-C. Its address goes to standard output.

            It answers /v1/chat/completions, the legacy /v1/completions, and Ollama's /api/chat.

            Examples:
              poise simulate --ttft 200ms --tps 30 --tokens 120
              poise simulate --answer echo --fault 'status=429:2@10%' --fault stall=5@7

            A fault has a name, a value where it needs one, and after @ the requests that it meets: their numbers \
            (1,3-5) or a share of them (10%). Names: \(SimulatorFault.names.joined(separator: ", ")). \
            `status=429:2` says Retry-After in seconds and `status=429:2:date` as a date; close, reset, stall, malformed \
            and error take the number of chunks before it; `drip=500` sends each event so many milliseconds later than the one before; \
            `huge=50000000` sends one event of so many bytes; \
            `endless` never stops.

            A line of --log is a JSON object: number, method, path, headers, body, arrival (when the request's last \
            byte was read, in nanoseconds of the monotonic clock), status, ending, and the chunks in columns: kinds, \
            tokens, and due and written in nanoseconds after arrival. Lines are written in quiet moments, and all of \
            them before the command ends.
            """
    )

    @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 takes a free one.", valueName: "n"))
    var port = 8377

    @Option(help: ArgumentHelp("Time from a request to its first token, as in 200ms or 1.5s.", valueName: "time"))
    var ttft = TimeSpan(.milliseconds(50))

    @Option(help: ArgumentHelp("Tokens a second after the first; 0 sends them at once.", valueName: "n"))
    var tps = 100.0

    @Option(help: ArgumentHelp("The most that a token may come late, drawn evenly by the seed.", valueName: "time"))
    var jitter = TimeSpan(.zero)

    @Option(
        help: ArgumentHelp(
            "With --answer text: tokens of each answer; the whole text where none is given.", valueName: "n"))
    var tokens: Int?

    @Option(help: ArgumentHelp("Tokens in each chunk.", valueName: "n"))
    var tokensPerChunk = 1

    @Option(help: ArgumentHelp("Tokens of thinking before the answer.", valueName: "n"))
    var reasoningTokens = 0

    @Option(
        help: ArgumentHelp(
            "Where thinking stands: `reasoning_content`, `reasoning`, or `think` (in the text, as <think>…</think>).",
            valueName: "place"))
    var reasoningStyle = SimulatorSchedule.ReasoningField.llamaCpp

    @Option(
        help: ArgumentHelp(
            "The answer: `text` (a fixed one), `echo` (the prompt), `nothing`, or a JSON file of prompts and answers.",
            valueName: "source"))
    var answer = "text"

    @Flag(help: "Send llama.cpp's timings at the end of a stream.")
    var timings = false

    @Option(help: ArgumentHelp("A fault; may be given several times.", valueName: "fault"))
    var fault: [String] = []

    @Option(help: ArgumentHelp("Decides jitter and the requests that faults meet.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(
        help: ArgumentHelp(
            "The variable that holds the key which requests must bring; without it everybody is let in.",
            valueName: "variable"))
    var apiKeyEnv: String?

    @Option(
        help: ArgumentHelp(
            "Write a line of JSON for each request: what came, and when each chunk was due and left.",
            valueName: "file"))
    var log: String?

    @Flag(help: "End when standard input does: a process that started this one takes it along.")
    var untilInputEnds = false

    func validate() throws {
        guard tps >= 0, tps.isFinite else { throw ValidationError("--tps must be 0 or more, and is \(tps).") }
    }

    func run() async throws {
        try await Console.explaining {
            let simulator = try await Simulator.start(try configuration(), port: port)
            Console.result(simulator.baseURL)
            Console.say("simulated endpoint, until Ctrl-C; it says nothing about any model")
            await waitForInterrupt()
            await simulator.shutdown()
        }
    }

    private func configuration() throws -> SimulatorConfiguration {
        var schedule = SimulatorSchedule()
        schedule.timeToFirstToken = ttft.duration
        schedule.interTokenGap = tps > 0 ? SimulatorSchedule.gap(tokensPerSecond: tps) : .zero
        schedule.jitter = jitter.duration
        schedule.seed = seed
        schedule.tokens = tokens
        schedule.tokensPerChunk = tokensPerChunk
        schedule.reasoningTokens = reasoningTokens
        schedule.reasoningField = reasoningStyle
        schedule.timings = timings
        schedule.answer = try source()
        var configuration = SimulatorConfiguration(schedule: schedule)
        configuration.faults = SimulatorFaults(try fault.map { try SimulatorFaults.Rule(parsing: $0) }, seed: seed)
        configuration.logFile = log
        // What came stands in the file, where one is wanted; nobody asks this process for it.
        configuration.rememberedRequests = 0
        if let apiKeyEnv {
            guard let key = ProcessInfo.processInfo.environment[apiKeyEnv], !key.isEmpty else {
                throw ValidationError("The variable \(apiKeyEnv) of --api-key-env is not set.")
            }
            configuration.apiKey = key
        }
        return configuration
    }

    private func source() throws -> SimulatorSchedule.AnswerSource {
        switch answer {
        case "text": return .text(SimulatorSchedule.fillerText)
        case "echo": return .echo
        case "nothing": return .nothing
        case let file:
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ValidationError(
                    "--answer is neither text, echo nor nothing, nor a file that can be read: \(file)")
            }
            guard let table = try? JSONDecoder().decode([String: String].self, from: data) else {
                throw ValidationError("\(file) is not a JSON object of prompts and answers.")
            }
            return .table(table, otherwise: "")
        }
    }

    private func waitForInterrupt() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let interrupts = Interrupts(message: nil) { continuation.finish() }
        if untilInputEnds {
            Thread.detachNewThread {
                while let data = try? FileHandle.standardInput.read(upToCount: 4096), !data.isEmpty {}
                continuation.finish()
            }
        }
        for await _ in stream {}
        interrupts.stop()
    }
}

extension SimulatorSchedule.ReasoningField: ExpressibleByArgument {}

/// A span of time as it is typed: `200ms`, `1.5s`, `2min` or `2m`, `1h`, `50us`.
struct TimeSpan: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        let number = argument.prefix { $0.isNumber || $0 == "." }
        guard let value = Double(number), value.isFinite, value >= 0 else { return nil }
        let unit = argument.dropFirst(number.count).drop { $0 == " " }
        let seconds: [Substring: Double] = ["us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "m": 60, "h": 3600]
        // Far beyond what any command takes, which says so itself.
        guard let scale = seconds[unit], value * scale <= 1e9 else { return nil }
        duration = .nanoseconds(Int64((value * scale * 1e9).rounded()))
    }

    var defaultValueDescription: String { "\(Int(duration.milliseconds))ms" }
}
