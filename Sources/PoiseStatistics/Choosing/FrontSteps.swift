import PoiseCore

/// The neighbours of a candidate on the front of right answers against the pace that the profile weighs them with.
///
/// The front is that of the candidates that meet the limits, by their estimates; the candidate itself need not be on it.
/// The pace is taken as the rule weighs it: who is faster than anybody gains by is no step.
struct FrontSteps {
    /// The next one with more right answers; nil where none has.
    let up: Int?
    /// The next one with fewer right answers that is better in the pace; nil where none is.
    let down: Int?

    init(
        pick: Int, among candidates: [Int], pace: ChoiceFigure, rule: ChoiceRule,
        value: (ChoiceFigure, Int) -> Double?
    ) {
        func place(_ index: Int) -> FrontPosition? {
            guard let accuracy = value(.accuracy, index), let pace = value(pace, index).map({ rule.goodness(pace, $0) })
            else { return nil }
            return FrontPosition(accuracy: accuracy, speed: pace)
        }
        let positions = candidates.map(place)
        let front = zip(candidates, zip(positions, FrontPosition.front(of: positions))).compactMap { index, place in
            place.1 && index != pick ? place.0.map { (index, $0) } : nil
        }
        guard let own = place(pick) else {
            (up, down) = (nil, nil)
            return
        }
        up = front.filter { $0.1.accuracy > own.accuracy }.min { $0.1.accuracy < $1.1.accuracy }?.0
        down =
            front.filter { $0.1.accuracy < own.accuracy && $0.1.speed > own.speed }
            .max { $0.1.accuracy < $1.1.accuracy }?.0
    }
}
