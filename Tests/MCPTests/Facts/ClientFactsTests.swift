// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

private let version = "io.modelcontextprotocol/protocolVersion"
private let capabilities = "io.modelcontextprotocol/clientCapabilities"
private let info = "io.modelcontextprotocol/clientInfo"

@Suite struct ClientFactsTests {
    @Test func `a client that initializes is known by what it said`() throws {
        let facts = try ClientFacts(
            initialize: object(
                #"{"protocolVersion":"2025-06-18","capabilities":{"roots":{},"x":1},"clientInfo":{"name":"c","version":"1"}}"#
            ))
        #expect(facts.era == .legacy)
        #expect(facts.revision == .june2025)
        #expect(text(facts.capabilities) == #"{"roots":{},"x":1}"#)
        #expect(facts.info?["name"] == "c")
    }

    @Test(
        arguments: [
            "{}", #"{"protocolVersion":1,"capabilities":{},"clientInfo":{}}"#,
            #"{"protocolVersion":"2025-06-18","clientInfo":{}}"#,
            #"{"protocolVersion":"2025-06-18","capabilities":[],"clientInfo":{}}"#,
            #"{"protocolVersion":"2025-06-18","capabilities":{}}"#,
            #"{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":"c"}"#,
        ] as [String])
    func `an initialize without its members is refused as invalid`(params: String) throws {
        let params = try object(params)
        let refusal = #expect(throws: RequestRefusal.self) { _ = try ClientFacts(initialize: params) }
        #expect(refusal?.code == -32602)
        #expect(throws: RequestRefusal.self) { _ = try ClientFacts(initialize: nil) }
    }

