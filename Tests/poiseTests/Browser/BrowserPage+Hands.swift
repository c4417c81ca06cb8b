import Foundation
import PoiseCore

/// What a person does with a page: a mouse and a keyboard that the page cannot tell from real ones.
extension BrowserPage {
    /// Clicks in the middle of the first element that a selector finds; it must be there to be hit.
    func click(_ selector: String) async throws {
        let (x, y) = try await middle(of: selector)
        for (type, button) in [("mouseMoved", "none"), ("mousePressed", "left"), ("mouseReleased", "left")] {
            try await mouse(type, x, y, button: button)
        }
    }

    func hover(_ selector: String) async throws {
        let (x, y) = try await middle(of: selector)
        try await mouse("mouseMoved", x, y, button: "none")
    }

    private func mouse(_ type: String, _ x: Double, _ y: Double, button: String) async throws {
        try await send(
            "Input.dispatchMouseEvent",
            [
                "type": .string(type), "x": .number(x), "y": .number(y), "button": .string(button),
                "clickCount": .number(button == "none" ? 0 : 1),
            ])
    }

    /// Where an element can be hit, after it was brought into the window.
    private func middle(of selector: String) async throws -> (x: Double, y: Double) {
        let place = try await evaluate(
            """
            (() => {
                const element = document.querySelector(\(Self.quoted(selector)))
                if (!element) return 'nothing is found'
                if (!element.checkVisibility({ checkVisibilityCSS: true })) return 'it is not shown'
                element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
                const box = element.getBoundingClientRect()
                if (!box.width || !box.height) return 'it has no size'
                const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
                const hit = document.elementFromPoint(x, y)
                const isHit = hit && (element.contains(hit) || hit.closest('label')?.control === element)
                if (!isHit) return 'it is covered by ' + (hit ? hit.outerHTML.slice(0, 120) : 'nothing: out of the window')
                return { x, y }
            })()
            """)
        guard let x = place["x"]?.number, let y = place["y"]?.number else {
            throw BrowserError("\(selector): \(place.string ?? place.text)")
        }
        return (x, y)
    }

    /// Presses a key by its name, as `Tab`, `Enter`, `ArrowDown` or `a`.
    ///
    /// - Parameter count: how often.
    func press(_ key: String, shift: Bool = false, count: Int = 1) async throws {
        let codes = [
            "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36,
            "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
        ]
        let text = key == "Enter" ? "\r" : key.count == 1 ? key : nil
        guard let code = codes[key] ?? text.flatMap({ $0.uppercased().unicodeScalars.first.map { Int($0.value) } })
        else { throw BrowserError("no such key: \(key)") }
        var down: [String: JSONValue] = [
            "type": .string(text == nil ? "rawKeyDown" : "keyDown"), "key": .string(key),
            "code": .string(key == " " ? "Space" : key), "windowsVirtualKeyCode": .number(Double(code)),
            "modifiers": .number(shift ? 8 : 0),
        ]
        down["text"] = text.map { .string($0) }
        var up = down
        up["type"] = .string("keyUp")
        up["text"] = nil
        for _ in 0..<count {
            try await send("Input.dispatchKeyEvent", down)
            try await send("Input.dispatchKeyEvent", up)
        }
    }

    /// Puts the focus on an element, as the Tab key would.
    func focus(_ selector: String) async throws {
        let element = "document.querySelector(\(Self.quoted(selector)))"
        guard try await isTrue("(\(element)?.focus({ focusVisible: true }), document.activeElement === \(element))")
        else {
            throw BrowserError("\(selector) takes no focus")
        }
    }

    /// Writes a text into the field that has the focus, over what stands in it.
    func type(_ text: String) async throws {
        try await evaluate("document.activeElement.select?.()")
        try await send("Input.insertText", ["text": .string(text)])
    }

    /// Chooses an option of a list by its value, by the arrow keys alone.
    func choose(_ value: String, in selector: String) async throws {
        let list = "document.querySelector(\(Self.quoted(selector)))"
        let place = try await number("[...\(list).options].findIndex(option => option.value === \(Self.quoted(value)))")
        guard place >= 0 else { throw BrowserError("\(selector) has no option \(value)") }
        try await focus(selector)
        let steps = Int(place) - Int(try await number("\(list).selectedIndex"))
        try await press(steps < 0 ? "ArrowUp" : "ArrowDown", count: abs(steps))
        guard try await string("\(list).value") == value else {
            throw BrowserError("\(selector) did not take \(value)")
        }
    }
}
