import PoiseCore
import PoiseStore

/// Which candidates of a stored run are held against which reference, along which of its responses. Pure.
struct DivergenceSelection: Sendable {
    /// What was typed.
    struct Request: Sendable {
        var reference: String?
        /// By their ids; empty for all others of the reference's model.
        var candidates: [String] = []
        /// Tasks by their names; empty for all.
        var tasks: [String] = []
        /// Responses of each task at most.
        var samples = 50
        /// Likeliest tokens; nil for as many as the vocabulary makes sensible.
        var top: Int?
        var load: Load?
    }

    enum Failure: ExplainedError, Equatable {
        case noReference(candidates: [String])
        case unknownCandidate(String, known: [String])
        case noOther(reference: String, model: String)
        case otherModel(candidate: String, model: String, reference: String, own: String)
        case reference(String)
        case unknownLoad(Load, known: [Load])

        var what: String {
            switch self {
            case .noReference: "the run has no baseline to hold its candidates against"
            case .unknownCandidate(let name, _): "the run has no candidate \(name)"
            case .noOther(let reference, let model):
                "the run has no candidate of \(model) beside \(reference)"
            case .otherModel(_, let model, let reference, let own):
                "it is \(model), and \(reference) is \(own): the next tokens of two models are not compared"
            case .reference(let name): "\(name) is the reference, and is not held against itself"
            case .unknownLoad(let load, _): "the run has no responses at load \(load)"
            }
        }
        var place: String? {
            switch self {
            case .otherModel(let candidate, _, _, _): candidate
            case .noReference, .unknownCandidate, .noOther, .reference, .unknownLoad: nil
            }
        }
        var remedy: String? {
            switch self {
            case .noReference(let candidates):
                "Name one with --reference: \(candidates.joined(separator: ", "))."
            case .unknownCandidate(let name, let known):
                nearest(to: name, among: known).map { "Did you mean \($0)?" }
                    ?? "It has \(known.joined(separator: ", "))."
            case .noOther: "Name another --reference; quantizations of one model are compared."
            case .otherModel(_, _, _, let own): "Name candidates of \(own)."
            case .reference: "Name others of its model with --candidate, or another --reference."
            case .unknownLoad(_, let known):
                "It has \(known.map(\.description).joined(separator: ", "))."
            }
        }
    }

    let reference: Candidate
    let candidates: [Candidate]
    let load: Load

    init(_ request: Request, plan: Plan) throws {
        let ids = plan.candidates.map(\.id)
        func candidate(_ id: String) throws(Failure) -> Candidate {
            guard let found = plan.candidates.first(where: { $0.id == id }) else {
                throw .unknownCandidate(id, known: ids)
            }
            return found
        }
        guard let name = request.reference ?? plan.baseline else { throw Failure.noReference(candidates: ids) }
        let reference = try candidate(name)
        for task in request.tasks where !plan.tasks.contains(where: { $0.name == task }) {
            throw GradeSelection.UnknownTask(name: task, known: plan.tasks.map(\.name))
        }
        if request.candidates.isEmpty {
            candidates = plan.candidates.filter { $0.model == reference.model && $0.id != reference.id }
            if candidates.isEmpty { throw Failure.noOther(reference: reference.id, model: reference.model) }
        } else {
            // One that is named twice is followed once.
            var seen: Set<String> = []
            candidates = try request.candidates.filter { seen.insert($0).inserted }.map(candidate)
            if candidates.contains(where: { $0.id == reference.id }) { throw Failure.reference(reference.id) }
            for other in candidates where other.model != reference.model {
                throw Failure.otherModel(
                    candidate: other.id, model: other.model, reference: reference.id, own: reference.model)
            }
        }
        if let load = request.load, !plan.loads.contains(load) {
            throw Failure.unknownLoad(load, known: plan.loads)
        }
        load = request.load ?? plan.loads.min() ?? 1
        self.reference = reference
    }

    /// Stands apart from other draws under a run's seed.
    private static let stream: UInt64 = 0x7465_7874_0000_0000

    /// The responses that are followed: of each task a random subset, always the same under a run's seed.
    static func drawn(
        _ responses: [RunStore.SentResponse], of tasks: [String], samples: Int, seed: UInt64
    ) -> [RunStore.SentResponse] {
        tasks.enumerated().flatMap { place, task in
            let own = Array(responses.enumerated().filter { $0.element.task == task })
            var generator = SeededGenerator(seed: seed, stream: stream &+ UInt64(place))
            let chosen = own.count > samples ? Array(generator.shuffled(own).prefix(samples)) : own
            return chosen.sorted { $0.offset < $1.offset }.map(\.element)
        }
    }
}

extension RunStore.SentResponse {
    /// Why its tokens cannot be told from what is stored; nil where they can.
    var obstacle: String? {
        if isChain { return "are chains of turns" }
        if !reasoning.isEmpty { return "hold thinking, which is stored without its marks" }
        if !toolCalls.isEmpty { return "call tools, which are stored without their marks" }
        return nil
    }
}
