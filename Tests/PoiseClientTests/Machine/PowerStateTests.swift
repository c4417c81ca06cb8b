import PoiseCore
import Testing

@testable import PoiseClient

struct PowerStateTests {
    private static let cpu = "/sys/devices/system/cpu"
    private static let supply = "/sys/class/power_supply"

    @Test func `the governors of all cores count, and boost by either driver's word`() {
        let hybrid = PowerState.frequency(
            from: .recorded([
                "\(Self.cpu)/cpufreq/policy0/scaling_governor": "powersave\n",
                "\(Self.cpu)/cpufreq/policy0/scaling_driver": "intel_pstate\n",
                "\(Self.cpu)/cpufreq/policy1/scaling_governor": "performance\n",
                "\(Self.cpu)/cpufreq/policy2/scaling_governor": "powersave\n",
                "\(Self.cpu)/intel_pstate/no_turbo": "0\n",
            ]))
        #expect(
            hybrid == FrequencyFacts(governors: ["performance", "powersave"], driver: "intel_pstate", boost: true))
        let amd = PowerState.frequency(
            from: .recorded([
                "\(Self.cpu)/cpufreq/boost": "0\n", "\(Self.cpu)/cpufreq/policy0/scaling_governor": "schedutil\n",
            ]))
        #expect(amd == FrequencyFacts(governors: ["schedutil"], driver: nil, boost: false))
        #expect(PowerState.frequency(from: .recorded([:])) == nil)
    }

    @Test func `a laptop is on mains or on battery; a mouse's battery says nothing`() {
        func power(online: String, status: String) -> PowerFacts? {
            PowerState.power(
                from: .recorded([
                    "\(Self.supply)/AC/type": "Mains\n", "\(Self.supply)/AC/online": online,
                    "\(Self.supply)/BAT0/type": "Battery\n", "\(Self.supply)/BAT0/status": status,
                    "/sys/firmware/acpi/platform_profile": "balanced\n",
                ]))
        }
        #expect(power(online: "1\n", status: "Charging\n") == PowerFacts(source: .mains, profile: "balanced"))
        #expect(power(online: "0\n", status: "Discharging\n") == PowerFacts(source: .battery, profile: "balanced"))
        #expect(power(online: "0\n", status: "Not charging\n")?.source == .battery)
        let desk = PowerState.power(
            from: .recorded([
                "\(Self.supply)/hidpp_battery_0/type": "Battery\n", "\(Self.supply)/hidpp_battery_0/scope": "Device\n",
                "\(Self.supply)/hidpp_battery_0/status": "Discharging\n",
            ]))
        #expect(desk == nil)
        #expect(
            PowerState.power(
                from: .recorded(["\(Self.supply)/BAT0/type": "Battery", "\(Self.supply)/BAT0/status": "Full"])) == nil)
    }

    @Test func `a Mac says where its power comes from and whether it saves it`() {
        let battery = """
            Now drawing from 'Battery Power'
             -InternalBattery-0 (id=1)\t86%; discharging; 5:10 remaining present: true
            """
        let settings = "Battery Power:\n lowpowermode         1\n sleep                1\n"
        #expect(
            PowerState.power(supply: battery, settings: settings)
                == PowerFacts(source: .battery, profile: "low-power"))
        #expect(
            PowerState.power(supply: "Now drawing from 'AC Power'\n", settings: " lowpowermode         0\n")
                == PowerFacts(source: .mains, profile: nil))
        #expect(PowerState.power(supply: nil, settings: nil) == nil)
    }
}
