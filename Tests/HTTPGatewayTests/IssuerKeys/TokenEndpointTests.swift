// SPDX-License-Identifier: Apache-2.0

import Foundation
import IssuerKeys
import Testing

/// What a token endpoint is asked, and what of its answers is believed.
@Suite struct TokenEndpointTests {
    private static func request(
        _ server: RawServer, _ change: (inout TokenEndpoint.Request) -> Void = { _ in }
    ) throws
        -> TokenEndpoint.Request
    {
        var request = TokenEndpoint.Request(
            address: try #require(KeyAddress("http://127.0.0.1:\(server.port)/token")), clientID: "writ one",
            clientSecret: "planted:sëcret")
        change(&request)
        return request
    }

    /// Asks an endpoint that answers in a test's way.
    private static func ask(
        _ change: (inout TokenEndpoint.Request) -> Void,
        _ answer: @escaping @Sendable (RawServer.Request) -> Void
    ) async throws -> Result<TokenEndpoint.Grant, TokenEndpoint.Refusal> {
        let server = try await RawServer()
        let serving = Task { while !Task.isCancelled { answer(try await server.next("POST")) } }
        let outcome = await TokenEndpoint().ask(try request(server, change))
        serving.cancel()
        try await server.stop()
        return outcome
    }

    private static func ask(
        _ answer: @escaping @Sendable (RawServer.Request) -> Void
    ) async throws -> Result<TokenEndpoint.Grant, TokenEndpoint.Refusal> { try await ask({ _ in }, answer) }

    private static func form(_ body: String) -> [String: String] {
        var fields: [String: String] = [:]
        for field in body.split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
            fields[parts[0]] = parts.count == 2 ? parts[1] : ""
        }
        return fields
    }

    @Test func `by its own credentials Writ asks with the grant for clients`() async throws {
        let seen = Mutexed<[String: String]>([:])
        let outcome = try await Self.ask({ request in
            request.scope = "repo:read repo:list"
            request.audience = "https://far.example/mcp"
        }) { request in
            seen.value = Self.form(request.body)
            // RFC 6749 §2.3.1: each half is escaped as in a form before they are joined.
            let isRight =
                request.headers["authorization"] == "Basic "
                + Data("writ%20one:planted%3As%C3%ABcret".utf8).base64EncodedString()
            request.peer.answer(
                isRight ? 200 : 401, #"{"access_token":"t1","token_type":"Bearer","expires_in":300}"#)
        }
        #expect(try outcome.get() == TokenEndpoint.Grant(token: "t1", lifetimeMilliseconds: 300_000))
        #expect(
            seen.value == [
                "grant_type": "client_credentials", "scope": "repo:read repo:list",
                "audience": "https://far.example/mcp",
            ])
    }

    @Test(arguments: [false, true]) func `a token is exchanged as what it is`(isIdentity: Bool) async throws {
        let seen = Mutexed<[String: String]>([:])
        let outcome = try await Self.ask({ request in
            request.subject = TokenEndpoint.Subject(token: Array("a.b-c.d_e".utf8), isIdentity: isIdentity)
            request.resource = "https://far.example/mcp"
        }) { request in
            seen.value = Self.form(request.body)
            request.peer.answer(200, #"{"access_token":"t2","token_type":"bearer","issued_token_type":"x"}"#)
        }
        #expect(try outcome.get() == TokenEndpoint.Grant(token: "t2", lifetimeMilliseconds: nil))
        let type = "urn:ietf:params:oauth:token-type:"
        #expect(
            seen.value == [
                "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": "a.b-c.d_e",
                "subject_token_type": type + (isIdentity ? "jwt" : "access_token"),
                "requested_token_type": type + "access_token", "resource": "https://far.example/mcp",
            ])
    }

    @Test(arguments: [
        #"{"token_type":"Bearer"}"#, #"{"access_token":"t","token_type":"DPoP"}"#, #"{"access_token":"t"}"#,
        #"{"access_token":"","token_type":"Bearer"}"#, #"{"access_token":"a b","token_type":"Bearer"}"#,
        #"{"access_token":"a\r\nX: y","token_type":"Bearer"}"#, #"{"access_token":7,"token_type":"Bearer"}"#,
        #"{"access_token":"t","token_type":"Bearer","expires_in":0}"#,
        #"{"access_token":"t","token_type":"Bearer","expires_in":"soon"}"#,
        #"{"access_token":"t","access_token":"u","token_type":"Bearer"}"#, "<html>", "[]", "",
    ]) func `an answer without a bearer token that a header could carry is none`(body: String) async throws {
        #expect(try await Self.ask { $0.peer.answer(200, body) }.failure != nil)
    }

    @Test func `a refusal's code is explained, and nothing else of it is said`() async throws {
        let outcome = try await Self.ask {
            $0.peer.answer(
                401, #"{"error":"invalid_client","error_description":"planted:sëcret is wrong","extra":"planted"}"#)
        }
        let text = try #require(outcome.failure?.text)
        #expect(text.contains("401") && text.contains("client_secret_file") && !text.contains("planted"))
        let other = try await Self.ask { $0.peer.answer(400, #"{"error":"planted","error_description":"planted"}"#) }
        #expect(other.failure?.text == "the answer's status is 400")
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func `a redirection is not followed`(status: Int) async throws {
        let elsewhere = try await RawServer()
        let port = elsewhere.port
        let outcome = try await Self.ask {
            $0.peer.answer(status, "", type: nil, "Location: http://127.0.0.1:\(port)/token\r\n")
        }
        #expect(outcome.failure?.text == "the answer's status is \(status)")
        #expect(elsewhere.requests.all.isEmpty)
        try await elsewhere.stop()
    }

    @Test func `an answer that is too large or does not come is given up`() async throws {
        let large = try await Self.ask { $0.peer.send("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n{") }
        #expect(large.failure?.text.contains("more than") == true)
        let server = try await RawServer()
        var limits = FetchLimits()
        limits.fetchMilliseconds = 200
        let silent = await TokenEndpoint(limits: limits).ask(try Self.request(server))
        #expect(silent.failure != nil)
        try await server.stop()
    }

    @Test func `an endpoint inside a private network is asked only where the configuration says so`() async throws {
        var request = TokenEndpoint.Request(
            address: try #require(KeyAddress("https://idp.example/token")), clientID: "writ", clientSecret: "s")
        let names = FakeNames(["127.0.0.1"])
        let refused = await TokenEndpoint(names: names).ask(request)
        #expect(refused.failure?.text == "the host has an address that is not of the public Internet")
        request.isPrivate = true
        // Nobody listens there; that it is tried is what counts.
        let tried = await TokenEndpoint(names: names).ask(request)
        #expect(tried.failure != nil && tried.failure != refused.failure)
    }
}
