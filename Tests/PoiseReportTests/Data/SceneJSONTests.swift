import PoiseCore
import Testing

@testable import PoiseReport

struct SceneJSONTests {
    @Test func `a scene stands with its gaps and its passages`() {
        let text = SceneJSON.scenes([Scenes.scene([Scenes.take()])]).text
        #expect(
            text
                == #"[{"task": "add", "sample": "add-1", "kind": "short", "load": 1, "question": "2+2?", "takes": "#
                + #"[{"candidate": "tiny-m@f16", "score": 1, "latency": 70, "decodedTokens": 2, "completeAt": 2, "#
                + #""leftOut": 0, "gaps": [50, 10, 10], "characters": [3, 3, 2], "passages": "#
                + #"[{"kind": "prose", "start": 0, "text": "It is 4."}]}]}]"#)
    }

    @Test func `gaps add up to the recorded time, and chunks of one length are one number`() {
        var take = Scenes.take("a", Array(repeating: "x", count: 100), completeAt: nil)
        for index in take.chunks.indices { take.chunks[index].microseconds = Int64(index + 1) * 33_333 }
        let text = SceneJSON.scenes([Scenes.scene([take])]).text
        let gaps = text.components(between: "\"gaps\": [", and: "]").split(separator: ", ").compactMap { Double($0) }
        #expect(gaps.count == 100)
        #expect((gaps.reduce(0, +) - 3333.3).magnitude < 1e-6 && gaps[1] == 33.333)
        #expect(text.contains("\"characters\": 1,"))
    }

    @Test func `the page holds the scenes of each machine`() throws {
        let page = PageJSON.text(Scenes.content([Scenes.scene([Scenes.take("a", ["</script>"])])]))
        #expect(page.contains("\"scenes\":[{\"task\":\"add\""))
        #expect(page.contains("\\u003c/script>") && !page.contains("</script>"))
        #expect(PageJSON.text(Demo.content()).contains("\"scenes\":[]"))
    }
}

extension String {
    fileprivate func components(between start: String, and end: String) -> Substring {
        guard let from = firstRange(of: start), let to = self[from.upperBound...].firstRange(of: end) else { return "" }
        return self[from.upperBound..<to.lowerBound]
    }
}
