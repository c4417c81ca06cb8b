import Foundation
import PoiseCore
import Testing

@Suite struct SampleTests {
    private let sample = Sample(id: "s", input: .text("Add 1 and 2."), target: ["3"])

    private func task(_ prompt: Sample.Input) -> EvaluationTask {
        EvaluationTask(name: "add", graders: [], samples: [sample], prompt: prompt)
    }

    @Test func `a text prompt is one message of the user`() {
        #expect(
            task(.text("Q: {input}\nA:")).messages(for: sample)
                == [Message(role: "user", content: "Q: Add 1 and 2.\nA:")])
    }

    @Test func `each message of a prompt is filled and keeps its role`() {
        let prompt = [Message(role: "system", content: "Be short."), Message(role: "user", content: "{input}")]
        #expect(
            task(.messages(prompt)).messages(for: sample) == [
                Message(role: "system", content: "Be short."), Message(role: "user", content: "Add 1 and 2."),
            ])
    }

    @Test func `a private task stays one in the database, and those stored before are none`() throws {
        let made = EvaluationTask(name: "t", graders: [], samples: [sample], isPrivate: true)
        let data = try JSONEncoder().encode(made)
        #expect(try JSONDecoder().decode(EvaluationTask.self, from: data).isPrivate)
        #expect(made.with(samples: []).isPrivate)
        let old = try JSONEncoder().encode(task(.text("{input}")))
        #expect(!String(decoding: old, as: UTF8.self).contains("private"))
        #expect(try !JSONDecoder().decode(EvaluationTask.self, from: old).isPrivate)
    }

    @Test func `a sample's own messages are sent as they are`() {
        let own = [Message(role: "user", content: "{input} {target}")]
        let sample = Sample(id: "m", input: .messages(own), target: ["x"])
        #expect(task(.text("Q: {input}")).messages(for: sample) == own)
    }
}
