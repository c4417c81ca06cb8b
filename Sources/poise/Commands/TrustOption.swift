import ArgumentParser

/// `--trust`
struct TrustOption: ParsableArguments {
    @Flag(
        name: .customLong("trust"),
        help: """
            Give the suite what it asks for beyond its own folder and repository: files elsewhere, keys sent to hosts \
            elsewhere, engines found beside it. Remembered for this suite, in poise/trusted under XDG_DATA_HOME; what is \
            new is asked again.
            """)
    var isGiven = false

    var desk: TrustDesk { .ofUser(isGiven: isGiven) }
}
