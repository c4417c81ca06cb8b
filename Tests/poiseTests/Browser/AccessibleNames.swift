import PoiseCore

/// What a screen reader would call the controls of a page.
enum AccessibleNames {
    private static let roles = [
        "button", "link", "combobox", "listbox", "textbox", "searchbox", "spinbutton", "checkbox", "radio", "slider",
        "switch", "tab", "DisclosureTriangle", "region", "table", "image", "figure",
    ]

    /// Roles whose nodes may go without a name: they have their words inside.
    private static let nameless: Set<String> = ["table", "figure"]

    struct Node: Sendable, Hashable {
        let role: String
        let name: String
    }

    /// All nodes of these roles that the browser shows to a screen reader.
    static func nodes(of page: BrowserPage) async throws -> [Node] {
        try await page.send("Accessibility.enable")
        let document = try await page.send("DOM.getDocument", ["depth": .number(0)])
        guard let root = document["root"]?["nodeId"] else { throw BrowserError("the page has no document") }
        var nodes: [Node] = []
        for role in roles {
            let answer = try await page.send("Accessibility.queryAXTree", ["nodeId": root, "role": .string(role)])
            for node in answer["nodes"]?.array ?? [] where node["ignored"] != .bool(true) {
                nodes.append(Node(role: role, name: node["name"]?["value"]?.string ?? ""))
            }
        }
        return nodes
    }

    /// Controls that a screen reader could not name.
    static func missing(on page: BrowserPage) async throws -> [String] {
        try await nodes(of: page).filter { node in
            let isBlank = node.name.allSatisfy { $0.isWhitespace }
            return isBlank && !nameless.contains(node.role)
        }.map { "a \($0.role) has no name" }
    }
}
