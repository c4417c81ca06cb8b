import ArgumentParser
import Foundation
import PoiseCore
import PoiseGrading
import PoiseReport
import PoiseStore
import PoiseSuite

/// `poise judge calibrate RUBRIC LABELS`
struct JudgeCalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract:
            "Hold a rubric's judges against labels by people: how often they are right, and how often of one mind.",
        discussion: """
            Labels are JSON lines: {"input": "…", "target": "…", "response": "…", "label": "C"}; a label is a grade of \
            the rubric, and a line has the metadata that the rubric shows to judges, such as its source. Lines with two "responses" and the label A, B or T (neither) measure how the judges choose \
            between two, asked in both orders.

            Printed are sensitivity, specificity, Cohen's kappa (weighted where there are more than two grades), the \
            confusion matrix, and whether a judge repeats itself. The result is kept in the database: reports then show \
            what these judges say as they say it and corrected for their error.

            Examples:
              poise judge calibrate helpfulness labels.jsonl --judges suite.yaml --criterion "is correct"
              poise judge calibrate summary-quality labels.jsonl --judges judges.yaml --criterion "nothing invented"
            """
    )

    @Argument(help: ArgumentHelp("The rubric, by its path or its name in a Rubrics folder.", valueName: "rubric"))
    var rubric: String

    @Argument(help: ArgumentHelp("The labelled responses, as JSON lines.", valueName: "labels"))
    var labels: String

    @Option(help: ArgumentHelp("The judges: a YAML file with judges, such as a suite.", valueName: "file"))
    var judges: String

    @Option(help: ArgumentHelp("The criterion, where the rubric puts several questions to judges.", valueName: "name"))
    var criterion: String?

    @Option(help: ArgumentHelp("How often each judge is asked the same, at least.", valueName: "n"))
    var repeats = 2

    @OptionGroup var database: DatabaseOption
    @OptionGroup var trust: TrustOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...25).contains(repeats) else {
            throw ValidationError("--repeats must be from 1 to 25, and is \(repeats).")
        }
    }

    func run() async throws {
        try await Console.explaining {
            let rubric = try SuiteLoader.forPoise().load(rubricNamed: rubric)
            let named = judges
            let judges = try trust.desk.load(named, environment: ProcessInfo.processInfo.environment) {
                try $0.load(judgesAt: named)
            }
            try trust.desk.admit(judges, of: named)
            let criterion = try chosen(of: rubric)
            let grades = rubric.questions.first { $0.criterion == criterion }?.question.levels.map(\.grade) ?? []
            let labelled = try LabelsReader.labels(at: labels, grades: grades)
            let store = try RunStore(path: database.path, creating: true)
            let errors = Terminal.behind(.standardError, color: output.color)
            let calibrating = JudgeCalibrating(
                rubric: rubric, criterion: criterion, judges: judges, repeats: repeats, errors: errors)
            let file = labels
            let (calibration, _) = try await GradingWork.once(judges: judges, near: self.judges, errors: errors) {
                try await calibrating.run(labelled, file: file, panel: $0.services.judges)
            }
            guard let calibration else { throw Exit.interrupted }
            try await store.save(calibration)
            switch output.format {
            case .json: Console.result(JudgeCalibrationJSON.text(calibration), as: .json)
            case .table: Console.result(JudgeCalibrationTable.text(calibration))
            }
        }
    }

    /// The criterion that is meant.
    private func chosen(of rubric: RubricDefinition) throws -> String {
        let names = rubric.questions.map(\.criterion)
        if let criterion {
            guard names.contains(criterion) else {
                throw ValidationError(
                    "The rubric \(rubric.name) asks judges nothing called “\(criterion)”; its questions are "
                        + names.map { "“\($0)”" }.joined(separator: ", ") + ".")
            }
            return criterion
        }
        guard let only = names.first, names.count == 1 else {
            throw ValidationError(
                names.isEmpty
                    ? "The rubric \(rubric.name) asks no judge."
                    : "The rubric \(rubric.name) puts several questions to judges: name one with --criterion"
                        + " (\(names.map { "“\($0)”" }.joined(separator: ", "))).")
        }
        return only
    }
}
