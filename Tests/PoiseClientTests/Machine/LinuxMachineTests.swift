import PoiseCore
import Testing

@testable import PoiseClient

struct LinuxMachineTests {
    @Test func `lists of cores are read as cpuset writes them`() {
        #expect(LinuxMachine.coreNumbers(in: "0-3,8,10-11") == [0, 1, 2, 3, 8, 10, 11])
        #expect(LinuxMachine.coreNumbers(in: "0") == [0])
        for damaged in ["", "a-b", "3-1", "-1", "0-", "0--5", "0-99999999999", "1,,x"] {
            #expect(LinuxMachine.coreNumbers(in: damaged).isEmpty, "\(damaged)")
        }
    }

    @Test func `systems are named quoted or not, with or without a pretty name`() {
        #expect(
            LinuxMachine.system(release: "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
                == "Debian GNU/Linux 12 (bookworm)")
        #expect(LinuxMachine.system(release: "NAME=Alpine\nVERSION_ID='3.20'\n") == "Alpine 3.20")
        #expect(LinuxMachine.system(release: "NAME=Void\n") == "Void")
        #expect(LinuxMachine.system(release: "nonsense") == nil)
    }

    @Test func `a whole machine is put together, with what this process may use of it`() async {
        let core =
            "vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 207\nmodel name\t: Intel(R) Xeon(R) Processor\n"
        let facts = await LinuxMachine.facts(
            from: .recorded([
                "/proc/cpuinfo": (0..<4).map {
                    "processor\t: \($0)\n\(core)physical id\t: 0\ncore id\t: \($0 / 2)\nflags\t: fpu hypervisor\n"
                }.joined(separator: "\n"),
                "/sys/devices/system/cpu/online": "0-3\n",
                "/proc/self/status": "Name:\tpoise\nCpus_allowed_list:\t0-2\n",
                "/proc/self/cgroup": "0::/\n",
                "/proc/self/mountinfo": "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
                "/sys/fs/cgroup/cpu.max": "250000 100000\n", "/sys/fs/cgroup/memory.max": "4294967296\n",
                "/proc/meminfo": "MemTotal:       16777216 kB\nMemFree:  1 kB\n",
                "/etc/os-release": "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n",
                "/proc/sys/kernel/osrelease": "6.1.0-18-amd64\n", "/proc/loadavg": "0.25 0.10 0.05 1/100 4242\n",
                "/sys/class/dmi/id/sys_vendor": "Amazon EC2\n", "/sys/class/dmi/id/product_name": "c7i.xlarge\n",
                "/sys/class/dmi/id/product_serial": "ec2-serial\n",
            ]), client: nil)
        #expect(facts.processor == "Intel(R) Xeon(R) Processor")
        #expect(facts.processorModel == "GenuineIntel family 6 model 207")
        #expect(facts.cores == 4)
        #expect(facts.physicalCores == 2)
        #expect(facts.usableCores == 2.5)
        #expect(facts.memory == 16 << 30)
        #expect(facts.memoryLimit == 4 << 30)
        #expect(facts.kernel == "6.1.0-18-amd64")
        #expect(facts.hardware == "Amazon EC2 c7i.xlarge")
        #expect(facts.hypervisor == "Amazon EC2")
        #expect(facts.loadAverage == 0.25)
        #expect(facts.gpus == [])
        #expect(facts.power == nil)
        #expect(facts.summary == "Intel Xeon Processor, 2.5 of 4 cores, 4 GiB, Debian 12")
    }

    @Test func `physical cores of ARM come from the topology, and a board from its device tree`() async {
        let facts = await LinuxMachine.facts(
            from: .recorded([
                "/proc/cpuinfo": "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd4f\n",
                "/sys/devices/system/cpu/online": "0-1\n",
                "/sys/devices/system/cpu/cpu0/topology/thread_siblings_list": "0\n",
                "/sys/devices/system/cpu/cpu1/topology/thread_siblings_list": "1\n",
                "/proc/device-tree/model": "Example Board\u{0}",
            ]), client: nil)
        #expect(facts.processor == "Neoverse-V2")
        #expect(facts.physicalCores == 2)
        #expect(facts.usableCores == 2)
        #expect(facts.hardware == "Example Board")
    }

    @Test func `a machine that says nothing still gives facts, and fillers of firmware are no names`() async {
        let facts = await LinuxMachine.facts(
            from: .recorded([
                "/sys/class/dmi/id/sys_vendor": "To Be Filled By O.E.M.\n",
                "/sys/class/dmi/id/product_name": "System Product Name\n",
            ]), client: nil)
        #expect(facts.processor == "unknown processor")
        #expect(facts.cores == 1)
        #expect(facts.memory > 0)
        #expect(facts.system == "Linux")
        #expect(facts.hardware == nil)
        #expect(facts.memoryLimit == nil)
    }

    @Test func `a limit above the machine's memory is none`() async {
        let facts = await LinuxMachine.facts(
            from: .recorded([
                "/proc/meminfo": "MemTotal: 1048576 kB\n", "/proc/self/cgroup": "0::/\n",
                "/proc/self/mountinfo": "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
                "/sys/fs/cgroup/memory.max": "4294967296\n",
            ]), client: nil)
        #expect(facts.memoryLimit == nil)
    }
}
