import PoiseCore
import Testing

@testable import PoiseSimulator

struct DueHeapTests {
    @Test func `items come out in the order in which they are due, whatever order they went in`() {
        var generator = SeededGenerator(seed: 4, stream: 0)
        let instants = (0..<2000).map { _ in Int64(generator.nextUnit() * 500) }
        var heap = DueHeap()
        for (index, instant) in instants.enumerated() { heap.insert(.init(due: instant, token: UInt64(index))) }
        #expect(heap.first?.due == instants.min())
        var out: [DueHeap.Item] = []
        while let item = heap.pop(dueBy: .max) { out.append(item) }
        #expect(out.map(\.due) == instants.sorted())
        #expect(Set(out.map(\.token)).count == 2000)
        #expect(heap.isEmpty)
    }

    @Test func `only what is due is taken`() {
        var heap = DueHeap()
        #expect(heap.pop(dueBy: .max) == nil)
        for due in [30, 10, 20] { heap.insert(.init(due: Int64(due), token: 0)) }
        #expect(heap.pop(dueBy: 9) == nil)
        #expect(heap.pop(dueBy: 20)?.due == 10)
        #expect(heap.pop(dueBy: 20)?.due == 20)
        #expect(heap.pop(dueBy: 20) == nil)
        #expect(heap.first?.due == 30)
    }
}
