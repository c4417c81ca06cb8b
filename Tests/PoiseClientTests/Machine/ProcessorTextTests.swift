import Testing

@testable import PoiseClient

struct ProcessorTextTests {
    private static func x86(_ number: Int, socket: Int, core: Int, flags: String = "fpu sse2 avx2") -> String {
        """
        processor\t: \(number)
        vendor_id\t: AuthenticAMD
        cpu family\t: 25
        model\t\t: 17
        model name\t: AMD EPYC 9B14
        stepping\t: 1
        physical id\t: \(socket)
        core id\t\t: \(core)
        flags\t\t: \(flags)
        power management:
        """
    }

    @Test func `x86 names its processor, its model and which threads share a core`() {
        // Two sockets with two cores of two threads.
        let blocks = (0..<8).map { Self.x86($0, socket: $0 / 4, core: $0 % 4 / 2) }
        let text = ProcessorText(parsing: blocks.joined(separator: "\n\n") + "\n\n")
        #expect(text.name == "AMD EPYC 9B14")
        #expect(text.model == "AuthenticAMD family 25 model 17 stepping 1")
        #expect(text.cores == 8)
        #expect(text.physicalCores == 4)
        #expect(!text.isGuest)
        #expect(text.board == nil)
        #expect(ProcessorText(parsing: Self.x86(0, socket: 0, core: 0, flags: "fpu hypervisor lahf_lm")).isGuest)
    }

    @Test func `ARM servers are named by their cores`() {
        let core = """
            processor\t: 0
            BogoMIPS\t: 243.75
            Features\t: fp asimd evtstrm aes
            CPU implementer\t: 0x41
            CPU architecture: 8
            CPU variant\t: 0x3
            CPU part\t: 0xd0c
            CPU revision\t: 1
            """
        let text = ProcessorText(parsing: "\(core)\n\n\(core.replacing("processor\t: 0", with: "processor\t: 1"))\n")
        #expect(text.name == "Neoverse-N1")
        #expect(text.model == "part 0xd0c variant 0x3 revision 1")
        #expect(text.cores == 2)
        #expect(text.physicalCores == nil)
    }

    @Test func `ARM boards with cores of two kinds name both, and their board but not its serial number`() {
        func core(_ number: Int, _ part: String) -> String {
            """
            processor\t: \(number)
            model name\t: ARMv8 Processor rev 0 (v8l)
            CPU implementer\t: 0x41
            CPU part\t: \(part)
            """
        }
        let board =
            "Hardware\t: BCM2835\nRevision\t: c03111\nSerial\t\t: 100000001234abcd\nModel\t\t: Example Board Rev 1.1"
        let text = ProcessorText(
            parsing: [core(0, "0xd05"), core(1, "0xd05"), core(2, "0xd41"), core(3, "0xfff"), board]
                .joined(separator: "\n\n"))
        #expect(text.name == "Cortex-A55 + Cortex-A78 + ARM implementer 0x41 part 0xfff")
        #expect(text.cores == 4)
        #expect(text.board == "Example Board Rev 1.1")
    }

    @Test func `Apple's cores under Linux, RISC-V and POWER have names too`() {
        #expect(
            ProcessorText(parsing: "processor\t: 0\nCPU implementer\t: 0x61\nCPU part\t: 0x032\n").name
                == "Apple M2 Blizzard")
        #expect(
            ProcessorText(parsing: "processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdc\nuarch\t\t: sifive,u74-mc\n").name
                == "sifive,u74-mc")
        #expect(
            ProcessorText(parsing: "processor\t: 0\ncpu\t\t: POWER9, altivec supported\nclock\t\t: 2500MHz\n").name
                == "POWER9, altivec supported")
    }

    @Test(arguments: ["", "\n\n\n", "::::", "processor", "model name\t:\n", "\u{0}\u{FFFD}: x", "a: b: c\r\n\r\nd"])
    func `odd text gives no name and no cores`(text: String) {
        let processor = ProcessorText(parsing: text)
        #expect(processor.name == nil)
        #expect(processor.model == nil)
        #expect(processor.cores == 0)
        #expect(processor.physicalCores == nil)
    }
}
