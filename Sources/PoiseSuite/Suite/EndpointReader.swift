import Foundation
import PoiseCore

/// Reads `endpoint`: an address, and how it is spoken to.
struct EndpointReader {
    /// Where keys are looked for; nil leaves that to the run.
    let environment: [String: String]?
    let confinement: Confinement

    /// - Parameter model: the candidate's; goes where the endpoint has no name of its own for it.
    func endpoint(from value: YAMLValue, model: String?) -> Endpoint? {
        guard let mapping = Mapping(value, "“endpoint”", keys: EndpointKeys.all) else { return nil }
        let ownModel = mapping.read(EndpointKeys.model)
        let variable = mapping.read(EndpointKeys.apiKeyVariable)
        if let variable { checkVariable(variable.text, at: variable.value, key: EndpointKeys.apiKeyVariable.name) }
        let file = mapping.read(EndpointKeys.apiKeyFile).flatMap { keyFile(named: $0, hasVariable: variable != nil) }
        let connection = connection(in: mapping, hasKey: variable != nil || file != nil)
        guard let address = mapping.read(EndpointKeys.baseURL) else { return nil }
        switch EndpointAddress.normalised(address.text) {
        case .success(let baseURL):
            return (ownModel ?? model).map {
                Endpoint(
                    baseURL: baseURL, model: $0, apiKeyVariable: variable?.text, apiKeyFile: file,
                    connection: connection)
            }
        case .failure(let refusal):
            address.value.refuse(refusal.what, expected: refusal.expected)
            return nil
        }
    }

    /// Nil where nothing was said of it.
    private func connection(in mapping: Mapping, hasKey: Bool) -> ConnectionSettings? {
        let said: [KeyDeclaration] = [
            EndpointKeys.api.declaration, EndpointKeys.httpVersion.declaration, EndpointKeys.headers.declaration,
            EndpointKeys.headerVariables.declaration, EndpointKeys.caFile.declaration, EndpointKeys.proxy.declaration,
        ]
        guard said.contains(where: { mapping.value(of: $0.name) != nil }) else { return nil }
        var settings = ConnectionSettings()
        settings.api = mapping.read(EndpointKeys.api).flatMap(EndpointAPI.init(rawValue:)) ?? .chat
        settings.httpVersion = mapping.read(EndpointKeys.httpVersion) ?? 1
        var names: Set<String> = hasKey ? ["authorization"] : []
        settings.headerVariables = headers(in: mapping.read(EndpointKeys.headerVariables), names: &names) {
            text, value in
            checkVariable(text, at: value, key: EndpointKeys.headerVariables.name)
        }
        settings.headers = headers(in: mapping.read(EndpointKeys.headers), names: &names, isOpen: true) { text, value in
            guard let refusal = HeaderRule.problem(ofValue: text) else { return }
            value.refuse(refusal.what, expected: refusal.expected)
        }
        settings.caFile = mapping.read(EndpointKeys.caFile).flatMap(caFile(named:))
        settings.proxy = mapping.read(EndpointKeys.proxy).flatMap(proxy(named:))
        return settings
    }

    /// - Parameters:
    ///   - names: of the headers that are set already, in small letters.
    ///   - isOpen: whether the values stand in the file for all to read.
    private func headers(
        in value: YAMLValue?, names: inout Set<String>, isOpen: Bool = false, check: (String, YAMLValue) -> Void
    ) -> [String: String] {
        guard let value else { return [:] }
        guard let pairs = value.pairs, !pairs.isEmpty else {
            value.refuse("expected headers, found \(value.found)", expected: "Write each as Name: value.")
            return [:]
        }
        var headers: [String: String] = [:]
        for pair in pairs {
            if let refusal = HeaderRule.problem(ofName: pair.name, isOpen: isOpen) {
                pair.key.refuse(refusal.what, expected: refusal.expected)
            } else if !names.insert(pair.name.lowercased()).inserted {
                pair.key.refuse(
                    "the header “\(pair.name)” is set twice", expected: "Set it once; case does not matter.")
            } else if let text = Form<String>.text.read(pair.value) {
                check(text, pair.value)
                headers[pair.name] = text
            }
        }
        return headers
    }

    /// The absolute path of a file of authorities.
    private func caFile(named file: LocatedText) -> String? {
        let path = Paths.resolved(file.text, against: file.value.source.path)
        guard confinement.admitted(path, as: .authorities, at: file.value.place) != nil else {
            return Paths.absolute(path)
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
            return Paths.absolute(path)
        }
        let (what, remedy) = SourceFiles.absence(of: path, named: file.text, noun: "the file of authorities")
        file.value.refuse(what, expected: remedy)
        return nil
    }

    /// The absolute path of a file with a key; it is read when the key is needed, and only tried here.
    private func keyFile(named file: LocatedText, hasVariable: Bool) -> String? {
        if hasVariable {
            file.value.refuse(
                "both api_key_env and api_key_file say where the key is", expected: "Keep one of the two.")
            return nil
        }
        if let refusal = EndpointAddress.keyFileProblem(file.text) {
            file.value.refuse(refusal.what, expected: refusal.expected)
            return nil
        }
        let named = file.text.hasPrefix("~") ? file.text : Paths.resolved(file.text, against: file.value.source.path)
        let key = KeyFile(named.hasPrefix("~") ? named : Paths.absolute(named))
        guard environment != nil else { return key.path }
        do {
            _ = try key.read()
            return key.path
        } catch {
            let failure = error as? any ExplainedError
            file.value.refuse(
                failure.map { "\(key.path): \($0.what)" } ?? "\(error)", expected: failure?.remedy ?? "")
            return nil
        }
    }

    private func proxy(named proxy: LocatedText) -> String? {
        guard let refusal = EndpointAddress.proxyProblem(proxy.text) else { return proxy.text }
        proxy.value.refuse(refusal.what, expected: refusal.expected)
        return nil
    }

    private func checkVariable(_ name: String, at value: YAMLValue, key: String) {
        if let refusal = EndpointAddress.variableProblem(name) {
            value.refuse(refusal.what, expected: refusal.expected)
        } else if let environment, environment[name]?.isEmpty != false {
            value.refuse(
                "the environment variable \(name) is not set",
                expected: "export \(name)=…, or leave \(key) out if the endpoint wants no key."
            )
        }
    }
}
