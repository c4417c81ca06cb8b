import PoiseClient
import PoiseCore
import PoiseReport
import PoiseRunner

/// The machine: what it is, and what of it would get into the figures.
struct MachineExamination: Sendable {
    let plan: Plan?

    func group(say: @Sendable (String) -> Void) async -> FindingGroup {
        let activity = await MachineActivity.watched()
        let lateness = await WakeLateness.measured()
        let clock = ClockQuality.measured()
        // It may ask a GPU's own program, which takes processor time.
        let machine = await Machine.facts()
        let engines = plan?.managedEngines ?? []
        return FindingGroup(
            title: "Machine",
            findings: [
                ProcessorCheck.finding(machine),
                CoresCheck.finding(
                    machine, threads: engines.compactMap(\.threads).max(), startsEngine: !engines.isEmpty),
                GovernorCheck.finding(for: machine.frequency),
                PowerCheck.finding(machine.power),
                ThrottlingCheck.finding(activity.throttling),
                MemoryCheck.finding(
                    MemoryState.now(), limit: machine.memoryLimit, swappedIn: activity.pagesSwappedIn,
                    largestModel: engines.compactMap { try? ModelFile.outline(of: $0.file).bytes }.max()),
                StolenTimeCheck.finding(share: activity.stolenShare, hypervisor: machine.hypervisor),
                OtherLoadCheck.finding(
                    busy: activity.busyCores, programs: activity.programs, cores: machine.coresInUse,
                    average: machine.loadAverage),
                ClockCheck.finding(clock),
                WallClockCheck.finding(isKept: clock.isWallClockKept),
                WakeCheck.finding(lateness),
            ])
    }
}
