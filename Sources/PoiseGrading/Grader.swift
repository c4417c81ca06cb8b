package import PoiseCore

/// Turns responses into scores, as a task's file says.
package struct Grader: Sendable {
    /// The name of the check or the rubric.
    package let name: String
    private let measure: Measure

    private enum Measure: Sendable {
        case check(any Check)
        case rubric(Rubric)
    }

    /// Throws where the file names a check or an option that does not exist, or gives an option that cannot be used.
    package init(_ definition: GraderDefinition) throws(GraderError) {
        name = definition.name
        measure =
            switch definition {
            case .check(let check): .check(try CheckCatalog.check(for: check))
            case .rubric(let rubric): .rubric(try Rubric(rubric))
            }
    }

    /// Scores the answer of a response; its reasoning is never looked at, also where the server left it in the answer.
    package func grade(_ response: Response, sample: Sample) -> GraderScore {
        let reading = InlineReasoning(response)
        let (score, criteria): (Score, [CriterionScore]) =
            switch measure {
            case .check(let check): (check.score(reading.answer, for: sample), [])
            case .rubric(let rubric): rubric.score(reading.answer, for: sample)
            }
        return GraderScore(grader: name, score: score.noting(Self.notes(on: response, reading)), criteria: criteria)
    }

    /// What a reader of a score must know of the response.
    private static func notes(on response: Response, _ reading: InlineReasoning) -> [String] {
        var notes: [String] = []
        if reading.answer.isBlank {
            if reading.isUnclosed {
                notes.append("it never ended its reasoning, which is not graded")
            } else if !response.reasoning.isBlank || !response.answer.isBlank {
                notes.append("all that came was reasoning, which is not graded")
            }
            if !response.toolCalls.isBlank { notes.append("it called tools, which is not graded") }
        }
        if response.finishReason == "length" { notes.append("the response was cut at the length cap") }
        return notes
    }
}

extension Score {
    /// The same score with more in its explanation; a reason is left as it is.
    fileprivate func noting(_ notes: [String]) -> Score {
        guard case .scored(let value, let answer, let explanation) = self, !notes.isEmpty else { return self }
        return .scored(value: value, answer: answer, explanation: ([explanation] + notes).joined(separator: "; "))
    }
}
