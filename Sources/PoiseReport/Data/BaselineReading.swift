package import Foundation
import PoiseCore

extension BaselineFile {
    /// Why a file is no baseline.
    package struct Failure: ExplainedError, Hashable {
        package let path: String
        package let what: String
        package let remedy: String?

        package init(path: String, what: String, remedy: String?) {
            self.path = path
            self.what = what
            self.remedy = remedy
        }

        package var place: String? { path }
    }

    /// Reads what `text` writes, and nothing else.
    ///
    /// - Parameter path: for messages.
    /// - Throws: `Failure`
    package init(parsing data: Data, path: String) throws(Failure) {
        let reader = BaselineReader(path: path)
        let loads = try reader.loads(in: data)
        guard let file = BaselineFile(loads) else {
            throw reader.failure("it holds no measurement")
        }
        self = file
    }
}

/// Reads a baseline file strictly: what is missing or unknown is an error, since a gate is decided by it.
private struct BaselineReader {
    let path: String

    private static let again = "Write it again: poise gate --write-baseline FILE.json."
    private static let keys = [
        BaselineFile.formatKey, "candidate", "model", "quantization", "run", "peakMemory", "price", "circumstances",
        "columns", "loads",
    ]

    func failure(_ what: String, _ remedy: String? = again) -> BaselineFile.Failure {
        BaselineFile.Failure(path: path, what: "the baseline cannot be read: \(what)", remedy: remedy)
    }

