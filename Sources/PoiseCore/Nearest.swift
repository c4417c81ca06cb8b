/// The known name that a mistyped one most likely meant; nil where none is near.
package func nearest(to name: String, among known: some Sequence<String>) -> String? {
    known
        .map { (name: $0, distance: editDistance(name.lowercased(), $0.lowercased())) }
        .filter { $0.distance <= max(2, name.count / 3) }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
        .name
}

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
package func editDistance(_ left: String, _ right: String) -> Int {
    let a = Array(left)
    let b = Array(right)
    var rows = [Array(0...b.count)]
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
