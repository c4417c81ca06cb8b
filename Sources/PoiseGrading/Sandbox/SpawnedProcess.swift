#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A process just started, in a group of its own, with our ends of its pipes. Confined to the thread that made it.
final class SpawnedProcess {
    let id: pid_t
    private let input: Descriptor
    private let output: Descriptor
    private let errors: Descriptor
    /// Held open, and closed by the kernel with this process.
    private let lifeline: Descriptor?
    /// As a shell has it; nil while the process lives.
    private var status: Int32?

    /// Starts it; what descriptors it has are the pipes and no others.
    init(_ process: ChildProcess) throws {
        let program = process.command.first ?? ""
        guard let input = Pipe(), let output = Pipe(), let errors = Pipe(), let settings = Pipe() else {
            throw SandboxFailure(notStarting: program, errno)
        }
        var theirs = [input.reading, output.writing, errors.writing]
        if !process.settings.isEmpty {
            // Few enough for the pipe to hold, so that they are written before anyone reads.
            guard settings.writing.write(process.settings[...]) == process.settings.count else {
                throw SandboxFailure(notStarting: program, errno)
            }
            theirs.append(settings.reading)
        } else if process.hasLifeline {
            theirs.append(settings.reading)
        }
        lifeline = process.hasLifeline ? settings.writing : nil
        self.input = input.writing
        self.output = output.reading
        self.errors = errors.reading
        for end in [self.input, self.output, self.errors] { end.stopBlocking() }
        // Ours of its ends close here, with the pipes, and not before: else the end of its output would never be seen.
        id = try withExtendedLifetime(theirs) { try Spawn.start(process, descriptors: theirs.map(\.number)) }
    }

    /// Writing to a process that has ended must not end this one.
    static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    // MARK: Pipes

    /// Waits for the pipes, at most so many milliseconds, and moves what they take and give.
    func exchange(_ rest: inout ArraySlice<UInt8>, into outcome: inout SandboxOutcome, limit: Int, patience: Int32) {
        if rest.isEmpty { input.close() }
        var events = [
            pollfd(fd: input.number, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: output.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors.number, events: Int16(POLLIN), revents: 0),
        ]
        // Where all it can say is said, its end is a moment away.
        let hasOutput = output.isOpen || errors.isOpen
        guard poll(&events, nfds_t(events.count), hasOutput ? patience : min(patience, 1)) > 0 else { return }
        if events[0].revents != 0 {
            let written = input.write(rest)
            if written > 0 { rest = rest.dropFirst(written) } else if !Descriptor.isTemporary(errno) { rest = [] }
        }
        var budget = limit - outcome.output.count - outcome.errors.count
        if events[1].revents != 0 { output.read(into: &outcome.output, budget: &budget) }
        if events[2].revents != 0 { errors.read(into: &outcome.errors, budget: &budget) }
        if budget < 0 { outcome.isTruncated = true }
    }

    func close() {
        for end in [input, output, errors] { end.close() }
    }

    // MARK: End

    /// Ends it and all of its group, whatever they do about signals.
    func kill() {
        // The group lives as long as one of it does; where all are gone this finds nobody.
        _ = killpg(id, SIGKILL)
    }

    /// The exit status, or 128 + the signal that ended it; nil while it lives.
    func endedStatus() -> Int32? { reap(WNOHANG) }

    /// Waits for its end, which is near: it was killed.
    func waitForStatus() -> Int32 { reap(0) ?? -1 }

    private func reap(_ options: Int32) -> Int32? {
        if let status { return status }
        var word: Int32 = 0
        var result: pid_t
        repeat { result = waitpid(id, &word, options) } while result < 0 && errno == EINTR
        if result == 0 { return nil }
        // The macros of wait.h, which Swift does not see.
        let signal = word & 0x7F
        status = result < 0 ? -1 : signal == 0 ? (word >> 8) & 0xFF : 128 + signal
        return status
    }
}

extension SandboxFailure {
    init(notStarting program: String, _ code: Int32) {
        self = .notStarted(program: program, errno: code, message: String(cString: strerror(code)))
    }
}