    func loads(in data: Data) throws(BaselineFile.Failure) -> [MeasuredCandidate] {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: data)
        } catch {
            throw failure("it is damaged, or no JSON")
        }
        guard let members = document.object, let format = members[BaselineFile.formatKey] else {
            throw failure("it is no baseline of Poise", "Name a file that poise gate --write-baseline wrote.")
        }
        guard format.number == Double(BaselineFile.format) else {
            throw failure(
                "its format \(format.text) is not known to this version of Poise",
                "Update Poise, or write the baseline again with this one.")
        }
        try check(members, keys: Self.keys, of: "the file")
        let columns = members["columns"]?.array?.compactMap(\.string)
        guard columns == BaselineTrial.columns else { throw failure("its columns are not those of its format") }
        let circumstances: Circumstances = try decoded(members["circumstances"], "circumstances")
        let price: Price? = members["price"] == .null ? nil : try decoded(members["price"], "price")
        let candidate = try text(members["candidate"], "candidate")
        var loads: [MeasuredCandidate] = []
        for (index, load) in try list(members["loads"], "loads").enumerated() {
            guard let parts = load.object else { throw failure("load \(index + 1) is \(load.kindName)") }
            try check(parts, keys: ["load", "samples"], of: "load \(index + 1)")
            let level: Load = try decoded(parts["load"], "load")
            guard !loads.contains(where: { $0.load == level }) else {
                throw failure("the load \(level) stands there twice")
            }
            var measured = MeasuredCandidate(
                candidate: candidate, model: try text(members["model"], "model"),
                quantization: members["quantization"] == .null
                    ? nil : try text(members["quantization"], "quantization"),
                run: try text(members["run"], "run"), load: level, circumstances: circumstances, samples: [:],
                observations: [],
                peakMemory: members["peakMemory"] == .null ? nil : try whole(members["peakMemory"], "peakMemory"),
                price: price)
            try read(try list(parts["samples"], "samples"), into: &measured)
            loads.append(measured)
        }
        return loads
    }

    private func read(_ samples: [JSONValue], into measured: inout MeasuredCandidate) throws(BaselineFile.Failure) {
        var known: Set<[String]> = []
        for (index, sample) in samples.enumerated() {
            let place = "sample \(index + 1)"
            guard let cells = sample.array, cells.count == 4 else { throw failure("\(place) has not four parts") }
            let (task, name) = (try text(cells[0], place), try text(cells[1], place))
            guard known.insert([task, name]).inserted else { throw failure("\(task) \(name) stands there twice") }
            if cells[2] != .null { measured.samples[task, default: [:]][name] = try text(cells[2], place) }
            for trial in try list(cells[3], place) {
                guard let row = trial.array, row.count == BaselineTrial.columns.count,
                    let observation = observation(row, measured, task: task, sample: name)
                else { throw failure("a trial of \(task) \(name) is not what its columns say") }
                measured.observations.append(observation)
            }
        }
    }

    /// Nil where a cell is of another kind than its column.
    private func observation(
        _ row: [JSONValue], _ measured: MeasuredCandidate, task: String, sample: String
    ) -> Observation? {
        let cells = Dictionary(uniqueKeysWithValues: zip(BaselineTrial.columns, row))
        var isSound = true
        func number(_ name: String) -> Double? {
            guard let cell = cells[name], cell != .null else { return nil }
            if cell.number == nil { isSound = false }
            return cell.number
        }
        func count(_ name: String) -> Int? {
            guard let value = number(name) else { return nil }
            if Int(exactly: value).map({ $0 < 0 }) ?? true { isSound = false }
            return Int(exactly: value)
        }
        func flag(_ name: String) -> Bool? {
            guard let value = count(name) else { return nil }
            if value > 1 { isSound = false }
            return value == 1
        }
        let answer = cells["answer"].flatMap { $0 == .null ? nil : $0 }
        if let answer, answer.string == nil { isSound = false }
        let (tokens, span) = (count("decodedTokens"), number("decodeSpan"))
        let speed = tokens.flatMap { tokens in span.flatMap { $0 > 0 ? Double(tokens) / $0 * 1000 : nil } }
        guard let round = count("round"), let epoch = count("epoch"), let hasFailed = flag("hasFailed") else {
            return nil
        }
        let score = number("score")
        if let score, !(0...1).contains(score) { isSound = false }
        let observation = Observation(
            candidate: measured.candidate, task: task, sample: sample, load: measured.load, round: round,
            score: score, ttft: number("ttft"), ttfo: number("ttfo"), latency: number("latency"), decodeTPS: speed,
            decodedTokens: tokens, decodeSpan: span, queueDelay: number("queueDelay"), scheduled: number("scheduled"),
            ended: number("ended"), outputTokens: count("outputTokens"), epoch: epoch,
            promptTokens: count("promptTokens"), charactersPerSecond: number("charactersPerSecond"),
            isLengthCapped: flag("isLengthCapped"), answer: answer?.string.map { AnswerDigest.mark + $0 },
            hasFailed: hasFailed,
            // Who asks waits, if only for 0 ms: without a wait nobody was asked.
            isCached: !hasFailed && number("queueDelay") == nil && number("latency") == nil && number("ended") == nil)
        return isSound ? observation : nil
    }

    // MARK: - Parts

    private func check(
        _ members: [String: JSONValue], keys: [String], of place: String
    ) throws(BaselineFile.Failure) {
        if let missing = keys.first(where: { members[$0] == nil }) { throw failure("\(place) has no “\(missing)”") }
        if let unknown = members.keys.sorted().first(where: { !keys.contains($0) }) {
            throw failure("\(place) has “\(unknown)”, which its format does not know")
        }
    }

    private func text(_ value: JSONValue?, _ name: String) throws(BaselineFile.Failure) -> String {
        guard let text = value?.string, !text.isEmpty else { throw failure("“\(name)” is no text") }
        return text
    }

    private func list(_ value: JSONValue?, _ name: String) throws(BaselineFile.Failure) -> [JSONValue] {
        guard let list = value?.array, !list.isEmpty else { throw failure("“\(name)” is no list, or an empty one") }
        return list
    }

    private func whole(_ value: JSONValue?, _ name: String) throws(BaselineFile.Failure) -> Int64 {
        guard let whole = value?.number.flatMap({ Int64(exactly: $0) }), whole >= 0 else {
            throw failure("“\(name)” is no whole number")
        }
        return whole
    }

    private func decoded<Value: Decodable>(
        _ value: JSONValue?, _ name: String
    ) throws(BaselineFile.Failure) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data((value ?? .null).text.utf8))
        } catch let error as DecodingError {
            throw failure("“\(name)” is not what it must be: \(Self.words(of: error))")
        } catch {
            throw failure("“\(name)” is not what it must be")
        }
    }

    private static func words(of error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context):
            "\((path(context).isEmpty ? "" : path(context) + "."))\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            path(context).isEmpty ? context.debugDescription : "\(path(context)) is of another kind"
        @unknown default: "it cannot be decoded"
        }
    }
}
