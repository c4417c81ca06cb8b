@testable import PoiseClient

extension MachineSources {
    /// A machine out of texts: files by path, what programs print by name.
    static func recorded(_ files: [String: String], programs: [String: String] = [:]) -> MachineSources {
        MachineSources(
            text: { files[$0] },
            names: { folder in
                let names = files.keys.filter { $0.hasPrefix("\(folder)/") }
                    .compactMap { $0.dropFirst(folder.count + 1).split(separator: "/").first.map(String.init) }
                return Set(names).sorted()
            },
            output: { program, _ in programs[program] })
    }
}
