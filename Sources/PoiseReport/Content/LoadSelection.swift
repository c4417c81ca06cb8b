package import PoiseCore

extension ReportContent {
    /// What is said of one load alone; nil where no machine of the report was asked at it.
    package func only(_ load: Load) -> ReportContent? {
        let parts = parts.filter { $0.allLoads.contains(load) }.map { $0.cut(to: load) }
        guard var content = parts.first else { return nil }
        content.otherMachines = Array(parts.dropFirst())
        return content
    }

    private func cut(to load: Load) -> ReportContent {
        var content = self
        content.loads = [load]
        content.points.removeAll { $0.load != load }
        content.otherFront?.places.removeAll { $0.load != load }
        content.frontFigures.removeAll { $0.load != load }
        content.taskAccuracies.removeAll { $0.load != load }
        content.taskFigures.removeAll { $0.load != load }
        content.judgedShares.removeAll { $0.load != load }
        content.lags.removeAll { $0.load != load }
        return content
    }
}
