// SPDX-License-Identifier: Apache-2.0

import Credentials
import Decisions
import Gateway
import HTTPGateway
import Passports
import StrictJSON
import Synchronization
import Testing
import WireTypes

import struct Crypto.SHA256

/// What a server is shown of Writ's own accord: which header, from where, and whose token never comes in it.
@Suite struct ServerCredentialTests {
    private let time = Mutexed<Int64>(0)

    private static let resource = "https://writ.example/mcp"

    /// A way to a server that answers each request, as a principal's.
    private struct Way {
        let server: RawServer
        let transport: any UpstreamTransport
        let receiver: FakeReceiver

        /// Sends a request and says what its `Authorization`, or another header, was; `nil` where nothing came.
        func shown(_ id: Int64, _ header: String = "authorization", status: Int = 200) async throws -> String? {
            guard let free = FreeMessage(["jsonrpc": "2.0", "id": .integer(id), "method": "tools/list"]) else {
                throw Late(what: "a method without a permit")
            }
            try await transport.send(free, MessageHead(id: id, method: "tools/list", version: "2026-07-28"))
            let request = try await server.next("tools/list")
            request.peer.answer(status, #"{"jsonrpc":"2.0","id":\#(id),"result":{}}"#)
            _ = try await receiver.first("the end of \(id)") { heard in
                if case .streamEnded(id, _) = heard { true } else { false }
            }
            return request.headers[header]
        }

        /// Why nothing can be sent.
        func failure(_ id: Int64) async -> UpstreamFailure? {
            guard let free = FreeMessage(["jsonrpc": "2.0", "id": .integer(id), "method": "tools/list"]) else {
                return nil
            }
            do throws(UpstreamFailure) {
                try await transport.send(free, MessageHead(id: id, method: "tools/list", version: "2026-07-28"))
                return nil
            } catch { return error }
        }
    }

    private func with(
        _ credential: ServerCredential, principal: Principal = Principal(agentID: "a", credential: .none),
        tokens: ExchangedTokens? = nil, callers: CallerTokens? = nil, _ body: (Way) async throws -> Void
    ) async throws {
        let server = try await RawServer()
        let client = HTTPUpstreamClient()
        let transports = HTTPTransports(client: client, tokens: tokens, callers: callers)
        let description = ServerDescription(
            alias: "far",
            endpoint: .http(
                HTTPEndpoint(url: "http://127.0.0.1:\(server.port)/mcp", headers: [], credential: credential)),
            place: WorkingPlace(workingDirectory: "/srv", isLocal: false),
            digest: Digest(SHA256.hash(data: [UInt8]())), builtInMap: nil, firstSight: .quarantine)
        let transport = transports.transport(for: description, principal: principal)
        let receiver = FakeReceiver()
        try await transport.open(receiver)
        let result: Result<Void, any Error>
        do {
            try await body(Way(server: server, transport: transport, receiver: receiver))
            result = .success(())
        } catch { result = .failure(error) }
        try await server.stop()
        await transport.close()
        await client.shutdown()
        try result.get()
    }

    private func exchange(isOfCaller: Bool = false) -> ServerCredential {
        ServerCredential(
            prefix: "Bearer ",
            source: .exchange(
                TokenExchange(
                    url: "http://127.0.0.1:9/token", clientID: "writ", clientSecret: { .success("s") },
                    isOfCaller: isOfCaller)))
    }

    private func tokens(_ granting: FakeGranting) -> ExchangedTokens {
        let time = time
        return ExchangedTokens(granting, now: { time.value })
    }

    // MARK: - Files and variables

    @Test func `a secret is read for each request, and stands in the header that is said`() async throws {
        let secret = Mutexed("first")
        try await with(ServerCredential(header: "X-Api-Key", prefix: "", source: .secret { .success(secret.value) })) {
            (way: Way) async throws in
            #expect(try await way.shown(1, "x-api-key") == "first")
            secret.value = "second"
            #expect(try await way.shown(2, "x-api-key") == "second")
            #expect(way.server.requests.all.isEmpty)
        }
    }

    @Test func `a secret that cannot be read sends nothing`() async throws {
        let gone = UpstreamFailure(.unreachable, "writ.yaml: servers/far/credential: /s is not there")
        let readable = Mutexed(false)
        try await with(
            ServerCredential(prefix: "Bearer ", source: .secret { readable.value ? .success("t") : .failure(gone) })
        ) { (way: Way) async throws in
            #expect(await way.failure(1) == gone)
            #expect(way.server.requests.all.isEmpty)
            readable.value = true
            #expect(try await way.shown(2) == "Bearer t")
        }
    }

