import Foundation
import PoiseCore

/// Windows, themes and paper.
extension BrowserPage {
    func resize(_ width: Int, _ height: Int = 900) async throws {
        try await send(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .number(Double(width)), "height": .number(Double(height)), "deviceScaleFactor": .number(1),
                "mobile": .bool(false),
            ])
    }

    /// What the system asks for; motion is reduced, so that nothing is measured on its way.
    ///
    /// - Parameter medium: `screen` or `print`.
    func emulate(dark: Bool, medium: String = "screen") async throws {
        let features = [("prefers-color-scheme", dark ? "dark" : "light"), ("prefers-reduced-motion", "reduce")]
        try await send(
            "Emulation.setEmulatedMedia",
            [
                "media": .string(medium),
                "features": .array(features.map { .object(["name": .string($0.0), "value": .string($0.1)]) }),
            ])
    }

    /// The page on paper: a PDF file's bytes.
    func printed() async throws -> Data {
        let answer = try await send(
            "Page.printToPDF", ["printBackground": .bool(true), "preferCSSPageSize": .bool(true)])
        return try Self.bytes(answer)
    }

    /// Writes what the window shows to a PNG file; for those who look for a finding's cause.
    func screenshot(to path: String) async throws {
        let answer = try await send("Page.captureScreenshot", ["format": .string("png")])
        try Self.bytes(answer).write(to: URL(fileURLWithPath: path))
    }

    private static func bytes(_ answer: JSONValue) throws -> Data {
        guard let text = answer["data"]?.string, let data = Data(base64Encoded: text) else {
            throw BrowserError("the browser's answer has no data")
        }
        return data
    }
}
