import PoiseReport
import Testing

@testable import poise

/// Each check by its own examples.
struct DoctorCheckTests {
    @Test(arguments: DoctorCatalog.all.indices)
    func `each example is found to be what it must be`(index: Int) {
        let check = DoctorCatalog.all[index]
        for example in check.examples {
            let finding = example.finding
            #expect(finding.status == example.status, "\(check.name), \(example.given): \(finding.found)")
            let text = "\(finding.found) \(finding.remedy ?? "")"
            #expect(example.words.isEmpty || text.contains(example.words), "\(check.name), \(example.given): \(text)")
        }
    }

    @Test(arguments: DoctorCatalog.all.indices)
    func `what is not well says what to do, and what is well nothing`(index: Int) {
        let check = DoctorCatalog.all[index]
        for finding in check.examples.map(\.finding) {
            #expect((finding.remedy != nil) == finding.isTrouble, "\(check.name): \(finding.found)")
            #expect(finding.check == check.name)
            #expect(!finding.found.isEmpty && !finding.found.hasSuffix("."), "\(finding.found)")
            #expect(finding.figures.values.allSatisfy { $0.isFinite })
        }
    }

    @Test func `each check has examples of what is well, and all but the machine's name of what is not`() {
        for check in DoctorCatalog.all {
            #expect(check.examples.contains { $0.status == .ok }, "\(check.name)")
            // What the machine is, and that a server closes connections, is never wrong in itself.
            guard check.name != ProcessorCheck.name, check.name != KeepAliveCheck.name else { continue }
            #expect(check.examples.contains { $0.finding.isTrouble }, "\(check.name)")
        }
    }

    @Test func `no two checks have one name, and all names fit their column`() {
        let names = DoctorCatalog.all.map { $0.name }
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.count <= 18 })
    }
}
