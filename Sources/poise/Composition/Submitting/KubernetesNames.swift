/// What Kubernetes takes for a name.
enum KubernetesNames {
    /// Letters of a DNS label (RFC 1123).
    static let mostLetters = 63

    /// What is wrong with the name of a job; nil where nothing is.
    ///
    /// Kubernetes makes names of pods and hosts of it: `NAME-39`, and `NAME-merge` of the merge.
    static func problem(ofJob name: String, shards: Int) -> String? {
        let longest = mostLetters - max("-merge".count, 1 + String(max(0, shards - 1)).count)
        if let problem = problem(of: name, "--name", most: longest) { return problem }
        return nil
    }

    /// Of a namespace, which is a label too.
    static func problem(ofNamespace name: String) -> String? { problem(of: name, "--namespace", most: mostLetters) }

    /// Of a claim or a secret, which may have several labels with dots between them.
    static func problem(ofObject name: String, _ option: String) -> String? {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.count <= 253, labels.allSatisfy({ isLabel($0) && $0.count <= mostLetters }) else {
            return
                "\(option): “\(name)” cannot name anything in Kubernetes: lowercase letters, digits, dashes and dots."
        }
        return nil
    }

    /// Of cores or bytes: `4`, `500m`, `16Gi`.
    static func problem(ofQuantity text: String, _ option: String) -> String? {
        let isQuantity = (try? /[0-9]*[1-9][0-9]*(\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?/.wholeMatch(in: text)) ?? nil
        return isQuantity == nil ? "\(option): “\(text)” is no quantity of Kubernetes, as 4, 500m or 16Gi." : nil
    }

    private static func problem(of name: String, _ option: String, most: Int) -> String? {
        guard isLabel(name[...]) else {
            return
                "\(option): “\(name)” cannot be a name in Kubernetes: lowercase letters, digits and dashes, with a letter "
                + "or digit at both ends."
        }
        guard name.count <= most else { return "\(option): “\(name)” is longer than \(most) letters." }
        return nil
    }

    private static func isLabel(_ text: Substring) -> Bool {
        let isInside = { (scalar: Unicode.Scalar) in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
        }
        return !text.isEmpty && text.first != "-" && text.last != "-" && text.unicodeScalars.allSatisfy(isInside)
    }
}
