import Foundation
import PoiseCore

/// What a machine did over a short while: who used its processor, what was stolen, swapped and throttled.
package struct MachineActivity: Hashable, Sendable {
    /// A program and the processor time that it took, in cores.
    package struct Program: Hashable, Sendable {
        package let name: String
        package let cores: Double

        package init(name: String, cores: Double) {
            self.name = name
            self.cores = cores
        }
    }

    /// Cores that others than this process kept busy; nil where the system does not tell.
    package let busyCores: Double?
    /// Programs that took most of it, the largest first; names only.
    package let programs: [Program]
    /// The share of all cores' time that the hypervisor gave to other guests, 0…1.
    package let stolenShare: Double?
    /// Pages that were read back from swap.
    package let pagesSwappedIn: Int?
    /// Times that a core was slowed for its heat: since the machine started, and in this while.
    package let throttling: Throttling?

    package struct Throttling: Hashable, Sendable {
        package let sinceStart: Int
        package let now: Int

        package init(sinceStart: Int, now: Int) {
            self.sinceStart = sinceStart
            self.now = now
        }
    }

    package init(
        busyCores: Double?, programs: [Program] = [], stolenShare: Double? = nil, pagesSwappedIn: Int? = nil,
        throttling: Throttling? = nil
    ) {
        self.busyCores = busyCores
        self.programs = programs
        self.stolenShare = stolenShare
        self.pagesSwappedIn = pagesSwappedIn
        self.throttling = throttling
    }

    /// Watches for a while, asleep.
    package static func watched(for span: Duration = .seconds(1)) async -> MachineActivity {
        let began = (ActivityReading(from: .live), Instant.now())
        try? await Task.sleep(for: span)
        let ended = (ActivityReading(from: .live), Instant.now())
        return MachineActivity(from: began.0, to: ended.0, seconds: (ended.1 - began.1).seconds)
    }

    /// What changed between two readings.
    init(from first: ActivityReading, to last: ActivityReading, seconds: Double) {
        // USER_HZ, which is 100 on every architecture that Linux has today (time(7)).
        let ticks = max(seconds, 1e-3) * 100
        var used: [String: Double] = [:]
        for (process, now) in last.processes where process != last.own {
            // One that started meanwhile began at nothing; a number that was taken anew is another process. Not by its
            // name: the kernel's own workers change theirs with their work.
            let before = first.processes[process].flatMap { $0.started == now.started ? $0.ticks : nil } ?? 0
            if now.ticks > before { used[now.name, default: 0] += Double(now.ticks - before) / ticks }
        }
        let programs = used.map { Program(name: $0.key, cores: $0.value) }
            .sorted { ($1.cores, $0.name) < ($0.cores, $1.name) }
        let own = last.processes[last.own].map { now in
            Double(now.ticks - (first.processes[last.own]?.ticks ?? now.ticks)) / ticks
        }
        var busy: Double?
        var stolen: Double?
        if let before = first.total, let after = last.total, after.all > before.all {
            busy = max(0, Double(after.busy - before.busy) / ticks - (own ?? 0))
            stolen = Double(after.stolen - before.stolen) / Double(after.all - before.all)
        }
        var throttling: Throttling?
        if let before = first.throttled, let after = last.throttled {
            throttling = Throttling(sinceStart: after, now: max(0, after - before))
        }
        self.init(
            busyCores: busy, programs: Array(programs.prefix(3)), stolenShare: stolen,
            pagesSwappedIn: first.swappedIn.flatMap { before in last.swappedIn.map { max(0, $0 - before) } },
            throttling: throttling)
    }
}

/// The kernel's counters at one moment: proc(5).
struct ActivityReading: Hashable {
    struct Process: Hashable {
        let name: String
        /// User and system time.
        let ticks: Int
        /// After the machine's start.
        let started: Int
    }

    struct Total: Hashable {
        let all: Int
        /// Neither idle nor waiting for a disk, and not stolen.
        let busy: Int
        let stolen: Int
    }

    var processes: [Int: Process] = [:]
    /// The number of this process.
    var own: Int
    var total: Total?
    var swappedIn: Int?
    var throttled: Int?

    init(from sources: MachineSources, own: Int = Int(ProcessInfo.processInfo.processIdentifier)) {
        self.own = own
        for number in sources.names("/proc").compactMap(Int.init) {
            if let process = sources.text("/proc/\(number)/stat").flatMap(Self.process) { processes[number] = process }
        }
        total = sources.line("/proc/stat").flatMap(Self.total)
        swappedIn = sources.text("/proc/vmstat").flatMap { text in
            text.split(separator: "\n").first { $0.hasPrefix("pswpin ") }.flatMap { Int($0.dropFirst(7)) }
        }
        let counts = sources.names("/sys/devices/system/cpu").filter { $0.hasPrefix("cpu") }.compactMap { core in
            sources.line("/sys/devices/system/cpu/\(core)/thermal_throttle/core_throttle_count").flatMap { Int($0) }
        }
        throttled = counts.isEmpty ? nil : counts.reduce(0, +)
    }

    /// `number (name) state parent …` with user and system time as fields 14 and 15, and the start as field 22; a name
    /// may hold anything.
    static func process(_ stat: String) -> Process? {
        guard let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")"), open < close else { return nil }
        let fields = stat[stat.index(after: close)...].split(separator: " ")
        guard fields.count > 19, let user = Int(fields[11]), let system = Int(fields[12]), let start = Int(fields[19])
        else { return nil }
        return Process(name: String(stat[stat.index(after: open)..<close]), ticks: user + system, started: start)
    }

    /// `cpu user nice system idle iowait irq softirq steal guest guest_nice`; a guest's time is part of user's.
    static func total(_ line: String) -> Total? {
        let fields = line.split(separator: " ")
        let times = fields.dropFirst().prefix(8).map { Int($0) ?? 0 }
        guard fields.first == "cpu", times.count >= 4 else { return nil }
        let all = times.reduce(0, +)
        let stolen = times.count > 7 ? times[7] : 0
        let waiting = times[3] + (times.count > 4 ? times[4] : 0)
        return Total(all: all, busy: all - waiting - stolen, stolen: stolen)
    }
}
