// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct InputTests {
    private let asking =
        #"{"resultType":"input_required","inputRequests":{"b":{"method":"elicitation/create","params":{"mode":"url","url":"https://x.test/","message":"m","x":1.10}},"a":{"method":"roots/list"},"c":{"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}},"requestState":"s"}"#

    @Test func `what a server asks for is read in its order and written again as it was`() throws {
        let input = try InputRequired(reading: object(asking))
        #expect(input.requests.map(\.key) == ["b", "a", "c"])
        #expect(input.requests.map(\.method) == ["elicitation/create", "roots/list", "sampling/createMessage"])
        #expect(input.state == "s")
        #expect(text(input.result(serverInfo: nil)) == asking)
        #expect(
            input.result(serverInfo: ["name": "w"])["_meta"] == ["io.modelcontextprotocol/serverInfo": ["name": "w"]])
    }

    @Test(
        arguments: [
            ("{}", .form), (#"{"inputRequests":[]}"#, .form), (#"{"inputRequests":{}}"#, .form),
            (#"{"inputRequests":{"a":7}}"#, .form), (#"{"inputRequests":{"a":{}}}"#, .form),
            (#"{"inputRequests":{"a":{"method":"roots/list","Method":"x"}}}"#, .form),
            (#"{"inputRequests":{"a":{"method":"roots/list","params":7}}}"#, .form),
            (#"{"inputRequests":{"a":{"method":"tools/call","params":{}}}}"#, .method),
            (#"{"inputRequests":{"a":{"method":"ping","params":{}}}}"#, .method),
            (#"{"inputRequests":{"a":{"method":"elicitation/create"}}}"#, .method),
            (#"{"inputRequests":{"a":{"method":"elicitation/create","params":{"url":"a","URL":"b"}}}}"#, .method),
            (#"{"requestState":7}"#, .form), (#"{"requestState":null}"#, .form),
        ] as [(String, InputDefect)])
    func `what is out of form, or something else than the three, is passed to nobody`(
        result: String, defect: InputDefect
    ) throws {
        let result = try object(result)
        #expect(throws: defect) { try InputRequired(reading: result) }
    }

    @Test func `too many questions, too long names and states are refused`() throws {
        func result(_ count: Int) throws -> JSONObject {
            let entries = (0..<count).map { #""k\#($0)":{"method":"roots/list"}"# }
            return try object("{\"inputRequests\":{\(entries.joined(separator: ","))}}")
        }
        let most = try result(Limits.inputRequestsMax)
        #expect(try InputRequired(reading: most).requests.count == 16)
        let more = try result(Limits.inputRequestsMax + 1)
        #expect(throws: InputDefect.tooMuch) { try InputRequired(reading: more) }
        let long = try object(#"{"inputRequests":{"\#(String(repeating: "k", count: 257))":{"method":"roots/list"}}}"#)
        #expect(throws: InputDefect.tooMuch) { try InputRequired(reading: long) }
        let state = try object(#"{"requestState":"\#(String(repeating: "s", count: (1 << 18) + 1))"}"#)
        #expect(throws: InputDefect.tooMuch) { try InputRequired(reading: state) }
    }

    @Test(
        arguments: [
            (.november2025, #"{"mode":"url","url":"u","message":"m","elicitationId":"e"}"#),
            (.june2025, #"{"mode":"url","url":"u","message":"m"}"#),
            (.july2026, #"{"mode":"url","url":"u","message":"m"}"#),
        ] as [(Revision, String)])
    func `a URL to open has an id where the client's revision wants one`(client: Revision, params: String) throws {
        let asked = try object(
            #"{"mode":"url","url":"u","message":"m","task":{"ttl":1},"_meta":{"dev.writ/x":1,"progressToken":1}}"#)
        let request = try #require(InputRequest(key: "k", method: "elicitation/create", params: asked))
        #expect(try text(#require(request.params(for: client, elicitationID: "e"))) == params)
        let own = try object(#"{"mode":"url","elicitationId":"own"}"#)
        let named = try #require(InputRequest(key: "k", method: "elicitation/create", params: own))
        #expect(
            named.params(for: client, elicitationID: "e")?["elicitationId"] == (client == .november2025 ? "own" : nil))
    }

    @Test func `a request to a client with a handshake is what a server of such would have sent`() throws {
        let input = try InputRequired(reading: object(asking))
        #expect(
            input.requests.map { text($0.message(id: RequestID(5), for: .november2025, elicitationID: "e")) } == [
                #"{"jsonrpc":"2.0","id":5,"method":"elicitation/create","params":{"mode":"url","url":"https://x.test/","message":"m","x":1.10,"elicitationId":"e"}}"#,
                #"{"jsonrpc":"2.0","id":5,"method":"roots/list"}"#,
                #"{"jsonrpc":"2.0","id":5,"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}"#,
            ])
        let form = try #require(
            InputRequest(key: "k", method: "elicitation/create", params: object(#"{"mode":"form","message":"m"}"#)))
        #expect(form.params(for: .june2025, elicitationID: "e")?.keys == ["message"])
        #expect(
            form.params(for: .november2025, elicitationID: "e", relatedTask: "t")?["_meta"] == [
                "io.modelcontextprotocol/related-task": ["taskId": "t"]
            ])
        #expect(form.params(for: .july2026, elicitationID: "e", relatedTask: "t")?["_meta"] == nil)
    }

    @Test func `a request of a server with a handshake becomes an entry`() throws {
        let params = try object(
            #"{"mode":"url","url":"u","message":"m","elicitationId":"e","_meta":{"progressToken":1},"task":{}}"#)
        let request = try #require(InputRequest(key: "k", method: "elicitation/create", params: params))
        #expect(
            text(InputRequired(requests: [request], state: "s").result(serverInfo: nil))
                == #"{"resultType":"input_required","inputRequests":{"k":{"method":"elicitation/create","params":{"mode":"url","url":"u","message":"m"}}},"requestState":"s"}"#
        )
        #expect(InputRequest(key: "k", method: "tools/call", params: params) == nil)
        #expect(InputRequest(key: "k", method: "ping", params: params) == nil)
    }

    @Test func `an answer passes without what marks a result, and never in two readings`() throws {
        let answer = try object(#"{"resultType":"complete","action":"accept","content":{"a":1e2},"_meta":{"x":1}}"#)
        #expect(try text(#require(InputRequest.answer(answer))) == #"{"action":"accept","content":{"a":1e2}}"#)
        #expect(
            try text(#require(InputRequest.answer(object(#"{"roots":[]}"#), relatedTask: "t")))
                == #"{"roots":[],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t"}}}"#)
        #expect(InputRequest.answer(try object(#"{"action":"decline","Action":"accept"}"#)) == nil)
        #expect(
            try #require(InputRequest(key: "k", method: "elicitation/create", params: JSONObject())).noAnswer?["action"]
                == "cancel")
        #expect(try #require(InputRequest(key: "k", method: "roots/list", params: nil)).noAnswer?["roots"] == [])
        #expect(
            try #require(InputRequest(key: "k", method: "sampling/createMessage", params: JSONObject())).noAnswer == nil
        )
    }

    @Test func `a retry is read, and put into the parameters of the first try`() throws {
        let params = try object(
            #"{"name":"n","inputResponses":{"k":{"action":"accept","_meta":{}}},"requestState":"s","arguments":{}}"#)
        let retry = try #require(try InputRetry(reading: params))
        #expect(text(retry.responses) == #"{"k":{"action":"accept"}}"#)
        #expect(retry.state == "s")
        #expect(text(InputRetry.stripped(params)) == #"{"name":"n","arguments":{}}"#)
        let upstream = InputRetry(responses: retry.responses, state: "inner")
        #expect(
            text(upstream.applied(to: params))
                == #"{"name":"n","arguments":{},"inputResponses":{"k":{"action":"accept"}},"requestState":"inner"}"#)
        #expect(
            text(InputRetry(responses: JSONObject(), state: nil).applied(to: params)) == #"{"name":"n","arguments":{}}"#
        )
        #expect(try InputRetry(reading: object(#"{"name":"n"}"#)) == nil)
        #expect(try InputRetry(reading: nil) == nil)
        #expect(try InputRetry(reading: object(#"{"requestState":"s"}"#))?.responses.isEmpty == true)
    }

    @Test(
        arguments: [
            #"{"inputResponses":[]}"#, #"{"inputResponses":null}"#, #"{"inputResponses":{"k":7}}"#,
            #"{"requestState":7}"#,
            #"{"inputResponses":{"k":{"action":"decline","ACTION":"accept"}}}"#,
        ] as [String])
    func `a retry out of form is refused as invalid`(params: String) throws {
        let params = try object(params)
        let refusal = #expect(throws: RequestRefusal.self) { try InputRetry(reading: params) }
        #expect(refusal?.code == -32602)
    }

    @Test func `URLs that an error names are read as requests, and written again as only that`() throws {
        let error = try object(
            #"{"code":-32042,"message":"m","data":{"elicitations":[{"mode":"url","elicitationId":"e","url":"u","message":"x"},{"mode":"url","url":"v","message":"y"}],"Elicitations":[{"url":"evil"}]}}"#
        )
        let input = try InputRequired(urlError: error)
        #expect(input.requests.map(\.key) == ["url-1", "url-2"])
        #expect(
            text(input.urlError("m"))
                == #"{"code":-32042,"message":"m","data":{"elicitations":[{"mode":"url","elicitationId":"e","url":"u","message":"x"},{"mode":"url","url":"v","message":"y","elicitationId":"url-2"}]}}"#
        )
        #expect(input.result(serverInfo: nil)["inputRequests"]?["url-1"]?["params"]?["elicitationId"] == nil)
        for wrong in [
            "{}", #"{"data":{"elicitations":[]}}"#, #"{"data":{"elicitations":[{"mode":"form"}]}}"#,
            #"{"data":{"elicitations":[7]}}"#,
        ] {
            let wrong = try object(wrong)
            #expect(throws: InputDefect.form) { try InputRequired(urlError: wrong) }
        }
    }

    @Test(arguments: 1...100)
    func `what is read of any tree is written as something that is read the same`(seed: UInt64) throws {
        var trees = RandomTrees(
            seed: seed,
            keys: ["inputRequests", "requestState", "method", "params", "a", "mode", "url", "_meta", "task"])
        for _ in 0..<20 {
            var tree = trees.object()
            tree["inputRequests"] = ["k": ["method": "elicitation/create", "params": .object(trees.object())]]
            let read: InputRequired
            do throws(InputDefect) { read = try InputRequired(reading: tree) } catch { continue }
            let written = read.result(serverInfo: nil)
            #expect(try InputRequired(reading: written).result(serverInfo: nil) == written)
            #expect(try ResultKind(written, of: "tools/call", from: .july2026) == .inputRequired)
        }
    }
}
