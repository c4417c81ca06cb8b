import PoiseCore
import Testing

@Suite struct TimelineCodingTests {
    // MARK: Round trips

    /// Anything that a timeline can hold, with the extremes of every number among it.
    private static func anyTimeline(using generator: inout SeededGenerator) -> Timeline {
        func pick<Value>(_ values: [Value]) -> Value { values[generator.next(below: values.count)] }
        let isWild = generator.next(below: 4) == 0
        let hasTokens = generator.next(below: 2) == 0
        let hasCoalesced = generator.next(below: 2) == 0
        var time: Int64 = 0
        let chunks = (0..<generator.next(below: pick([1, 2, 5, 40, 300]))).map { _ in
            time = isWild ? pick([0, .min, .max, -1, time]) : time + Int64(generator.next(below: 50_000))
            return Timeline.Chunk(
                microseconds: time, kind: pick(Timeline.Kind.allCases),
                characters: pick([0, 1, 4, 14, 15, 16, 127, 128, isWild ? .max : 1000]),
                cumulativeTokens: hasTokens && generator.next(below: 3) > 0
                    ? pick([0, 1, 2, 300, isWild ? .max : 7]) : nil,
                isCoalesced: hasCoalesced && generator.next(below: 2) == 0
            )
        }
        let spans: [Duration?] = [nil, .zero, .microseconds(1), .microseconds(123_456), .seconds(86_400)]
        let extremes: [Duration?] = [
            .microseconds(Int64.max / 1000), .microseconds(Int64.min / 1000), .microseconds(-1),
        ]
        return Timeline(
            connect: pick(isWild ? extremes : spans), firstByte: pick(isWild ? extremes : spans), chunks: chunks)
    }

    @Test func `any timeline comes back as it was`() throws {
        var generator = SeededGenerator(seed: 2024)
        for _ in 0..<2000 {
            let timeline = Self.anyTimeline(using: &generator)
            #expect(try Timeline(decoding: timeline.encoded()) == timeline)
        }
    }

    @Test func `an empty timeline comes back empty`() throws {
        #expect(try Timeline(decoding: Timeline().encoded()) == Timeline())
    }

    @Test func `durations are kept to the whole microsecond`() throws {
        let timeline = Timeline(connect: .nanoseconds(1999), firstByte: .nanoseconds(2000))
        let decoded = try Timeline(decoding: timeline.encoded())
        #expect(decoded.connect == .microseconds(1))
        #expect(decoded.firstByte == .microseconds(2))
    }

    @Test func `counts below 0 are stored as 0`() throws {
        let chunk = Timeline.Chunk(microseconds: 1, kind: .answer, characters: .min, cumulativeTokens: .min)
        let decoded = try Timeline(decoding: Timeline(chunks: [chunk, chunk]).encoded())
        #expect(decoded.chunks.map(\.characters) == [0, 0])
        #expect(decoded.chunks.map(\.cumulativeTokens) == [0, 0])
    }

    // MARK: Size

    struct Stream: CustomTestStringConvertible, Sendable {
        let tokensPerSecond: Double
        /// Standard deviation of a gap, as a share of it.
        var jitter = 0.1
        /// Chunks that a network read brings at once.
        var perRead = 1
        /// Whether the server says the tokens so far with every chunk.
        var saysTokens = false
        var chunks = 500

        var testDescription: String {
            "\(tokensPerSecond) tok/s ± \(jitter), \(perRead) a read\(saysTokens ? ", tokens said" : ""), \(chunks) chunks"
        }

        /// A role, some thinking, the answer, the usage and the end.
        var timeline: Timeline {
            var generator = SeededGenerator(seed: 77)
            var time = 85_000.0
            var chunks: [Timeline.Chunk] = [.init(microseconds: 84_000, kind: .role, characters: 0)]
            for index in 0..<self.chunks {
                let isCoalesced = index % perRead != 0
                if !isCoalesced {
                    // The sum of twelve uniforms is normal enough.
                    let normal = (0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() }
                    time += Double(perRead) * max(0, 1 + jitter * normal) * 1e6 / tokensPerSecond
                }
                chunks.append(
                    .init(
                        microseconds: Int64(time), kind: index < self.chunks / 4 ? .reasoning : .answer,
                        characters: 1 + generator.next(below: 9), cumulativeTokens: saysTokens ? index + 1 : nil,
                        isCoalesced: isCoalesced
                    )
                )
            }
            chunks.append(
                .init(microseconds: Int64(time), kind: .usage, characters: 0, cumulativeTokens: self.chunks))
            chunks.append(.init(microseconds: Int64(time) + 90, kind: .done, characters: 0))
            return Timeline(connect: .microseconds(300), firstByte: .microseconds(83_900), chunks: chunks)
        }
    }

