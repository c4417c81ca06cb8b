import PoiseCore

/// What a ladder says of one rung beside its reference.
enum LadderStanding: Hashable {
    /// The whole interval lies above the loss that the suite's gate accepts.
    case sound
    /// Surely worse: by more than that loss, or where none is accepted by anything.
    case breaks
    /// A loss is accepted, and the data do not say on which side of it the rung is.
    case open
    /// No loss is accepted, and none is sure; never that there is none.
    case noSureLoss
    /// It cannot be held against the reference.
    case notHeld
    case reference

    init(_ rung: LadderRung, of ladder: Ladder) {
        if rung.candidate == ladder.reference {
            self = .reference
        } else if !rung.isHeld {
            self = .notHeld
        } else if rung.isSurelyWorse {
            self = .breaks
        } else if let margin = ladder.margin {
            self = rung.change?.accuracy?.low.map { $0 > -margin } ?? false ? .sound : .open
        } else {
            self = .noSureLoss
        }
    }

    var chip: VerdictChip {
        switch self {
        case .sound: .pass("sound")
        case .breaks: .fail("breaks")
        case .open: .unsure("inconclusive")
        case .noSureLoss: .unsure("no sure loss")
        case .notHeld: .unsure("not comparable")
        case .reference: .unsure("reference")
        }
    }
}
