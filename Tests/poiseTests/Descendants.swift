#if os(Linux)
    import Foundation

    /// Processes that a process has started, and all that those have: proc(5).
    struct Descendants {
        /// With the time of its start, since numbers are used again.
        struct Member: Hashable {
            let id: Int32
            let started: String
            let name: String
        }

        let members: Set<Member>

        init(of root: Int32) {
            var children: [Int32: [Member]] = [:]
            for id in Self.all {
                guard let stat = Self.stat(of: id) else { continue }
                children[stat.parent, default: []].append(stat.member)
            }
            var found: Set<Member> = []
            var open = children[root] ?? []
            while let member = open.popLast() {
                found.insert(member)
                open += children[member.id] ?? []
            }
            members = found
        }

        /// Those that live; one that has ended and is not reaped yet is dead.
        var living: Set<Member> {
            members.filter { member in
                Self.stat(of: member.id).map { $0.member == member && !"ZX".contains($0.state) } ?? false
            }
        }

        /// Waits until none of them lives; the test's own limit of time is what ends it else.
        func waitForEnd() async {
            while !living.isEmpty { await Task.yield() }
        }

        private static var all: [Int32] {
            ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
        }

        private static func stat(of id: Int32) -> (member: Member, parent: Int32, state: String)? {
            guard let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
                let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")")
            else { return nil }
            let fields = text[text.index(after: close)...].split(separator: " ")
            guard fields.count > 19, let parent = Int32(fields[1]) else { return nil }
            let name = String(text[text.index(after: open)..<close])
            return (Member(id: id, started: String(fields[19]), name: name), parent, String(fields[0]))
        }
    }
#endif
