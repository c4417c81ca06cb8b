import PoiseCore
import PoiseRunner
import Testing

@Suite struct TrialOrderTests {
    @Test func `all samples of all tasks come, each epoch once`() {
        let order = TrialOrder(plan: plan(samples: 5, epochs: 3), round: 1)
        #expect(order.items.count == 2 * 5 * 3)
        #expect(Set(order.items).count == order.items.count)
    }

    @Test func `the same round gives the same order, another round another one`() {
        let plan = plan(samples: 20)
        #expect(TrialOrder(plan: plan, round: 1).items == TrialOrder(plan: plan, round: 1).items)
        #expect(TrialOrder(plan: plan, round: 1).items != TrialOrder(plan: plan, round: 2).items)
    }

    @Test func `tasks are mixed`() {
        let order = TrialOrder(plan: plan(samples: 40), round: 1)
        let firstHalf = order.items.prefix(40).count { $0.task == 0 }
        #expect((10...30).contains(firstHalf))
    }
}
