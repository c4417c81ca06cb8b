/// How to go on with a run that is not done.
enum GoingOn {
    static func line(run: String) -> String {
        "what is finished is kept; poise run --resume \(run) goes on with it"
    }
}
