import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct TokenProbabilitiesTests {
    /// As llama.cpp b11549 wrote it.
    private static let llamaCpp = #"""
        {"completion_probabilities":[{"id":48,"token":"0","bytes":[48],"logprob":-8.06739330291748,"top_logprobs":[\#
        {"id":83,"token":"S","bytes":[83],"logprob":-1.91293203830719},\#
        {"id":258,"token":"","bytes":[],"logprob":-3.274275064468384},\#
        {"id":80,"token":"\ud83d","bytes":[80],"logprob":-2.2260935306549072},\#
        {"id":7,"token":"x","bytes":[],"logprob":-3.4028234663852886e+38}]}],"content":"0"}
        """#

    /// As vLLM's API describes it: nothing at the first token, and one more where the text's own is not among the likeliest.
    private static let vLLM = #"""
        {"id":"cmpl-1","choices":[{"index":0,"text":"a","logprobs":null,"prompt_logprobs":[null,\#
        {"464":{"logprob":-0.5,"rank":1,"decoded_token":"The"},"32":{"logprob":-1.5,"rank":2,"decoded_token":"A"}},\#
        {"12":{"logprob":-0.25,"rank":1,"decoded_token":"x"},"99":{"logprob":-9999.0,"rank":900,"decoded_token":"y"}}\#
        ]}],"usage":{"prompt_tokens":3}}
        """#

    @Test func `llama_cpp's list is read, the likeliest first, without what cannot come`() throws {
        let found = try TokenProbabilities.llamaCpp(Array(Self.llamaCpp.utf8))
        #expect(found.tokens.map(\.id) == [83, 80, 258])
        #expect(found.tokens.first?.logProbability == -1.912932)
        #expect(found.top == 83)
    }

    @Test func `vLLM's lists are read, one for each token of the prompt`() throws {
        let found = try TokenProbabilities.vLLM(Array(Self.vLLM.utf8))
        #expect(found.count == 3)
        #expect(found[0] == nil)
        #expect(found[1]?.tokens.map(\.id) == [464, 32])
        #expect(found[2]?.tokens.map(\.id) == [12])
    }

    @Test func `an answer that is cut anywhere is a failure, never a distribution`() {
        for text in [Self.llamaCpp, Self.vLLM] {
            let bytes = Array(text.utf8)
            for end in 0..<bytes.count {
                #expect(throws: RequestFailure.self) { try TokenProbabilities.llamaCpp(Array(bytes[..<end])) }
                #expect(throws: RequestFailure.self) { try TokenProbabilities.vLLM(Array(bytes[..<end])) }
            }
        }
    }

    private func list(_ entries: String) -> [UInt8] {
        Array(#"{"completion_probabilities":[{"top_logprobs":[\#(entries)]}]}"#.utf8)
    }

    @Test(arguments: [
        (#"{"id":1,"logprob":null}"#, "without its number or its probability"),
        (#"{"id":1,"logprob":"-1"}"#, "without its number or its probability"),
        (#"{"id":1}"#, "without its number or its probability"),
        (#"{"logprob":-1}"#, "without its number or its probability"),
        (#"{"id":-1,"logprob":-1}"#, "without its number or its probability"),
        (#"{"id":1.5,"logprob":-1}"#, "without its number or its probability"),
        (#"{"id":1,"logprob":NaN}"#, "no list of probabilities"),
        (#"{"id":1,"logprob":-1},{"id":1,"logprob":-2}"#, "one token twice"),
        (#"{"id":1,"logprob":0.5}"#, "more than 1"),
        (#"{"id":1,"logprob":-0.1},{"id":2,"logprob":-0.1}"#, "more than 1"),
        (#"{"id":1,"logprob":-3.4e38}"#, "no token that could come next"),
        ("", "no token that could come next"),
        ("7", "no list of probabilities"),
    ])
    func `what is no distribution is a failure that says why`(_ entries: String, _ why: String) {
        let failure = #expect(throws: RequestFailure.self) { try TokenProbabilities.llamaCpp(list(entries)) }
        #expect(failure?.kind == .malformed)
        #expect(failure?.message.contains(why) == true, "\(failure?.message ?? "")")
    }

    @Test(arguments: [
        "{}", #"{"completion_probabilities":[]}"#, #"{"completion_probabilities":null}"#,
        #"{"completion_probabilities":[{"content":"a","probs":[{"tok_str":"a","prob":0.5}]}]}"#,
    ])
    func `an old server, which names no numbers of tokens, is told to be updated`(_ body: String) {
        let failure = #expect(throws: RequestFailure.self) { try TokenProbabilities.llamaCpp(Array(body.utf8)) }
        #expect(failure?.remedy?.contains("update the server") == true)
    }

    @Test func `a server without prompt_logprobs says nothing`() {
        let failure = #expect(throws: RequestFailure.self) {
            try TokenProbabilities.vLLM(Array(#"{"choices":[{"text":"a","logprobs":null}]}"#.utf8))
        }
        #expect(failure?.message.contains("no prompt_logprobs") == true)
    }

    @Test(arguments: ["", "{}", #"{"tokens":[1,"a"]}"#, #"{"tokens":[1,-2]}"#, #"{"tokens":[1"#, #"{"tokens":{}}"#])
    func `what is no list of tokens is a failure`(_ body: String) {
        #expect(throws: RequestFailure.self) { try TokenList.read(Array(body.utf8)) }
    }

    @Test func `a list of tokens is read, also behind vLLM's counts`() throws {
        let body = #"{"count":3,"max_model_len":64,"tokens":[1,2,3],"token_strs":null}"#
        #expect(try TokenList.read(Array(body.utf8)) == [1, 2, 3])
    }
}
