package import PoiseCore

/// A request for the transport: a POST where there is a body, else a GET.
package struct HTTPRequest: Sendable {
    package var url: String
    package var headers: [String]
    package var body: [UInt8]
    package var limits: Limits

    package init(url: String, headers: [String] = [], body: [UInt8] = [], limits: Limits = Limits()) {
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
    }

    /// How long each part of an exchange may take, and how much may come.
    package struct Limits: Hashable, Sendable {
        /// Until a connection stands, TLS included.
        package var connect: Duration = .seconds(10)
        /// Without a byte, of headers or body: before the first one, or between two.
        package var stall: Duration = .seconds(120)
        /// The whole request.
        package var total: Duration = .seconds(1800)
        /// Bytes of response, headers included.
        package var size = 64 << 20

        package init() {}
    }
}

/// What came back for a request, with the instants at which it came.
package struct HTTPExchange: Sendable {
    /// The connection was ready and the request about to go: the zero of every latency.
    ///
    /// Connecting stands before it, as `connect`: llama.cpp closes the connection after each streamed response, and a
    /// new handshake is no property of the model.
    package var started: Instant
    /// Handed to the transport → `started`.
    package var connect: Duration?
    package var firstByte: Instant?
    /// The last byte was read; nil where none came.
    package var ended: Instant?
    /// The HTTP status; 0 where no response came.
    package var status = 0
    package var headers: [String: String] = [:]
    /// The events of a `text/event-stream`, in order.
    package var events: [ArrivedEvent] = []
    /// The body of any other response.
    package var body: [UInt8] = []
    /// Why the exchange ended before its end; nil where it ended properly.
    package var failure: RequestFailure?
}

/// One server-sent event and the instant at which its last byte was read.
package struct ArrivedEvent: Hashable, Sendable {
    package let data: [UInt8]
    package let at: Instant
    /// Read in one go with the event before it.
    package let isCoalesced: Bool
}
