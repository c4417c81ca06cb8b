import Testing

@testable import PoiseClient

struct VirtualizationTests {
    private static let clocks = "/sys/devices/system/clocksource/clocksource0/available_clocksource"

    private static func hypervisor(_ files: [String: String], isGuest: Bool = false) -> String? {
        Virtualization.hypervisor(from: .recorded(files), isGuest: isGuest)
    }

    @Test func `a bare machine has none`() {
        #expect(
            Self.hypervisor([
                "/sys/class/dmi/id/sys_vendor": "Dell Inc.\n", "/sys/class/dmi/id/product_name": "PowerEdge R750\n",
                Self.clocks: "tsc hpet acpi_pm\n",
            ]) == nil)
        #expect(
            Self.hypervisor([
                "/sys/class/dmi/id/sys_vendor": "Amazon EC2\n", "/sys/class/dmi/id/product_name": "c7i.metal-24xl\n",
            ]) == nil)
    }

    @Test func `firmware names clouds and hypervisors`() {
        #expect(Self.hypervisor(["/sys/class/dmi/id/sys_vendor": "Amazon EC2"]) == "Amazon EC2")
        #expect(Self.hypervisor(["/sys/class/dmi/id/product_name": "Google Compute Engine"]) == "Google Compute Engine")
        #expect(Self.hypervisor(["/sys/class/dmi/id/sys_vendor": "VMware, Inc."]) == "VMware")
        #expect(
            Self.hypervisor([
                "/sys/class/dmi/id/sys_vendor": "Microsoft Corporation",
                "/sys/class/dmi/id/product_name": "Virtual Machine",
            ]) == "Hyper-V")
        #expect(
            Self.hypervisor([
                "/sys/class/dmi/id/sys_vendor": "Microsoft Corporation",
                "/sys/class/dmi/id/product_name": "Surface Laptop 5",
            ]) == nil)
    }

    @Test func `QEMU with KVM's clock is KVM, without it an emulation`() {
        #expect(Self.hypervisor(["/sys/class/dmi/id/sys_vendor": "QEMU", Self.clocks: "kvm-clock tsc"]) == "KVM")
        #expect(Self.hypervisor(["/sys/class/dmi/id/sys_vendor": "QEMU", Self.clocks: "tsc hpet"]) == "QEMU")
    }

    @Test func `without firmware the clock, the kernel or the processor tells`() {
        #expect(Self.hypervisor([Self.clocks: "tsc kvm-clock "], isGuest: true) == "KVM")
        #expect(Self.hypervisor(["/sys/hypervisor/type": "xen\n"]) == "Xen")
        #expect(Self.hypervisor(["/proc/device-tree/hypervisor/compatible": "linux,kvm\u{0}"]) == "KVM")
        #expect(Self.hypervisor([:], isGuest: true) == "unknown hypervisor")
    }

    @Test func `containers are known by what their makers leave`() {
        func container(_ files: [String: String]) -> String? { Virtualization.container(from: .recorded(files)) }
        #expect(container([:]) == nil)
        #expect(container(["/proc/self/cgroup": "0::/user.slice/session-1.scope\n"]) == nil)
        #expect(container(["/.dockerenv": ""]) == "Docker")
        #expect(container(["/proc/self/cgroup": "4:memory:/docker/0123\n"]) == "Docker")
        #expect(container(["/run/.containerenv": "", "/run/host/container-manager": "podman\n"]) == "Podman")
        #expect(container(["/.dockerenv": "", "/proc/self/cgroup": "0::/kubepods.slice/pod1\n"]) == "Kubernetes")
        #expect(container(["/run/systemd/container": "systemd-nspawn\n"]) == "systemd-nspawn")
        #expect(container(["/run/systemd/container": "novel\n"]) == "unknown container")
        #expect(container(["/proc/sys/kernel/osrelease": "5.15.153.1-microsoft-standard-WSL2\n"]) == "WSL")
        #expect(container(["/proc/self/cgroup": "4:memory:/lxc/one\n"]) == "LXC")
    }
}
