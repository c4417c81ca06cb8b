import Testing

@testable import PoiseReport

struct NumberColumnTests {
    @Test func `a column has one number of decimals, by its smallest value`() {
        let column = NumberColumn.plain([2_299, 17_914, nil], unit: "tok/s")
        #expect(column.text(17_914) == "17,914")
        #expect(column.text(nil) == "–")
        #expect(NumberColumn.plain([3, 250], unit: "tok/s").text(250) == "250.00")
    }

    @Test func `times are seconds where the middle value is a second or more`() {
        let slow = NumberColumn.times([800, 1_500, 9_000])
        #expect(slow.unit == "s")
        #expect(slow.text(1_500) == "1.50")
        #expect(NumberColumn.times([2, 3, 40_000]).unit == "ms")
    }

    @Test func `infinity neither decides the unit nor breaks the column`() {
        let column = NumberColumn.times([4, 5, .infinity])
        #expect(column.unit == "ms")
        #expect(column.text(.infinity) == "∞")
    }

    @Test func `a column without values has a unit all the same`() {
        #expect(NumberColumn.times([]).unit == "ms")
        #expect(NumberColumn.bytes([nil]).text(nil) == "–")
    }
}
