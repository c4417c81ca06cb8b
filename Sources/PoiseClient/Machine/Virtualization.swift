import Foundation

/// What the machine is a guest of, from the sources that systemd-detect-virt(1) names.
enum Virtualization {
    /// The hypervisor: `KVM`, `Amazon EC2`, `Hyper-V`, …; `unknown hypervisor` where only the processor says that there is
    /// one, nil where nothing does.
    static func hypervisor(from sources: MachineSources, isGuest: Bool) -> String? {
        let identification = "/sys/class/dmi/id"
        let named = ["product_name", "sys_vendor", "board_vendor", "bios_vendor", "product_version"].lazy
            .compactMap { sources.line("\(identification)/\($0)") }
            .compactMap { text in makers.first { text.hasPrefix($0.prefix) }?.name }.first
        if let named, named != "QEMU" {
            // The same maker's name stands on rented machines without a hypervisor.
            let isBare = sources.line("\(identification)/product_name")?.contains("metal") ?? false
            return isBare ? nil : named
        }
        // Where QEMU only emulates, there is no clock of KVM.
        let clocks = sources.line("/sys/devices/system/clocksource/clocksource0/available_clocksource") ?? ""
        if clocks.contains("kvm-clock") { return "KVM" }
        if clocks.contains("hyperv_clocksource") { return "Hyper-V" }
        if sources.line("/sys/hypervisor/type") == "xen" { return "Xen" }
        let tree = sources.line("/proc/device-tree/hypervisor/compatible") ?? ""
        if tree.hasPrefix("linux,kvm") { return "KVM" }
        if tree.contains("xen") { return "Xen" }
        return named ?? (isGuest ? "unknown hypervisor" : nil)
    }

    /// The container's maker; `unknown container` where there is only a sign of one.
    static func container(from sources: MachineSources) -> String? {
        if sources.line("/proc/sys/kernel/osrelease")?.lowercased().contains("microsoft") == true { return "WSL" }
        if sources.text("/run/.containerenv") != nil { return "Podman" }
        let manager = sources.line("/run/host/container-manager") ?? sources.line("/run/systemd/container")
        let groups = sources.text("/proc/self/cgroup") ?? ""
        if groups.contains("kubepods") || sources.text("/run/secrets/kubernetes.io/serviceaccount/namespace") != nil {
            return "Kubernetes"
        }
        if sources.text("/.dockerenv") != nil || groups.contains("/docker") { return "Docker" }
        if let manager { return containers[manager] ?? "unknown container" }
        return groups.contains("/lxc/") ? "LXC" : nil
    }

    /// How firmware tables begin, by systemd's `src/basic/virt.c`.
    private static let makers: [(prefix: String, name: String)] = [
        ("KVM", "KVM"), ("OpenStack", "KVM"), ("KubeVirt", "KVM"), ("Amazon EC2", "Amazon EC2"),
        ("Google Compute Engine", "Google Compute Engine"), ("QEMU", "QEMU"), ("VMware", "VMware"), ("VMW", "VMware"),
        ("innotek GmbH", "VirtualBox"), ("VirtualBox", "VirtualBox"), ("Xen", "Xen"), ("Bochs", "Bochs"),
        ("Parallels", "Parallels"), ("BHYVE", "bhyve"), ("Hyper-V", "Hyper-V"), ("Virtual Machine", "Hyper-V"),
        ("Apple Virtualization", "Apple Virtualization"),
    ]

    private static let containers = [
        "docker": "Docker", "podman": "Podman", "lxc": "LXC", "lxc-libvirt": "LXC", "systemd-nspawn": "systemd-nspawn",
        "oci": "OCI container", "wsl": "WSL", "openvz": "OpenVZ",
    ]
}
