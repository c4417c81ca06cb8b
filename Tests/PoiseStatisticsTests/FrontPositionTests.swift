import PoiseCore
import PoiseStatistics
import Testing

@Suite struct FrontPositionTests {
    private static func positions(_ count: Int, seed: UInt64) -> [FrontPosition?] {
        var generator = SeededGenerator(seed: seed)
        // Coarse steps, so that ties on one axis and on both occur.
        return (0..<count).map { _ in
            generator.next(below: 10) == 0
                ? nil
                : FrontPosition(
                    accuracy: Double(generator.next(below: 8)) / 8, speed: Double(10 + generator.next(below: 8)))
        }
    }

    @Test(arguments: UInt64(1)...50)
    func `no member is dominated and everything else is`(seed: UInt64) {
        let positions = Self.positions(20, seed: seed)
        for (position, isMember) in zip(positions, FrontPosition.front(of: positions)) {
            guard let position else {
                #expect(!isMember)
                continue
            }
            let isDominated = positions.contains { other in
                guard let other, other != position else { return false }
                return other.accuracy >= position.accuracy && other.speed >= position.speed
            }
            #expect(isMember == !isDominated)
        }
    }

    @Test(arguments: UInt64(51)...80)
    func `a dominated newcomer changes nothing`(seed: UInt64) throws {
        let positions = Self.positions(15, seed: seed)
        let some = try #require(positions.compactMap { $0 }.first)
        let newcomer = FrontPosition(accuracy: some.accuracy - 0.01, speed: some.speed)
        let front = FrontPosition.front(of: positions)
        #expect(FrontPosition.front(of: positions + [newcomer]) == front + [false])
    }

    @Test func `equals stay both on the front`() {
        let twin = FrontPosition(accuracy: 0.5, speed: 100)
        #expect(FrontPosition.front(of: [twin, twin, FrontPosition(accuracy: 0.5, speed: 99)]) == [true, true, false])
    }

    @Test func `an equal accuracy goes to the faster and an equal speed to the better`() {
        let slow = FrontPosition(accuracy: 0.5, speed: 100)
        let fast = FrontPosition(accuracy: 0.5, speed: 101)
        let good = FrontPosition(accuracy: 0.6, speed: 101)
        #expect(FrontPosition.front(of: [slow, fast]) == [false, true])
        #expect(FrontPosition.front(of: [fast, good]) == [false, true])
    }

    @Test func `nobody alone is beaten and nothing is no front`() {
        #expect(FrontPosition.front(of: [FrontPosition(accuracy: 0, speed: 1), nil]) == [true, false])
        #expect(FrontPosition.front(of: []) == [])
    }
}
