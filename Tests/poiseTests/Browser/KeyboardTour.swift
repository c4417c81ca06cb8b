import Foundation
import PoiseCore

/// A tour over a page by the Tab key: what it reaches, in which order, and whether one sees where one is.
struct KeyboardTour: Sendable {
    /// What should be reached, in the order of the document.
    let expected: [String]
    /// What was reached.
    let reached: [String]
    /// Stops that look the same with the focus as without it.
    let unseen: [String]
    /// Stops of which no part was to be seen when they had the focus (WCAG 2.2, 2.4.11).
    let obscured: [String]

    /// Presses Tab until the focus leaves the page or comes back to the first stop.
    init(on page: BrowserPage) async throws {
        let list = try await page.strings(Self.preparation)
        var (stops, unseen, obscured): ([String], [String], [String]) = ([], [], [])
        for _ in 0..<(list.count + 10) {
            try await page.press("Tab")
            let stop = try await page.evaluate(Self.look)
            guard let name = stop["name"]?.string, !stops.contains(name) else { break }
            stops.append(name)
            if stop["isSeen"] != .bool(true) { unseen.append(name) }
            if stop["isInWindow"] != .bool(true) { obscured.append(name) }
        }
        (expected, reached, self.unseen, self.obscured) = (list, stops, unseen, obscured)
    }

    /// Numbers what can have the focus, and keeps how each looks without it.
    private static let preparation = """
        (() => {
            const look = element => [element, ...element.querySelectorAll('*')].slice(0, 12).map(each => {
                const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor, stroke, strokeWidth, textDecorationLine } = getComputedStyle(each)
                return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth + outlineColor, boxShadow, backgroundColor, borderColor, stroke, strokeWidth, textDecorationLine].join()
            }).join(';')
            window.tour = { look, names: new Map(), looks: new Map() }
            document.activeElement?.blur()
            const shown = element => element.checkVisibility({ checkVisibilityCSS: true })
            const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
                .filter(element => element.tabIndex >= 0 && !element.disabled && shown(element) && !element.closest('[inert]'))
                .filter(element => element.type !== 'radio' || element.checked || !document.querySelector(`input[name="${CSS.escape(element.name)}"]:checked`))
                .filter(element => element.tagName !== 'SUMMARY' || element === element.parentElement.querySelector('summary'))
            stops.forEach((element, i) => {
                const words = (element.getAttribute('aria-label') || element.textContent || element.id).replace(/\\s+/g, ' ').trim().slice(0, 40)
                tour.names.set(element, `${i + 1} ${element.tagName.toLowerCase()} “${words}”`)
                tour.looks.set(element, look(element))
            })
            return [...tour.names.values()]
        })()
        """

    private static let look = """
        (() => {
            const element = document.activeElement
            if (!element || element === document.body || element === document.documentElement) return {}
            const box = element.getBoundingClientRect()
            const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]]
                .map(([x, y]) => [Math.min(Math.max(box.left + box.width * x, 0), innerWidth - 1), Math.min(Math.max(box.top + box.height * y, 0), innerHeight - 1)])
            const isIn = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
            return {
                name: tour.names.get(element) || `unforeseen: ${element.outerHTML.slice(0, 80)}`,
                isSeen: tour.look(element) !== tour.looks.get(element),
                isInWindow: isIn && (element.ownerSVGElement || points.some(([x, y]) => element.contains(document.elementFromPoint(x, y)))) ? true : false,
            }
        })()
        """
}
