#if os(Linux)
    /// A seccomp filter against system calls that get around the sandbox's other limits, as bwrap takes it in.
    ///
    /// Three kinds are refused: memory that no limit counts (`memfd_create`, System V's shared memory, io_uring), and the
    /// kernel's large surfaces that tests of code do not need (namespaces, mounts, tracing, keys, BPF), and sockets of
    /// families that a network namespace does not hold in (vsock(7) leads to the host of a virtual machine).
    enum SystemCallFilter {
        /// By name, as numbers on x86-64 and on arm64 (the kernel's `unistd_64.h`); nil where there is none.
        private static let refused: [(name: String, x86: UInt32?, arm: UInt32?)] = [
            ("memfd_create", 319, 279), ("memfd_secret", 447, 447), ("shmget", 29, 194), ("shmat", 30, 196),
            ("msgget", 68, 186), ("semget", 64, 190), ("mq_open", 240, 180), ("io_uring_setup", 425, 425),
            ("unshare", 272, 97), ("setns", 308, 268), ("mount", 165, 40), ("umount2", 166, 39),
            ("pivot_root", 155, 41), ("chroot", 161, 51), ("open_tree", 428, 428), ("move_mount", 429, 429),
            ("fsopen", 430, 430), ("fsconfig", 431, 431), ("fsmount", 432, 432), ("mount_setattr", 442, 442),
            ("ptrace", 101, 117), ("process_vm_readv", 310, 270), ("process_vm_writev", 311, 271),
            ("pidfd_getfd", 438, 438), ("add_key", 248, 217), ("request_key", 249, 218), ("keyctl", 250, 219),
            ("bpf", 321, 280), ("perf_event_open", 298, 241), ("userfaultfd", 323, 282), ("fanotify_init", 300, 262),
            ("name_to_handle_at", 303, 264), ("open_by_handle_at", 304, 265), ("kexec_load", 246, 104),
            ("init_module", 175, 105), ("finit_module", 313, 273), ("acct", 163, 89), ("quotactl", 179, 60),
            ("swapon", 167, 224), ("reboot", 169, 142), ("iopl", 172, nil), ("ioperm", 173, nil),
            ("modify_ldt", 154, nil),
        ]

        #if arch(x86_64)
            private static let architecture: UInt32? = 0xC000_003E
            private static let clone: UInt32 = 56
            private static let socket: UInt32 = 41
            private static var numbers: [UInt32] { refused.compactMap(\.x86) }
        #elseif arch(arm64)
            private static let architecture: UInt32? = 0xC000_00B7
            private static let clone: UInt32 = 220
            private static let socket: UInt32 = 198
            private static var numbers: [UInt32] { refused.compactMap(\.arm) }
        #else
            private static let architecture: UInt32? = nil
            private static let clone: UInt32 = 0
            private static let socket: UInt32 = 0
            private static let numbers: [UInt32] = []
        #endif

        private static let clone3: UInt32 = 435
        /// CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET.
        private static let namespaces: UInt32 = 0x7E02_0080

        /// The bytes of the program (`struct sock_filter`, linux/filter.h); empty on a machine whose calls are not known.
        static var program: [UInt8] {
            guard let architecture else { return [] }
            var steps: [Step] = [
                .load(4), .jump(equal: architecture, skipIfNot: 0, skipIf: 1), .kill,
                .load(0),
                // Calls of x32, which have numbers of their own.
                .jump(atLeast: 0x4000_0000, skipIfNot: 1), .kill,
            ]
            for number in numbers { steps += [.jump(equal: number, skipIfNot: 1), .refuse(1)] }
            // AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK, which the namespace confines; all others are not supported.
            steps += [
                .jump(equal: socket, skipIfNot: 7), .load(16), .jump(equal: 1, skipIfNot: 0, skipIf: 4),
                .jump(equal: 2, skipIfNot: 0, skipIf: 3), .jump(equal: 10, skipIfNot: 0, skipIf: 2),
                .jump(equal: 16, skipIfNot: 0, skipIf: 1), .refuse(97), .allow,
            ]
            // It says that there is no such call: the C library then uses `clone`, whose flags can be read here.
            steps += [.jump(equal: clone3, skipIfNot: 1), .refuse(38)]
            steps += [.jump(equal: clone, skipIfNot: 3), .load(16), .jump(anyOf: namespaces, skipIfNot: 1), .refuse(1)]
            steps.append(.allow)
            return steps.flatMap(\.bytes)
        }

        /// One instruction of classic BPF.
        private struct Step {
            let code: UInt16
            var skipIf: UInt8 = 0
            var skipIfNot: UInt8 = 0
            let value: UInt32

            /// Loads a word of `struct seccomp_data`.
            static func load(_ offset: UInt32) -> Step { Step(code: 0x20, value: offset) }
            static func jump(equal value: UInt32, skipIfNot: UInt8, skipIf: UInt8 = 0) -> Step {
                Step(code: 0x15, skipIf: skipIf, skipIfNot: skipIfNot, value: value)
            }
            static func jump(atLeast value: UInt32, skipIfNot: UInt8) -> Step {
                Step(code: 0x35, skipIfNot: skipIfNot, value: value)
            }
            static func jump(anyOf bits: UInt32, skipIfNot: UInt8) -> Step {
                Step(code: 0x45, skipIfNot: skipIfNot, value: bits)
            }
            static let allow = Step(code: 0x06, value: 0x7FFF_0000)
            static let kill = Step(code: 0x06, value: 0x8000_0000)
            static func refuse(_ errno: UInt32) -> Step { Step(code: 0x06, value: 0x0005_0000 | errno) }

            /// As this machine orders bytes; both that are known here begin with the lowest.
            var bytes: [UInt8] {
                [UInt8(code & 0xFF), UInt8(code >> 8), skipIf, skipIfNot]
                    + (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) }
            }
        }
    }
#endif
