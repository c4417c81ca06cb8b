/// The arrival of every streamed chunk of one attempt, as offsets from `started`.
///
/// Offsets are whole microseconds: what is stored is what every number is computed from, so a number computed again
/// from the database is the same.
package struct Timeline: Hashable, Sendable {
    /// Handed to the transport → the connection was ready. Not part of any latency; nil where it was not seen.
    package var connect: Duration?
    /// Started → the first byte of the response.
    package var firstByte: Duration?
    package var chunks: [Chunk]

    package init(connect: Duration? = nil, firstByte: Duration? = nil, chunks: [Chunk] = []) {
        self.connect = connect
        self.firstByte = firstByte
        self.chunks = chunks
    }

    package struct Chunk: Hashable, Sendable {
        /// Whole microseconds after `started`.
        package let microseconds: Int64
        package let kind: Kind
        /// Unicode scalars in the chunk's text: they add up over any split, which graphemes do not.
        package let characters: Int
        /// Output tokens so far, where the server says them.
        package let cumulativeTokens: Int?
        /// Read from the network together with the chunk before it, so that its time is that one's.
        package let isCoalesced: Bool

        package init(
            microseconds: Int64, kind: Kind, characters: Int, cumulativeTokens: Int? = nil, isCoalesced: Bool = false
        ) {
            self.microseconds = microseconds
            self.kind = kind
            self.characters = characters
            self.cumulativeTokens = cumulativeTokens
            self.isCoalesced = isCoalesced
        }

        /// Whether the model's own output is in it; a role, a usage record or `[DONE]` is not output.
        package var bearsTokens: Bool {
            switch kind {
            case .reasoning, .answer, .toolCall: characters > 0
            case .role, .usage, .done, .other: false
            }
        }

        /// Whether it is of use to the person who asked: an answer or a tool call, not the thinking before it.
        package var isUseful: Bool {
            bearsTokens && kind != .reasoning
        }
    }

    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case role, reasoning, answer, toolCall, usage, done, other
    }

    /// Token-bearing chunks, and of those the ones that came in the same network read as the one before them.
    ///
    /// The first of them often shares its read with the role before it; no gap between tokens is lost by that.
    package var coalescing: (chunks: Int, coalesced: Int) {
        let bearing = chunks.filter(\.bearsTokens)
        return (bearing.count, bearing.dropFirst().count(where: \.isCoalesced))
    }
}