    @Test(arguments: ["", "a\r\nX-Evil: 1", "a\u{0}b"])
    func `a secret that would be more than one header, or none, sends nothing and is not quoted`(
        secret: String
    ) async throws {
        try await with(ServerCredential(prefix: "Bearer ", source: .secret { .success(secret) })) {
            (way: Way) async throws in
            let failure = await way.failure(1)
            #expect(failure?.text.contains("servers/far/credential") == true && failure?.text.contains("Evil") == false)
            #expect(way.server.requests.all.isEmpty)
        }
    }

    @Test(arguments: [301, 302, 307, 308]) func `a redirection is not followed, so the credential goes nowhere else`(
        status: Int
    ) async throws {
        let elsewhere = try await RawServer()
        try await with(ServerCredential(prefix: "Bearer ", source: .secret { .success("t") })) {
            (way: Way) async throws in
            guard let free = FreeMessage(["jsonrpc": "2.0", "id": 1, "method": "tools/list"]) else { return }
            try await way.transport.send(free, MessageHead(id: 1, method: "tools/list", version: "2026-07-28"))
            let request = try await way.server.next("tools/list")
            request.peer.answer(status, "", type: nil, "Location: http://127.0.0.1:\(elsewhere.port)/mcp\r\n")
            _ = try await way.receiver.first("the failure") { $0.isEnd(1, .refused(status: status)) }
        }
        #expect(elsewhere.requests.all.isEmpty)
        try await elsewhere.stop()
    }

    // MARK: - Tokens

    @Test func `a token is asked for once and used until shortly before its end`() async throws {
        let granting = FakeGranting()
        try await with(exchange(), tokens: tokens(granting)) { (way: Way) async throws in
            #expect(try await way.shown(1) == "Bearer token-1")
            time.value = 239_999
            #expect(try await way.shown(2) == "Bearer token-1")
            #expect(granting.asked.value == 1)
            // The next one is asked for while this one goes on.
            time.value = 240_000
            #expect(try await way.shown(3) == "Bearer token-1")
            try await within("the next token") { while granting.asked.value < 2 { await Task.yield() } }
            time.value = 270_000
            #expect(try await way.shown(4) == "Bearer token-2")
        }
    }

    @Test func `many requests at once ask for one token`() async throws {
        let hold = Hold()
        let granting = FakeGranting(hold: hold)
        let tokens = tokens(granting)
        try await with(exchange(), tokens: tokens) { (way: Way) async throws in
            for id in 1...8 as ClosedRange<Int64> {
                let free = try #require(FreeMessage(["jsonrpc": "2.0", "id": .integer(id), "method": "tools/list"]))
                Task {
                    try await way.transport.send(
                        free, MessageHead(id: id, method: "tools/list", version: "2026-07-28"))
                }
            }
            try await within("a question") { while granting.asked.value == 0 { await Task.yield() } }
            hold.letGo()
            for _ in 1...8 {
                #expect(try await way.server.next("tools/list").headers["authorization"] == "Bearer token-1")
            }
            #expect(granting.asked.value == 1)
        }
    }

    @Test func `an endpoint that refuses is not asked again at once, and the failure names the server`() async throws {
        let granting = FakeGranting()
        granting.refuses.value = true
        try await with(exchange(), tokens: tokens(granting)) { (way: Way) async throws in
            #expect(await way.failure(1)?.text == "server far: no token today")
            #expect(await way.failure(2)?.text == "server far: no token today")
            #expect(granting.asked.value == 1 && way.server.requests.all.isEmpty)
            granting.refuses.value = false
            time.value = 5_000
            #expect(try await way.shown(3) == "Bearer token-2")
        }
    }

    @Test func `a token that the server refuses is not shown again, and not asked for anew with each refusal`()
        async throws
    {
        let granting = FakeGranting()
        try await with(exchange(), tokens: tokens(granting)) { (way: Way) async throws in
            time.value = 10_000
            #expect(try await way.shown(1, status: 401) == "Bearer token-1")
            #expect(try await way.shown(2, status: 401) == "Bearer token-2")
            for id in 3...6 as ClosedRange<Int64> {
                #expect(try await way.shown(id, status: 401) == "Bearer token-2")
            }
            #expect(granting.asked.value == 2)
        }
    }

    @Test func `without anybody who asks endpoints nothing is sent`() async throws {
        try await with(exchange()) { (way: Way) async throws in
            #expect(await way.failure(1)?.text.hasPrefix("server far: ") == true)
            #expect(way.server.requests.all.isEmpty)
        }
    }

