import Testing

@testable import PoiseClient

struct ControlGroupTests {
    private static let unified =
        "30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"

    @Test func `version 2: the narrowest of the group and those above it counts`() {
        let limits = ControlGroup.limits(
            from: .recorded([
                "/proc/self/cgroup": "0::/work.slice/job.scope\n", "/proc/self/mountinfo": Self.unified,
                "/sys/fs/cgroup/work.slice/job.scope/cpu.max": "max 100000\n",
                "/sys/fs/cgroup/work.slice/job.scope/memory.max": "8589934592\n",
                "/sys/fs/cgroup/work.slice/cpu.max": "150000 100000\n",
                "/sys/fs/cgroup/work.slice/memory.max": "max\n",
            ]))
        #expect(limits == ControlGroup.Limits(cores: 1.5, memory: 8 << 30))
    }

    @Test func `version 2 in a container: the mount's root is the group`() {
        let limits = ControlGroup.limits(
            from: .recorded([
                "/proc/self/cgroup": "0::/\n", "/proc/self/mountinfo": Self.unified,
                "/sys/fs/cgroup/cpu.max": "400000 100000\n", "/sys/fs/cgroup/memory.max": "1073741824\n",
            ]))
        #expect(limits == ControlGroup.Limits(cores: 4, memory: 1 << 30))
    }

    @Test func `version 1: each controller has a place of its own`() {
        let mounts = """
            32 31 0:29 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
            36 31 0:33 / /sys/fs/cgroup/devices ro - cgroup cgroup rw,devices
            """
        let limits = ControlGroup.limits(
            from: .recorded([
                "/proc/self/cgroup": "5:devices:/\n4:memory:/docker/abc\n2:cpu,cpuacct:/docker/abc\n1:name=systemd:/\n",
                "/proc/self/mountinfo": mounts,
                "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "50000\n",
                "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
                "/sys/fs/cgroup/memory/memory.limit_in_bytes": "536870912\n",
            ]))
        #expect(limits == ControlGroup.Limits(cores: 0.5, memory: 512 << 20))
    }

    @Test func `version 1 without limits writes numbers that are none`() {
        let limits = ControlGroup.limits(
            from: .recorded([
                "/proc/self/cgroup": "4:memory:/a\n1:cpu:/\n0::/\n",
                "/proc/self/mountinfo": """
                32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
                35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
                """,
                "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n", "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
                "/sys/fs/cgroup/memory/a/memory.limit_in_bytes": "9223372036854771712\n",
            ]))
        #expect(limits == ControlGroup.Limits())
    }

    @Test(arguments: ["", "0", "0::", "0::/../../etc", "0::/a\n\n:::", "x:y:z"])
    func `odd text sets no limit and leaves the mount`(groups: String) {
        let folders = ControlGroup.folders(groups: groups, mounts: Self.unified + "30 23\n - - -\n")
        #expect(folders.allSatisfy { $0.hasPrefix("/sys/fs/cgroup") && !$0.contains("..") })
        let limits = ControlGroup.limits(
            from: .recorded([
                "/proc/self/cgroup": groups, "/proc/self/mountinfo": Self.unified,
                "/sys/fs/cgroup/cpu.max": "1e999 0\n", "/sys/fs/cgroup/memory.max": "-5\n",
            ]))
        #expect(limits == ControlGroup.Limits())
    }
}
