// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct HandshakeTests {
    private func client(_ era: Era, _ version: UTF8String, _ capabilities: String = "{}") throws -> ClientFacts {
        ClientFacts(
            era: era, version: version, capabilities: try object(capabilities), info: ["name": "c", "version": "1"])
    }

    private func server(_ result: String) throws -> ServerFacts { try ServerFacts(initializeResult: object(result)) }

    @Test func `a server's answer to initialize is read`() throws {
        let facts = try server(
            #"{"protocolVersion":"2025-03-26","capabilities":{"tools":{}},"serverInfo":{"name":"s"},"instructions":"Hi","x":1}"#
        )
        #expect(facts.revision == .march2025)
        #expect(facts.era == .legacy)
        #expect(facts.instructions == "Hi")
        #expect(facts.info?["name"] == "s")
        #expect(facts.result["x"] == 1)
    }

    @Test(
        arguments: [
            (#"{"capabilities":{}}"#, HandshakeFailure.version([])),
            (#"{"protocolVersion":"2026-07-28","capabilities":{}}"#, .version(["2026-07-28"])),
            (#"{"protocolVersion":"1.0","capabilities":{}}"#, .version(["1.0"])),
            (#"{"protocolVersion":"2025-11-25"}"#, .capabilities),
            (#"{"protocolVersion":"2025-11-25","capabilities":[]}"#, .capabilities),
            (#"{"protocolVersion":"2025-11-25","capabilities":{},"Capabilities":{}}"#, .form),
            (#"{"resultType":"input_required","protocolVersion":"2025-11-25","capabilities":{}}"#, .form),
        ] as [(String, HandshakeFailure)])
    func `a server's answer to initialize that cannot be used is refused`(
        result: String, failure: HandshakeFailure
    ) throws {
        let result = try object(result)
        #expect(throws: failure) { _ = try ServerFacts(initializeResult: result) }
    }

    @Test func `a server's answer to discover is read, and its newest known revision taken`() throws {
        let facts = try ServerFacts(
            discoverResult: object(
                #"{"supportedVersions":["2025-11-25","2026-07-28","2030-01-01"],"capabilities":{"tools":{}},"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"s"}}}"#
            ))
        #expect(facts.revision == .july2026)
        #expect(facts.info?["name"] == "s")
    }

    @Test func `a server that discovers only what is unknown here, or has a handshake, says so`() throws {
        let result = try object(#"{"supportedVersions":["2025-11-25",7],"capabilities":{}}"#)
        #expect(throws: HandshakeFailure.version(["2025-11-25"])) { _ = try ServerFacts(discoverResult: result) }
        #expect(throws: HandshakeFailure.version([])) { _ = try ServerFacts(discoverResult: JSONObject()) }
    }

    @Test func `initialize towards a server tells of what the mask lets through`() throws {
        let client = try client(.legacy, "2025-06-18", #"{"sampling":{},"roots":{}}"#)
        #expect(
            text(Handshake.initializeParams(client, through: .roots))
                == #"{"protocolVersion":"2025-06-18","capabilities":{"roots":{}},"clientInfo":{"name":"c","version":"1"}}"#
        )
        let modern = try self.client(.modern, "2026-07-28")
        #expect(Handshake.initializeParams(modern, through: .all)["protocolVersion"] == "2025-11-25")
        let unknown = try self.client(.legacy, "2031-01-01")
        #expect(Handshake.initializeParams(unknown, through: .all)["protocolVersion"] == "2025-11-25")
    }

    @Test func `a stateless request towards a server carries what that revision wants and no more`() throws {
        let client = try client(.legacy, "2025-11-25", #"{"sampling":{}}"#)
        let meta = try object(
            #"{"dev.writ/passport":"secret","progressToken":"p","traceparent":"00-a","tracestate":7,"io.modelcontextprotocol/protocolVersion":"x","com.example/x":1}"#
        )
        #expect(
            text(Handshake.requestMeta(meta, id: 9, client, through: [], to: .july2026, logLevel: .error))
                == #"{"progressToken":9,"traceparent":"00-a","io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"},"io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/logLevel":"error"}"#
        )
        #expect(
            text(
                Handshake.requestMeta(
                    meta, id: 9, client, through: [], to: .november2025, logLevel: .error, relatedTask: "t"))
                == #"{"progressToken":9,"traceparent":"00-a","io.modelcontextprotocol/related-task":{"taskId":"t"}}"#)
        #expect(Handshake.requestMeta(nil, id: 9, client, through: [], to: .june2025, relatedTask: "t").isEmpty)
        let discover = Handshake.discoverParams(client, through: .sampling)
        #expect(discover["_meta"]?["io.modelcontextprotocol/clientCapabilities"] == ["sampling": [:]])
    }

    @Test func `a client's own log level passes before the one that was set`() throws {
        let meta = try object(#"{"io.modelcontextprotocol/logLevel":"debug"}"#)
        let built = Handshake.requestMeta(
            meta, id: nil, try client(.modern, "2026-07-28"), through: [], to: .july2026, logLevel: .error)
        #expect(built["io.modelcontextprotocol/logLevel"] == "debug")
    }

    @Test func `a client is told of one server what is served here`() throws {
        let server = try server(
            #"{"protocolVersion":"2025-11-25","capabilities":{"experimental":{},"tools":{"listChanged":true,"x":1},"logging":{},"resources":{"subscribe":true},"completions":{},"prompts":{},"tasks":{"list":{}},"extensions":{"io.modelcontextprotocol/tasks":{}},"other":{}},"serverInfo":{"name":"s","version":"2"},"instructions":"Hi"}"#
        )
        #expect(
            text(Handshake.initializeResult(for: try client(.legacy, "2025-06-18"), server))
                == #"{"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":true,"x":1},"logging":{},"resources":{"subscribe":true},"completions":{},"prompts":{}},"serverInfo":{"name":"s","version":"2"},"instructions":"Hi"}"#
        )
        let newest = Handshake.initializeResult(for: try client(.legacy, "2025-11-25"), server)
        #expect(newest["capabilities"]?["tasks"] == ["list": [:]])
        #expect(newest["capabilities"]?["extensions"] == nil)
        let discovered = Handshake.discoverResult(server)
        #expect(discovered["capabilities"]?["tasks"] == nil)
        #expect(discovered["capabilities"]?["extensions"] == nil)
        #expect(discovered["supportedVersions"] == ["2026-07-28"])
        #expect(discovered["cacheScope"] == "private")
        #expect(discovered["ttlMs"] == 0)
        #expect(discovered["resultType"] == "complete")
        #expect(discovered["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == "s")
    }

    @Test func `a client is never told the stateless revision in answer to initialize`() throws {
        let server = try server(#"{"protocolVersion":"2024-11-05","capabilities":{}}"#)
        for asked: UTF8String in ["2026-07-28", "2030-01-01", "2025-11-25"] {
            let result = Handshake.initializeResult(for: try client(.legacy, asked), server)
            #expect(result["protocolVersion"] == "2025-11-25")
            #expect(result["serverInfo"]?["name"]?.string != nil)
        }
    }

    @Test func `several servers together have what one of them has`() throws {
        let one = try server(
            #"{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":false,"x":1},"resources":{"listChanged":true}}}"#
        )
        let two = try server(
            #"{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":true},"tasks":{"cancel":{}}}}"#
        )
        #expect(
            text(ServerCapabilities.union(of: [one, two], to: .november2025))
                == #"{"tools":{"listChanged":true},"resources":{"subscribe":true,"listChanged":true},"tasks":{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}}}"#
        )
        #expect(ServerCapabilities.union(of: [one, two], to: .june2025)["tasks"] == nil)
        #expect(text(ServerCapabilities.union(of: [], to: .july2026)) == "{}")
        #expect(
            text(ServerCapabilities.whole(to: .july2026))
                == #"{"tools":{"listChanged":true},"prompts":{"listChanged":true},"resources":{"subscribe":true,"listChanged":true},"completions":{},"logging":{}}"#
        )
        let modern = ServerFacts(
            era: .modern, version: "2026-07-28",
            capabilities: try object(#"{"extensions":{"io.modelcontextprotocol/tasks":{"x":1},"com.example/x":{}}}"#),
            info: nil, instructions: nil, result: JSONObject())
        #expect(
            text(ServerCapabilities.told(of: modern, to: .july2026))
                == #"{"extensions":{"io.modelcontextprotocol/tasks":{"x":1}}}"#)
        #expect(text(ServerCapabilities.told(of: modern, to: .november2025)) == "{}")
    }

    @Test func `a passport is found where it may be, and never passes`() throws {
        let params = try object(#"{"_meta":{"dev.writ/passport":{"a":1},"Dev.Writ/passport":2}}"#)
        #expect(Meta.passport(in: params) == ["a": 1])
        #expect(Meta.passport(in: nil) == nil)
        #expect(Meta.passport(in: try object(#"{"dev.writ/passport":1,"_meta":7}"#)) == nil)
        for revision in Revision.allCases {
            let built = Handshake.requestMeta(
                params["_meta"]?.object, id: 1, try client(.legacy, "2025-11-25"), through: .all, to: revision)
            #expect(!text(built).lowercased().contains("writ"))
        }
        #expect(text(Meta.withoutOurKeys(params)) == "{}")
    }

    @Test func `a progress token is a string or an integer`() throws {
        #expect(try Meta.progressToken(in: object(#"{"_meta":{"progressToken":7}}"#)) == RequestID(7))
        #expect(try Meta.progressToken(in: object(#"{"_meta":{}}"#)) == nil)
        #expect(try Meta.progressToken(in: nil) == nil)
        for wrong in [#"{"_meta":7}"#, #"{"_meta":{"progressToken":1.5}}"#, #"{"_meta":{"progressToken":null}}"#] {
            let wrong = try object(wrong)
            #expect(throws: RequestRefusal.self) { try Meta.progressToken(in: wrong) }
        }
    }
}
