import PoiseCore

extension HTMLReport {
    /// The page of a run that goes on, for the server that made it: it asks there for newer ones.
    ///
    /// - Parameter version: counts the pages of this run.
    package static func live(_ content: ReportContent, version: Int) throws -> String {
        try page(PageView(content, liveVersion: version), template: "page")
    }

    /// What stands there until the first page is made: the frame, and the script that asks for more.
    package static func waiting(suite: String) -> String {
        let script = PageStyle.liveScript
        return """
            <!doctype html>
            <html lang="en" data-live="0">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\
            \(Markup.escaped(PageView.policy(style: PageStyle.livePage, script: script, isLive: true)))">
            <title>\(Markup.escaped(suite)), under way: Poise</title>
            <link rel="icon" href="data:,">
            <style>\(PageStyle.livePage)</style>
            </head>
            <body>
            <header class="site"></header>
            <main><div class="wrap top" id="answer"><div><h1>\(Markup.escaped(suite)) is under way.</h1>
            <p class="verdict">The page stands here as soon as something is measured.</p></div></div></main>
            <script type="application/json" id="data">{}</script>
            <script>\(script)</script>
            </body>
            </html>

            """
    }
}
