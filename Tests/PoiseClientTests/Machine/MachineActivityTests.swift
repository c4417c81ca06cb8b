import PoiseCore
import Testing

@testable import PoiseClient

struct MachineActivityTests {
    private static func reading(
        cpu: String, processes: [Int: (name: String, user: Int, system: Int)], started: Int = 99, throttled: Int? = nil,
        swappedIn: Int = 0
    ) -> ActivityReading {
        var files = ["/proc/stat": "cpu  \(cpu)\ncpu0 1 2 3\n", "/proc/vmstat": "pgpgin 9\npswpin \(swappedIn)\n"]
        for (number, process) in processes {
            files["/proc/\(number)/stat"] =
                "\(number) (\(process.name)) S 1 1 1 0 -1 4194560 1 0 0 0 \(process.user) \(process.system) 0 0 20 0 1 0 \(started) 4096"
        }
        if let throttled {
            files["/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count"] = "\(throttled)\n"
        }
        return ActivityReading(from: .recorded(files), own: 7)
    }

    @Test func `cores that others keep busy, without this process, and who they are`() {
        let first = Self.reading(
            cpu: "1000 0 500 8000 100 0 0 50 0 0", processes: [7: ("poise", 10, 0), 8: ("cc1plus", 100, 0)],
            throttled: 3, swappedIn: 10)
        let last = Self.reading(
            cpu: "1150 0 550 8150 100 0 0 100 0 0",
            processes: [7: ("poise", 40, 0), 8: ("cc1plus", 200, 20), 9: ("ld (a) b", 30, 0), 10: ("idle", 0, 0)],
            throttled: 5, swappedIn: 14)
        let activity = MachineActivity(from: first, to: last, seconds: 1)
        // 200 ticks of 100 a second, less the 30 of this process.
        #expect(abs((activity.busyCores ?? 0) - 1.7) < 1e-9)
        #expect(activity.programs.map(\.name) == ["cc1plus", "ld (a) b"])
        #expect(activity.programs.map(\.cores) == [1.2, 0.3])
        #expect(activity.stolenShare == 0.125)
        #expect(activity.pagesSwappedIn == 4)
        #expect(activity.throttling == .init(sinceStart: 5, now: 2))
    }

    @Test func `a number that another process took meanwhile counts from nothing`() {
        let first = Self.reading(cpu: "0 0 0 0", processes: [8: ("sh", 5000, 0)])
        let last = Self.reading(cpu: "10 0 0 90", processes: [8: ("sh", 10, 0)], started: 7000)
        #expect(MachineActivity(from: first, to: last, seconds: 1).programs == [.init(name: "sh", cores: 0.1)])
    }

    @Test func `a worker that changes its name with its work is the same`() {
        let first = Self.reading(cpu: "0 0 0 0", processes: [8: ("kworker/0:1-events", 5000, 0)])
        let last = Self.reading(cpu: "10 0 0 90", processes: [8: ("kworker/0:1-writeback", 5010, 0)])
        #expect(
            MachineActivity(from: first, to: last, seconds: 1).programs
                == [.init(name: "kworker/0:1-writeback", cores: 0.1)])
    }

    @Test func `a system that tells nothing leaves all unknown`() {
        let nothing = ActivityReading(from: .recorded([:]), own: 7)
        let activity = MachineActivity(from: nothing, to: nothing, seconds: 1)
        #expect(activity == MachineActivity(busyCores: nil))
    }

    @Test(arguments: ["", "1 (a", "1 a) S", "1 (a) S 1 2", ") 1 (", "1 (a) S x x x x x x x x x x y z"])
    func `damaged lines are no processes`(stat: String) {
        #expect(ActivityReading.process(stat) == nil)
    }

    #if os(Linux)
        @Test(.timeLimit(.minutes(1)))
        func `this machine is really watched`() async {
            let activity = await MachineActivity.watched(for: .milliseconds(50))
            #expect((activity.busyCores ?? -1) >= 0)
            #expect((0...1).contains(activity.stolenShare ?? -1))
        }

        @Test func `this machine's memory is really read`() {
            #expect((MemoryState.now()?.available ?? 0) > 0)
        }
    #endif

    @Test func `memory is what a program could take, swap what is in use`() {
        let text = "MemTotal: 8000 kB\nMemAvailable:    4000 kB\nSwapTotal: 2000 kB\nSwapFree: 500 kB\n"
        #expect(MemoryState(meminfo: text) == MemoryState(available: 4_096_000, swapUsed: 1_536_000, swap: 2_048_000))
        #expect(MemoryState(meminfo: "MemTotal: 8000 kB\n") == nil)
        #expect(MemoryState(meminfo: "MemAvailable: x\n:\n\n") == nil)
    }
}