    @Test(arguments: [
        Stream(tokensPerSecond: 30), Stream(tokensPerSecond: 30, jitter: 0.2), Stream(tokensPerSecond: 100),
        Stream(tokensPerSecond: 100, jitter: 0.5), Stream(tokensPerSecond: 10_000),
        Stream(tokensPerSecond: 10_000, jitter: 1), Stream(tokensPerSecond: 10_000, perRead: 2),
        Stream(tokensPerSecond: 10_000, perRead: 3), Stream(tokensPerSecond: 100, perRead: 2),
        Stream(tokensPerSecond: 30, saysTokens: true), Stream(tokensPerSecond: 100, saysTokens: true),
        Stream(tokensPerSecond: 10_000, perRead: 2, saysTokens: true), Stream(tokensPerSecond: 100, chunks: 60),
    ])
    func `a realistic stream takes at most 3 bytes a chunk`(stream: Stream) throws {
        let timeline = stream.timeline
        let bytes = timeline.encoded()
        #expect(try Timeline(decoding: bytes) == timeline)
        #expect(Double(bytes.count) / Double(timeline.chunks.count) <= 3)
    }

    // MARK: Damage

    @Test func `a stored timeline that was cut off is never taken for a whole one`() {
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<60 {
            let bytes = Self.anyTimeline(using: &generator).encoded()
            for length in 0..<bytes.count {
                #expect(throws: Timeline.CodingFailure.self) { try Timeline(decoding: Array(bytes[..<length])) }
            }
        }
    }

    @Test func `bytes after the end are damage`() {
        let bytes = Stream(tokensPerSecond: 100).timeline.encoded()
        for extra in [UInt8(0), 1, 255] {
            #expect(throws: Timeline.CodingFailure.damaged(at: bytes.count)) {
                try Timeline(decoding: bytes + [extra])
            }
        }
    }

    @Test func `another version is named`() {
        #expect(throws: Timeline.CodingFailure.unknownVersion(9)) { try Timeline(decoding: [9, 0, 0]) }
        #expect(Timeline.CodingFailure.unknownVersion(9).errorDescription?.contains("version 9") == true)
        #expect(Timeline.CodingFailure.damaged(at: 4).errorDescription?.contains("byte 4") == true)
    }

    /// Reads damaged bytes; what can be read must be of a sane size and usable.
    private func expectHarmless(_ bytes: [UInt8]) {
        guard let timeline = try? Timeline(decoding: bytes) else { return }
        #expect(timeline.chunks.count <= bytes.count * 2)
        #expect((try? Timeline(decoding: timeline.encoded())) == timeline)
        let metrics = TrialMetrics(timeline: timeline, report: ServerReport())
        #expect(metrics.ttft == nil || metrics.latency != nil)
    }

    @Test func `flipped bits neither crash nor give what cannot be used`() {
        let bytes = Stream(tokensPerSecond: 100, perRead: 2, saysTokens: true, chunks: 40).timeline.encoded()
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                expectHarmless(damaged)
            }
        }
    }

    @Test func `random bytes neither crash nor give what cannot be used`() {
        var generator = SeededGenerator(seed: 32)
        for _ in 0..<20_000 {
            let random = (0..<generator.next(below: 40)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            expectHarmless(random)
            // Past the version and the flags, and with a small count, so that the columns are reached.
            expectHarmless([1, UInt8(generator.next(below: 16)), UInt8(generator.next(below: 12))] + random)
        }
    }

    @Test(
        arguments: [
            [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
            [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
            [1, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0],
            [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02, 0],
            [1, 0, 2, 0, 0, 2, 200, 0],
        ] as [[UInt8]])
    func `counts and lengths beyond all reason are damage`(bytes: [UInt8]) {
        #expect(throws: Timeline.CodingFailure.self) { try Timeline(decoding: bytes) }
    }
}
