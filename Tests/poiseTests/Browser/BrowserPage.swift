import Foundation
import PoiseCore
import Synchronization

/// One page in the browser, with storage of its own; what goes wrong on it is recorded from its first byte on.
final class BrowserPage: Sendable {
    let browser: DevToolsPipe
    let session: String
    private let kept = Mutex(PageRecord())

    var record: PageRecord { kept.withLock { $0 } }

    private init(browser: DevToolsPipe, session: String) {
        self.browser = browser
        self.session = session
    }

    /// How a page is opened.
    struct View: Sendable, CustomStringConvertible {
        var width = 1280
        var height = 900
        var isDark = false
        var hasScript = true

        var description: String { "\(width) px, \(isDark ? "dark" : "light")\(hasScript ? "" : ", no script")" }
    }

    /// Opens a file, hands the page over and closes it.
    static func open<Value: Sendable>(
        _ file: String, _ view: View = View(), _ body: (BrowserPage) async throws -> Value
    ) async throws -> Value {
        let browser = try await Chromium.shared.value
        let context = try await text(browser.send("Target.createBrowserContext"), "browserContextId")
        let target = try await text(
            browser.send(
                "Target.createTarget", ["url": .string("about:blank"), "browserContextId": .string(context)]),
            "targetId")
        let session = try await text(
            browser.send("Target.attachToTarget", ["targetId": .string(target), "flatten": .bool(true)]), "sessionId")
        let page = BrowserPage(browser: browser, session: session)
        browser.listen(to: session) { [weak page] in page?.take($0, $1) }
        let result: Result<Value, any Error>
        do {
            try await page.prepare(view)
            try await page.load(file)
            result = .success(try await body(page))
        } catch {
            result = .failure(error)
        }
        browser.listen(to: session, nil)
        _ = try? await browser.send("Target.disposeBrowserContext", ["browserContextId": .string(context)])
        return try result.get()
    }

    private static func text(_ answer: JSONValue, _ key: String) throws -> String {
        guard let text = answer[key]?.string else { throw BrowserError("the browser's answer has no \(key)") }
        return text
    }

    private func take(_ event: String, _ parameters: JSONValue) {
        kept.withLock { $0.take(event, parameters) }
        guard event == "Page.javascriptDialogOpening" else { return }
        // The page stands still until it is answered.
        Task { try await send("Page.handleJavaScriptDialog", ["accept": .bool(false)]) }
    }

    private func prepare(_ view: View) async throws {
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] { try await send("\(domain).enable") }
        try await resize(view.width, view.height)
        try await emulate(dark: view.isDark)
        if !view.hasScript { try await send("Emulation.setScriptExecutionDisabled", ["value": .bool(true)]) }
    }

    /// Loads a file in the place of what the page shows.
    func load(_ file: String) async throws {
        let address = URL(fileURLWithPath: file).absoluteString
        let before = record.loads
        let answer = try await send("Page.navigate", ["url": .string(address)])
        if let problem = answer["errorText"]?.string { throw BrowserError("\(address): \(problem)") }
        // An event that is awaited by asking: each question waits for its answer.
        let end = ContinuousClock.now + .seconds(60)
        while record.loads == before {
            guard ContinuousClock.now < end else { throw BrowserError("\(address) did not load in time") }
            try await browser.send("Browser.getVersion")
        }
    }

    /// A command for this page.
    @discardableResult
    func send(_ method: String, _ parameters: [String: JSONValue] = [:]) async throws -> JSONValue {
        try await browser.send(method, parameters, session: session)
    }

    // MARK: - Asking the page

    /// The value of an expression; of a promise, what it came to.
    @discardableResult
    func evaluate(_ expression: String) async throws -> JSONValue {
        let answer = try await send(
            "Runtime.evaluate",
            ["expression": .string(expression), "returnByValue": .bool(true), "awaitPromise": .bool(true)])
        if let details = answer["exceptionDetails"] {
            let text = details["exception"]?["description"]?.string ?? details["text"]?.string ?? details.text
            throw BrowserError("\(text)\nin \(expression.prefix(300))")
        }
        return answer["result"]?["value"] ?? .null
    }

    func string(_ expression: String) async throws -> String {
        guard let text = try await evaluate("String(\(expression))").string else {
            throw BrowserError("no text: \(expression)")
        }
        return text
    }

    func number(_ expression: String) async throws -> Double {
        let value = try await evaluate(expression)
        guard let number = value.number else { throw BrowserError("\(expression) is \(value.text) and no number") }
        return number
    }

    func strings(_ expression: String) async throws -> [String] {
        let value = try await evaluate("[...(\(expression))].map(String)")
        guard let texts = value.array?.compactMap(\.string) else { throw BrowserError("no list: \(expression)") }
        return texts
    }

    func isTrue(_ expression: String) async throws -> Bool {
        try await evaluate("Boolean(\(expression))") == .bool(true)
    }

    /// Whether a selector finds something.
    func has(_ selector: String) async throws -> Bool {
        try await isTrue("document.querySelector(\(Self.quoted(selector)))")
    }

    /// Waits until a condition holds on the page, which is asked there every 20 ms.
    func until(_ condition: String, seconds: Int = 30, _ what: String = "") async throws {
        let held = try await evaluate(
            """
            new Promise((yes, no) => {
                const end = performance.now() + \(seconds * 1000)
                const look = () => {
                    try { if (\(condition)) return yes(true) } catch (error) { return no(error) }
                    if (performance.now() > end) yes(false)
                    else setTimeout(look, 20)
                }
                look()
            })
            """)
        guard held == .bool(true) else { throw BrowserError("\(what) never came to hold: \(condition)") }
    }

    static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
