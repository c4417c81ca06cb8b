import PoiseCore

/// The samples of the page with the responses to them: a section for each machine that has any.
struct SamplesView {
    let isShown: Bool
    let sections: [SamplesSection]

    init(_ content: ReportContent) {
        let parts = content.parts
        var sections: [SamplesSection] = []
        var anchors = SampleAnchors()
        for (index, part) in parts.enumerated() {
            guard let detail = part.detail, !detail.transcripts.candidates.isEmpty else { continue }
            sections.append(
                SamplesSection(
                    detail, suffix: sections.isEmpty ? "" : "-\(index + 1)", machine: parts.machineName(index),
                    anchors: &anchors))
        }
        self.sections = sections
        isShown = !sections.isEmpty
    }
}

/// One machine's samples.
struct SamplesSection {
    let suffix: String
    let heading: String
    let finding: String
    let coverage: String
    let redaction: String
    /// Of the two that are shown at first; the second is empty where there is one alone.
    let first: String
    let second: String
    let hasPair: Bool
    let hasSamples: Bool
    /// As the script reads the outcomes of a sample.
    let candidates: [Choice]
    let tasks: [Choice]
    let hasTasks: Bool
    let samples: [SampleView]
    let count: String

    struct Choice {
        let name: String
        let isFirst: Bool
        let isSecond: Bool
    }

    init(_ detail: PageDetail, suffix: String, machine: String, anchors: inout SampleAnchors) {
        let transcripts = detail.transcripts
        self.suffix = suffix
        heading = TranscriptWords.heading(transcripts) + (machine.isEmpty ? "" : ", on \(machine)")
        finding = TranscriptWords.finding(transcripts)
        coverage = TranscriptWords.coverage(transcripts)
        redaction = RedactionWords.sentence(detail.redactions) ?? ""
        let pair = transcripts.pair
        first = pair?.base ?? transcripts.candidates.first ?? ""
        second = pair?.candidate ?? ""
        hasPair = pair != nil
        hasSamples = !transcripts.samples.isEmpty
        candidates = transcripts.candidates.map {
            Choice(name: $0, isFirst: $0 == pair?.base, isSecond: $0 == pair?.candidate)
        }
        var names: [String] = []
        for sample in transcripts.samples where names.last != sample.task { names.append(sample.task) }
        tasks = names.map { Choice(name: $0, isFirst: false, isSecond: false) }
        hasTasks = names.count > 1
        let places = [first, second].compactMap { transcripts.candidates.firstIndex(of: $0) }
        samples = transcripts.samples.map { sample in
            SampleView(
                sample, anchor: anchors.next(sample), task: names.firstIndex(of: sample.task) ?? 0, places: places)
        }
        count = Numbers.counted(transcripts.samples.count, "sample")
    }
}

/// The ids of samples on a page: the same on every page, so that a link to a sample goes on leading there.
struct SampleAnchors {
    private var taken: Set<String> = []

    /// `s-add-add-017`
    mutating func next(_ sample: Transcripts.Entry) -> String {
        let name = "s-\(Self.plain(sample.task))-\(Self.plain(sample.sample))"
        var anchor = name
        var number = 1
        while !taken.insert(anchor).inserted {
            number += 1
            anchor = "\(name)-\(number)"
        }
        return anchor
    }

    /// Letters and digits of ASCII, and hyphens; short enough for a link.
    private static func plain(_ name: String) -> String {
        String(
            name.unicodeScalars.prefix(60).map { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9": Character(scalar)
                default: "-"
                }
            })
    }
}
