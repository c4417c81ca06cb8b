#if os(Linux)
    import Foundation

    /// What a process and all that descend from it hold, as /proc has it.
    ///
    /// A limit on address space holds for one process alone; a program that starts many would have as many times that.
    struct ProcessTree: Hashable {
        /// Processes, the first one among them.
        var count = 0
        /// Bytes in memory, shared pages counted once for each process.
        var memory = 0
        /// The first process below it; nil where there is none.
        var first: pid_t?

        /// Reads the tree below a process, in which orphans stay: the sandbox's first process adopts them.
        init(below root: pid_t) {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            var children: [pid_t: [(id: pid_t, pages: Int)]] = [:]
            for name in names {
                guard let id = pid_t(name), let text = FileManager.default.contents(atPath: "/proc/\(id)/stat"),
                    let entry = Self.entry(String(decoding: text, as: UTF8.self))
                else { continue }
                children[entry.parent, default: []].append((id, entry.pages))
            }
            var pages = 0
            var open = children[root] ?? []
            first = open.first?.id
            count = 1
            while let process = open.popLast() {
                count += 1
                pages += process.pages
                open += children[process.id] ?? []
            }
            memory = pages * Int(getpagesize())
        }

        /// The parent and the pages in memory of a line of `/proc/PID/stat` (proc(5)); nil where it is none.
        static func entry(_ line: String) -> (parent: pid_t, pages: Int)? {
            // The name may hold spaces and brackets; the last bracket ends it.
            guard let name = line.lastIndex(of: ")") else { return nil }
            let fields = line[line.index(after: name)...].split(separator: " ")
            guard fields.count > 21, let parent = pid_t(fields[1]), let pages = Int(fields[21]) else { return nil }
            return (parent, max(0, pages))
        }
    }
#endif
