import PoiseCore
import Testing

@testable import PoiseReport

struct LivePageTests {
    @Test func `a page in a file asks nothing, and that of a run that goes on asks its own server alone`() throws {
        let file = try HTMLReport.page(Demo.content())
        let live = try HTMLReport.live(Demo.content(), version: 3)
        #expect(!file.contains("connect-src") && !file.contains("fetch(") && !file.contains("data-live"))
        #expect(file.contains("This file makes no request."))
        #expect(live.contains("connect-src &#39;self&#39;") && live.contains("fetch('state'"))
        #expect(live.contains("<html lang=\"en\" data-live=\"3\">"))
        #expect(!live.contains("This file makes no request."))
    }

    @Test func `the live script is all of the page's, and what asks for more`() {
        #expect(PageStyle.liveScript.hasPrefix(PageStyle.script.dropLast(4)))
        #expect(PageStyle.liveScript.count > PageStyle.script.count)
    }

    @Test func `the script knows a replay by what the player sets, and claims no end that nobody told it`() throws {
        let live = try HTMLReport.live(Demo.content(), version: 3)
        #expect(live.contains("$('.player[data-state=playing]')"))
        #expect(live.contains("player.dataset.state = playing ? 'playing'"))
        #expect(live.contains("Poise no longer answers here.") && !live.contains("the run has ended"))
    }

    @Test func `the page that waits has the script that asks for more, and no name as markup`() {
        let page = HTMLReport.waiting(suite: "</title><b>")
        #expect(page.contains("data-live=\"0\"") && page.contains("fetch('state'"))
        #expect(!page.contains("<b>"))
    }
}
