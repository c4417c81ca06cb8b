package import PoiseCore

/// A request for the transport: a POST where there is a body, else a GET.
package struct HTTPRequest: Sendable {
    package var url: String
    package var headers: [String]
    package var body: [UInt8]
    package var connection: Connection
    package var limits: Limits
    /// Whether it opens a connection of its own, which is kept for later requests, though another one is idle.
    package var opensConnection = false

    package init(
        url: String, headers: [String] = [], body: [UInt8] = [], connection: Connection = Connection(),
        limits: Limits = Limits()
    ) {
        self.url = url
        self.headers = headers
        self.body = body
        self.connection = connection
        self.limits = limits
    }

    /// How the connection is made.
    package struct Connection: Hashable, Sendable {
        /// 1 or 2; HTTP/2 without TLS by prior knowledge.
        package var httpVersion = 1
        /// A PEM file in place of the system's certificate authorities.
        package var caFile: String?
        /// In place of what the environment names.
        package var proxy: String?

        package init() {}

        package init(_ settings: ConnectionSettings?) {
            httpVersion = settings?.httpVersion ?? 1
            caFile = settings?.caFile
            proxy = settings?.proxy
        }
    }

    /// How long each part of an exchange may take, and how much may come.
    package struct Limits: Hashable, Sendable {
        /// Until a connection stands, TLS included.
        package var connect: Duration
        /// From there until the model's own output begins.
        package var firstToken: Duration
        /// Without a byte, from the first output on.
        package var stall: Duration
        /// The whole request.
        package var total: Duration
        /// Bytes of response, headers included.
        package var size = 64 << 20

        package init(_ limits: RequestLimits = RequestLimits()) {
            connect = .seconds(limits.connect)
            firstToken = .seconds(limits.firstToken)
            stall = .seconds(limits.stall)
            total = .seconds(limits.total)
        }
    }
}

/// What became of a request, with the instants at which it did; the body is the reader's.
package struct HTTPExchange: Sendable {
    /// The connection was ready and the request about to go: the zero of every latency.
    ///
    /// Connecting stands before it, as `connect`: llama.cpp closes the connection after each streamed response, and a
    /// new handshake is no property of the model.
    package var started: Instant
    /// Handed to the transport → `started`; nil where no connection stood.
    package var connect: Duration?
    package var firstByte: Instant?
    /// The last byte was read; nil where none came.
    package var ended: Instant?
    /// The HTTP status; 0 where no response came.
    package var status = 0
    package var headers = HTTPHeaders()
    /// Why the exchange ended before its end; nil where it ended properly.
    package var failure: RequestFailure?
    /// Connections that it opened: 0 where a kept one took it.
    package var openedConnections = 0
    /// How connecting went; only of a request that asked for a connection of its own, and where it stood.
    package var phases: Phases?

    /// The parts of connecting, each from where the one before it ended.
    package struct Phases: Hashable, Sendable {
        package let nameLookup: Duration
        package let connecting: Duration
        /// nil without TLS.
        package let handshake: Duration?

        package init(nameLookup: Duration, connecting: Duration, handshake: Duration?) {
            self.nameLookup = nameLookup
            self.connecting = connecting
            self.handshake = handshake
        }
    }

    package init(started: Instant) {
        self.started = started
    }
}
