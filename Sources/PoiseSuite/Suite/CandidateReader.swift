import Foundation
import PoiseCore

/// Reads a suite's candidates: one item may make several.
struct CandidateReader {
    /// The suite's settings, which a candidate's own go over.
    let sampling: SamplingSettings
    /// Where keys are looked for; nil leaves that to the run.
    let environment: [String: String]?
    let confinement: Confinement
    /// What one of them is called in messages; a judge is written as a candidate is.
    var noun = "candidate"

    /// A candidate with the place that makes it.
    struct Found {
        let candidate: Candidate
        let value: YAMLValue
    }

    func candidates(in list: YAMLValue) -> [Candidate] {
        guard let items = list.items, !items.isEmpty else {
            let found = list.items == nil ? list.found : "an empty list"
            list.refuse("expected a list of \(noun)s, found \(found)", expected: "Start each with “- model: …”.")
            return []
        }
        let found = items.flatMap(candidates(from:))
        refuseDuplicates(in: found)
        return found.map(\.candidate)
    }

    private func refuseDuplicates(in found: [Found]) {
        var first: [String: YAMLValue] = [:]
        for entry in found {
            guard let earlier = first[entry.candidate.id] else {
                first[entry.candidate.id] = entry.value
                continue
            }
            let isSameMatrix = earlier.line == entry.value.line && earlier.column == entry.value.column
            entry.value.refuse(
                isSameMatrix
                    ? "two combinations of the matrix are both called “\(entry.candidate.id)”"
                    : "a second \(noun) “\(entry.candidate.id)”; the first is on line \(earlier.line ?? 0)",
                expected: isSameMatrix
                    ? "Put every variable into model, quantization or name."
                    : "Give one of them another model, quantization or name."
            )
        }
    }

    /// Every combination of one item.
    private func candidates(from item: YAMLValue) -> [Found] {
        // The model may come from the matrix, so that it is asked for only when that is filled in.
        guard Mapping(item, "a \(noun)", keys: CandidateKeys.all.map(\.asOptional)) != nil else { return [] }
        let matrixValue = item.pairs?.first { $0.name == CandidateKeys.matrix.name }?.value
        guard let matrix = CandidateMatrix(matrixValue), let expanded = matrix.expanded(item) else { return [] }
        return expanded.compactMap { value in candidate(from: value).map { Found(candidate: $0, value: item) } }
    }

    private func candidate(from value: YAMLValue) -> Candidate? {
        guard let mapping = Mapping(value, "a \(noun)", keys: CandidateKeys.all) else { return nil }
        let model = mapping.read(CandidateKeys.model)
        let quantization = mapping.read(CandidateKeys.quantization)
        let name = mapping.read(CandidateKeys.name)
        let settings = SamplingReader.settings(in: mapping.read(CandidateKeys.sampling), over: sampling)
        let price = mapping.read(CandidateKeys.price).flatMap(PriceReader.price(from:))
        let serving = serving(in: mapping, model: model)
        guard let model, let serving else { return nil }
        return Candidate(
            id: name ?? Candidate.id(model: model, quantization: quantization), model: model,
            quantization: quantization, serving: serving, sampling: settings, price: price
        )
    }

    private func serving(in mapping: Mapping, model: String?) -> Serving? {
        switch (mapping.read(CandidateKeys.serve), mapping.read(CandidateKeys.endpoint)) {
        case (let serve?, nil): return engine(from: serve).map(Serving.managed)
        case (nil, let endpoint?):
            let reader = EndpointReader(environment: environment, confinement: confinement)
            return reader.endpoint(from: endpoint, model: model).map(Serving.endpoint)
        case (nil, nil):
            mapping.value.refuse(
                "a \(noun) without “serve” and without “endpoint”",
                expected: "serve: how Poise starts the engine. endpoint: an address that answers already."
            )
        case (_?, let endpoint?):
            endpoint.refuse("a \(noun) with both “serve” and “endpoint”", expected: "Keep one of them.")
        }
        return nil
    }

    private func engine(from value: YAMLValue) -> ManagedEngine? {
        guard let mapping = Mapping(value, "“serve”", keys: ServeKeys.all) else { return nil }
        let kind = mapping.read(ServeKeys.engine).flatMap(ManagedEngine.Kind.init(rawValue:))
        let threads = mapping.read(ServeKeys.threads)
        let contextSize = mapping.read(ServeKeys.contextSize)
        let port = mapping.read(ServeKeys.port)
        let gpuLayers = mapping.read(ServeKeys.gpuLayers)
        guard let file = mapping.read(ServeKeys.file), let path = weights(named: file), let kind else { return nil }
        return ManagedEngine(
            engine: kind, file: path, threads: threads, contextSize: contextSize, port: port, gpuLayers: gpuLayers)
    }

    /// The absolute path of a model's weights.
    private func weights(named file: LocatedText) -> String? {
        let path = Paths.resolved(file.text, against: file.value.source.path)
        // Whether it is there is not looked at before the suite is trusted with it.
        guard confinement.admitted(path, as: .weights, at: file.value.place) != nil else {
            return Paths.absolute(path)
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
            return Paths.absolute(path)
        }
        let (what, remedy) = SourceFiles.absence(of: path, named: file.text, noun: "the model file")
        file.value.refuse(what, expected: "\(remedy) Download or quantize it first, or correct the path.")
        return nil
    }
}
