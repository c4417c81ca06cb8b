package import PoiseCore

/// Takes in a response's body on the transport's thread, as it arrives.
///
/// Confined to that thread until the exchange has ended, and to whoever asked for it from then on: conformers are
/// `@unchecked Sendable` for that reason. Nothing that blocks may run in it.
package protocol BodyReader: AnyObject, Sendable {
    /// Called once, before the first bytes of the body.
    ///
    /// - Parameters:
    ///   - status: of HTTP.
    ///   - headers: of the response.
    func begin(status: Int, headers: HTTPHeaders)

    /// - Parameters:
    ///   - bytes: of the body, only there during the call.
    ///   - at: when the read returned; several calls share it where one read of the network came in pieces.
    ///   - read: a number that differs between reads: events that end in the same read are coalesced.
    func receive(_ bytes: UnsafeRawBufferPointer, at: Instant, read: UInt64)

    /// Whether the model's own output has begun, which ends the wait for the first token.
    var hasOutput: Bool { get }

    /// Whether nothing more is worth reading: the stream said that it is done, or is broken beyond use.
    ///
    /// The transport may then end the exchange without an error: an endpoint that says so and never closes must not hang
    /// a run.
    var isFinished: Bool { get }
}

/// Keeps a small body whole, for requests that are no generation.
package final class CollectingReader: BodyReader, @unchecked Sendable {  // Confined, as the protocol says.
    private let maximum: Int
    private var collected: [UInt8] = []

    /// - Parameter maximum: bytes that are kept; what is larger is cut there.
    package init(maximum: Int = 1 << 20) {
        self.maximum = maximum
    }

    package var body: [UInt8] { collected }
    package var hasOutput: Bool { !collected.isEmpty }
    package var isFinished: Bool { collected.count >= maximum }

    package func begin(status: Int, headers: HTTPHeaders) {}

    package func receive(_ bytes: UnsafeRawBufferPointer, at: Instant, read: UInt64) {
        collected.append(contentsOf: bytes.prefix(maximum - collected.count))
    }
}
