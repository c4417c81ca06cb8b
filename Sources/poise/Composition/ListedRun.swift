import PoiseCore
import PoiseStore

/// A run as `poise runs` lists it: what is stored of it, and whether a process is at it now.
struct ListedRun: Encodable {
    let record: RunRecord
    /// The process that holds it; nil where none does.
    let holder: RunLock.Holder?

    init(_ record: RunRecord, holder: RunLock.Holder?) {
        self.record = record
        self.holder = holder
    }

    /// Whether its process ended without a word: killed, or with the machine.
    var hasDied: Bool { record.status == .running && holder == nil }

    var row: [String] {
        [record.id, record.suite, state, "\(record.machine.processor), \(record.machine.cores) cores"]
    }

    private var state: String {
        var text = hasDied ? "died (poise run --resume)" : record.status.rawValue
        if let holder, record.status == .running { text += " (process \(holder.process))" }
        guard let resumed = record.resumed else { return text }
        return text + ", resumed \(resumed == 1 ? "once" : "\(resumed) times")"
    }

    private enum CodingKeys: CodingKey {
        case isHeld, hasDied
    }

    func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(holder != nil, forKey: .isHeld)
        try container.encode(hasDied, forKey: .hasDied)
    }
}
