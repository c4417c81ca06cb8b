import PoiseCore

/// What a page did that a reader must never meet: words on the console, errors, dialogs, requests.
struct PageRecord: Sendable {
    /// Each with its level; refusals by the Content-Security-Policy are among them.
    var console: [String] = []
    var exceptions: [String] = []
    var dialogs: [String] = []
    /// Addresses that are neither files nor data.
    var requests: [String] = []
    /// Loads that have ended.
    var loads = 0

    /// All of it, for an expectation that none is there.
    var complaints: [String] {
        console.map { "console: \($0)" } + exceptions.map { "exception: \($0)" } + dialogs.map { "dialog: \($0)" }
            + requests.map { "request: \($0)" }
    }

    mutating func take(_ event: String, _ parameters: JSONValue) {
        switch event {
        case "Page.loadEventFired": loads += 1
        case "Runtime.consoleAPICalled":
            let words =
                (parameters["arguments"] ?? parameters["args"])?.array?
                .map { ($0["value"] ?? $0["description"])?.text ?? $0.text } ?? []
            console.append("\(parameters["type"]?.string ?? "") \(words.joined(separator: " "))")
        case "Log.entryAdded":
            let entry = parameters["entry"]
            console.append("\(entry?["level"]?.string ?? "") \(entry?["text"]?.string ?? "")")
        case "Runtime.exceptionThrown":
            let details = parameters["exceptionDetails"]
            exceptions.append(
                details?["exception"]?["description"]?.string ?? details?["text"]?.string ?? parameters.text)
        case "Page.javascriptDialogOpening": dialogs.append(parameters["message"]?.string ?? "")
        case "Network.requestWillBeSent":
            let address = parameters["request"]?["url"]?.string ?? ""
            let isInside = ["file:", "data:", "about:", "blob:"].contains { address.hasPrefix($0) }
            if !isInside { requests.append(address) }
        default: break
        }
    }
}
