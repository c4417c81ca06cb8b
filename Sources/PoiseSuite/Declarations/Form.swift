import PoiseCore

/// A shape together with how a value of it is read.
struct Form<Value>: Sendable {
    let shape: Shape
    /// The value, or nil with the problem logged.
    let read: @Sendable (YAMLValue) -> Value?

    init(_ shape: Shape, read: @escaping @Sendable (YAMLValue) -> Value?) {
        self.shape = shape
        self.read = read
    }

    /// A form that a value meets or not, with nothing to say but what was found instead.
    static func matching(_ shape: Shape, _ convert: @escaping @Sendable (YAMLValue) -> Value?) -> Form {
        Form(shape) { value in
            if let converted = convert(value) { return converted }
            value.refuse("expected \(shape.inWords), found \(value.found)", expected: value.ambiguity)
            return nil
        }
    }
}

// MARK: - Scalars

extension Form where Value == String {
    /// Letters as they were written, also where they look like a number or a boolean.
    static let text = Form.matching(.text) { $0.text.flatMap { $0.isEmpty ? nil : $0 } }
    static let textOrEmpty = Form.matching(.textOrEmpty) { $0.text }

    static func oneOf(_ menu: [String]) -> Form {
        Form(.menu(menu)) { value in
            guard let text = value.text else {
                value.refuse("expected \(Shape.menu(menu).inWords), found \(value.found)")
                return nil
            }
            if menu.contains(text) { return text }
            value.refuse("“\(text)” is not known here", expected: suggestion(for: text, among: menu, called: "names"))
            return nil
        }
    }
}

extension Form where Value == Bool {
    static let bool = Form.matching(.bool) { $0.bool }
}

extension Form where Value == Int {
    static func whole(_ range: ClosedRange<Int>) -> Form {
        Form.matching(.whole(range)) { value in value.whole.flatMap { range.contains($0) ? $0 : nil } }
    }

    static let count = whole(1...Int.max)
    static let countOrZero = whole(0...Int.max)
}

extension Form where Value == Double {
    static func decimal(_ range: ClosedRange<Double>) -> Form {
        Form.matching(.decimal(range)) { value in value.decimal.flatMap { range.contains($0) ? $0 : nil } }
    }

    static let aboveZero = Form.matching(.aboveZero) { value in value.decimal.flatMap { $0 > 0 ? $0 : nil } }
}

// MARK: - Combinations

extension Form {
    /// A list of at least one item; nil where any item is wrong, after all of them were read.
    static func list<Item>(of item: Form<Item>) -> Form where Value == [Item] {
        Form(.list(item.shape)) { value in
            guard let items = value.items, !items.isEmpty else {
                let found = value.items == nil ? value.found : "an empty list"
                value.refuse("expected a list, found \(found)", expected: "Each item is \(item.shape.inWords).")
                return nil
            }
            let read = items.map(item.read)
            return read.contains { $0 == nil } ? nil : read.compactMap { $0 }
        }
    }

    /// One item where most files need no more, or a list of them.
    static func oneOrMore<Item>(of item: Form<Item>) -> Form where Value == [Item] {
        let list = Form.list(of: item)
        return Form(.anyOf([item.shape, list.shape])) { value in
            value.items == nil ? item.read(value).map { [$0] } : list.read(value)
        }
    }

    /// A value, or `null` to say that there is none on purpose.
    static func orNull<Wrapped>(_ wrapped: Form<Wrapped>) -> Form where Value == Wrapped? {
        Form(.anyOf([wrapped.shape, .null])) { value in
            value.isNull ? .some(nil) : wrapped.read(value).map { .some($0) }
        }
    }
}

// MARK: - Trees

extension Form where Value == YAMLValue {
    /// A tree that is read later, when what it depends on is known.
    static func tree(_ shape: Shape) -> Form {
        Form(shape) { $0 }
    }
}