    @Test func `a stateless request says who asks`() throws {
        let facts = try ClientFacts(
            request: object(#"{"_meta":{"\#(version)":"2026-07-28","\#(capabilities)":{"sampling":{}}}}"#))
        #expect(facts.era == .modern)
        #expect(facts.revision == .july2026)
        #expect(facts.info == nil)
        #expect(facts.declared == .sampling)
    }

    @Test(
        arguments: [
            ("{}", -32602), (#"{"_meta":7}"#, -32602), (#"{"_meta":{"\#(version)":"2026-07-28"}}"#, -32602),
            (#"{"_meta":{"\#(capabilities)":{}}}"#, -32602),
            (#"{"_meta":{"\#(version)":7,"\#(capabilities)":{}}}"#, -32602),
            (#"{"_meta":{"\#(version)":"2026-07-28","\#(capabilities)":[]}}"#, -32602),
            (#"{"_meta":{"\#(version)":"2026-07-28","\#(capabilities)":{},"\#(info)":"c"}}"#, -32602),
            (#"{"_meta":{"\#(version)":"2026-07-29"}}"#, -32022),
            (#"{"_meta":{"\#(version)":"2026-07-29","\#(capabilities)":{}}}"#, -32022),
            (#"{"_meta":{"\#(version)":"2025-11-25","\#(capabilities)":{}}}"#, -32022),
            (#"{"_meta":{"\#(version)":"","\#(capabilities)":{}}}"#, -32022),
        ] as [(String, Int64)])
    func `a stateless request without its members, or in another revision, is refused`(
        params: String, code: Int64
    ) throws {
        let params = try object(params)
        let refusal = try #require(
            #expect(throws: RequestRefusal.self) { _ = try ClientFacts(request: params) })
        #expect(refusal.code == code)
        guard code == -32022 else { return }
        #expect(refusal.data?["supported"] == ["2026-07-28"])
        #expect(refusal.data?["requested"] == params["_meta"]?[UTF8String(version)])
        #expect(refusal.answer(RequestID(7))["error"]?["code"] == -32022)
    }

    @Test(
        arguments: [
            ("2025-11-25", "{}", ClientMask([])), ("2025-11-25", #"{"elicitation":{}}"#, .elicitationForm),
            ("2025-11-25", #"{"elicitation":{"form":{}}}"#, .elicitationForm),
            ("2025-11-25", #"{"elicitation":{"url":{}}}"#, .elicitationURL),
            (
                "2025-11-25",
                #"{"elicitation":{"url":{},"form":{}},"sampling":{"tools":{}},"roots":{"listChanged":true}}"#,
                [.elicitationForm, .elicitationURL, .sampling, .roots]
            ),
            ("2025-06-18", #"{"elicitation":{"form":{},"url":{}}}"#, .elicitationForm),
            ("2025-03-26", #"{"elicitation":{},"roots":{}}"#, .roots),
            ("2025-11-25", #"{"sampling":true,"roots":[],"elicitation":7}"#, []),
            ("2025-11-25", #"{"tasks":{"list":{}},"extensions":{"io.modelcontextprotocol/tasks":{}}}"#, []),
        ] as [(UTF8String, String, ClientMask)])
    func `a client declares what its revision has and it wrote as an object`(
        version: UTF8String, written: String, declared: ClientMask
    ) throws {
        let facts = ClientFacts(era: .legacy, version: version, capabilities: try object(written), info: nil)
        #expect(facts.declared == declared)
        #expect(facts.declares("sampling/createMessage", nil) == declared.contains(.sampling))
        #expect(facts.declares("roots/list", nil) == declared.contains(.roots))
        #expect(facts.declares("elicitation/create", nil) == declared.contains(.elicitationForm))
        #expect(
            facts.declares("elicitation/create", try object(#"{"mode":"url"}"#)) == declared.contains(.elicitationURL))
        #expect(!facts.declares("elicitation/create", try object(#"{"mode":"URL"}"#)))
        #expect(!facts.declares("tools/call", nil))
    }

    /// Everything at once, and then what each mask leaves of it.
    @Test(
        arguments: [
            (ClientMask([]), Era.legacy, "{}"), (.sampling, .legacy, #"{"sampling":{"tools":{}}}"#),
            (.roots, .legacy, #"{"roots":{"listChanged":true}}"#), (.roots, .modern, #"{"roots":{}}"#),
            (.elicitationForm, .legacy, #"{"elicitation":{"form":{}}}"#),
            (.elicitationURL, .modern, #"{"elicitation":{"url":{}}}"#),
            (.tasks, .legacy, "{}"), (.tasks, .modern, "{}"),
            (.all, .modern, #"{"sampling":{"tools":{}},"elicitation":{"form":{},"url":{}},"roots":{}}"#),
        ] as [(ClientMask, Era, String)])
    func `a server is told of what the mask lets through and nothing else`(
        mask: ClientMask, era: Era, told: String
    ) throws {
        let written = try object(
            #"{"experimental":{"x":{}},"sampling":{"tools":{}},"elicitation":{"form":{},"url":{},"voice":{}},"roots":{"listChanged":true},"tasks":{"list":{}},"extensions":{"io.modelcontextprotocol/tasks":{},"io.modelcontextprotocol/ui":{}}}"#
        )
        let facts = ClientFacts(era: .legacy, version: "2025-11-25", capabilities: written, info: nil)
        #expect(text(facts.capabilities(through: mask, to: era)) == told)
        let modern = ClientFacts(era: .modern, version: "2026-07-28", capabilities: written, info: nil)
        #expect(modern.capabilities(through: mask, to: .legacy)["extensions"] == nil)
        #expect(modern.capabilities(through: mask, to: .legacy)["roots"]?["listChanged"] == nil)
        #expect(
            modern.capabilities(through: mask, to: .modern)["extensions"]
                == (mask.contains(.tasks) ? ["io.modelcontextprotocol/tasks": [:]] : nil))
        #expect(modern.capabilities(through: mask, to: .modern)["tasks"] == nil)
    }

    @Test func `an elicitation of 2025-06-18 stays the empty object that it was`() throws {
        let facts = ClientFacts(
            era: .legacy, version: "2025-06-18", capabilities: try object(#"{"elicitation":{}}"#), info: nil)
        #expect(text(facts.capabilities(through: .all, to: .modern)) == #"{"elicitation":{}}"#)
        #expect(text(facts.capabilities(through: .elicitationURL, to: .modern)) == "{}")
    }
}