    // MARK: - The caller's token

    private static func callers(keeps: Bool = true, bytesMax: Int = 1 << 20) throws -> CallerTokens {
        let bytes = Array(try Signer().set.utf8)
        let issuers = try TokenIssuers([Signer.issuer()])
        let verifier = TokenVerifier(
            keys: FileKeys(now: { 0 }) { _ in .success(bytes) }, trusted: { issuers }, now: { .now })
        return CallerTokens(verifier, keeps: keeps, bytesMax: bytesMax, now: { .now })
    }

    private static func principal(_ callers: CallerTokens, _ token: String) async throws -> Principal {
        let credential = try await callers.verify(Array(token.utf8)).get()
        return Principal(agentID: credential.facts.agentID, credential: .verified(credential))
    }

    @Test func `the caller's token goes into the exchange and never to the server, and each caller has a token`()
        async throws
    {
        let granting = FakeGranting()
        let (tokens, callers) = (tokens(granting), try Self.callers())
        for (number, name) in (["alice", "bob"] as [UTF8String]).enumerated() {
            let token = try Signer().token(name, audience: Self.resource)
            let principal = try await Self.principal(callers, token)
            try await with(exchange(isOfCaller: true), principal: principal, tokens: tokens, callers: callers) {
                (way: Way) async throws in
                #expect(try await way.shown(1) == "Bearer token-\(number + 1)")
                #expect(try await way.shown(2) == "Bearer token-\(number + 1)")
            }
            #expect(granting.subjects.all.last == token)
        }
        #expect(granting.asked.value == 2)
    }

    @Test(arguments: [true, false])
    func `a caller without a token, or whose token is not kept, has nothing to exchange`(
        hasPassport: Bool
    ) async throws {
        let granting = FakeGranting()
        let callers = try Self.callers(keeps: hasPassport)
        let principal =
            hasPassport
            ? Principal(agentID: "p", credential: .passport([1]))
            : try await Self.principal(callers, try Signer().token(audience: Self.resource))
        try await with(
            exchange(isOfCaller: true), principal: principal, tokens: tokens(granting), callers: callers
        ) { (way: Way) async throws in
            #expect(await way.failure(1)?.text.contains("its caller has shown none") == true)
            #expect(granting.asked.value == 0 && way.server.requests.all.isEmpty)
        }
    }

    @Test func `Writ's own token is asked for without the caller's`() async throws {
        let granting = FakeGranting()
        let callers = try Self.callers()
        let principal = try await Self.principal(callers, try Signer().token(audience: Self.resource))
        try await with(exchange(), principal: principal, tokens: tokens(granting), callers: callers) {
            (way: Way) async throws in
            #expect(try await way.shown(1) == "Bearer token-1")
            #expect(granting.subjects.all.isEmpty)
        }
    }

    @Test func `what is forgotten for want of room comes again with the next request`() async throws {
        let tokens = try (0..<3).map { try Signer().token(UTF8String("a\($0)"), audience: Self.resource) }
        let callers = try Self.callers(bytesMax: tokens[0].utf8.count * 2)
        let granting = FakeGranting()
        let exchanged = self.tokens(granting)
        for token in tokens + [tokens[0]] {
            let principal = try await Self.principal(callers, token)
            try await with(
                exchange(isOfCaller: true), principal: principal, tokens: exchanged, callers: callers
            ) { (way: Way) async throws in #expect(try await way.shown(1)?.hasPrefix("Bearer token-") == true) }
        }
        #expect(granting.asked.value == 3)
    }
}

/// A token endpoint that gives tokens of 300 seconds: `token-1`, `token-2` …
private final class FakeGranting: TokenGranting {
    let asked = Mutexed(0)
    let refuses = Mutexed(false)
    let subjects = Happenings<String>()
    private let hold: Hold?

    init(hold: Hold? = nil) { self.hold = hold }

    func grant(_ exchange: TokenExchange, subject: SubjectToken?) async -> Result<GrantedToken, TokenRefused> {
        let number = asked.add(1)
        if let subject { subjects.add(String(decoding: subject.bytes, as: UTF8.self)) }
        await hold?.wait()
        if refuses.value { return .failure(TokenRefused("no token today")) }
        return .success(GrantedToken(token: "token-\(number)", lifetimeMilliseconds: 300_000))
    }
}

extension Mutexed<Int> {
    /// Adds, and says what it is then.
    @discardableResult fileprivate func add(_ more: Int) -> Int {
        change { value in
            value += more
            return value
        }
    }
}
