import Foundation

/// What libFuzzer calls with each input; `POISE_FUZZ_TARGET` says which reader gets it.
///
/// A promise that does not hold ends the process, which is what libFuzzer takes for a find.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try chosen.check([UInt8](UnsafeBufferPointer(start: start, count: count)))
    } catch {
        fatalError("\(chosen.name): \(error)")
    }
    return 0
}

private let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["POISE_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget.named(name) else {
        let known = FuzzTarget.all.map(\.name).joined(separator: ", ")
        FileHandle.standardError.write(Data("POISE_FUZZ_TARGET is “\(name)”, and is one of \(known)\n".utf8))
        exit(64)
    }
    return target
}()
