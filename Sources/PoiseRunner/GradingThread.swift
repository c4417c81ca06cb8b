import Dispatch

/// Where responses are graded while requests are in flight: one thread, apart from those that carry the requests.
///
/// A grader may take milliseconds. Swift's tasks share as many threads as there are cores: two slow graders would hold up
/// every request that is due meanwhile, and each takes a core from the thread that reads the clock.
final class GradingThread: TaskExecutor {
    private let queue = DispatchQueue(label: "poise.grading", qos: .utility)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
