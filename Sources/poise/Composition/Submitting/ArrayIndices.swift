/// The indices of a job array as schedulers write them.
enum ArrayIndices {
    /// `0,3,7-9%8`
    ///
    /// - Parameters:
    ///   - indices: ascending, each once.
    ///   - limit: so many of them run at once; nil for as many as there is room for.
    static func text(_ indices: [Int], limit: Int? = nil) -> String {
        let runs = indices.reduce(into: [ClosedRange<Int>]()) { runs, index in
            if let last = runs.last, last.upperBound + 1 == index {
                runs[runs.count - 1] = last.lowerBound...index
            } else {
                runs.append(index...index)
            }
        }
        let parts = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return parts.joined(separator: ",") + (limit.map { "%\($0)" } ?? "")
    }
}
