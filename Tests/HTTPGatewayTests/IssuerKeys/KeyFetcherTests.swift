// SPDX-License-Identifier: Apache-2.0

import Credentials
import Foundation
import IssuerKeys
import Testing

/// What a fetch reaches, and what it does not let itself be led to.
@Suite struct KeyFetcherTests {
    private static func address(_ text: String) throws -> KeyAddress { try #require(KeyAddress(text)) }

    /// A fetcher that may reach this machine by any name.
    private static func here(
        _ names: FakeNames = FakeNames(["127.0.0.1"]), _ change: (inout FetchLimits) -> Void = { _ in }
    ) -> KeyFetcher {
        var limits = FetchLimits()
        change(&limits)
        return KeyFetcher(names: names, limits: limits) { _ in true }
    }

    /// Fetches from a server that answers in a test's way.
    private static func fetch(
        _ fetcher: KeyFetcher = here(), path: String = "/keys",
        _ answer: @escaping @Sendable (RawServer.Request) -> Void
    ) async throws -> Result<[UInt8], KeysUnavailable> {
        let server = try await RawServer()
        let serving = Task { while !Task.isCancelled { answer(try await server.next("GET")) } }
        let outcome = await fetcher.fetch(try address("http://127.0.0.1:\(server.port)\(path)"))
        serving.cancel()
        try await server.stop()
        return outcome
    }

    @Test func `a document is fetched as it is, without cookies or compression`() async throws {
        let outcome = try await Self.fetch { request in
            let isPlain = request.headers["accept-encoding"] == "identity" && request.headers["cookie"] == nil
            request.peer.answer(200, isPlain ? #"{"keys":[]}"# : "")
        }
        #expect(try outcome.get() == Array(#"{"keys":[]}"#.utf8))
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func `a redirection is not followed`(status: Int) async throws {
        let elsewhere = try await RawServer()
        let port = elsewhere.port
        let outcome = try await Self.fetch { request in
            request.peer.answer(status, "", type: nil, "Location: http://127.0.0.1:\(port)/keys\r\n")
        }
        #expect(outcome.failure?.description == "the answer's status is \(status)")
        #expect(elsewhere.requests.all.isEmpty)
        try await elsewhere.stop()
    }

    @Test(arguments: [400, 401, 404, 500, 204]) func `only 200 has keys`(status: Int) async throws {
        #expect(try await Self.fetch { $0.peer.answer(status, #"{"keys":[]}"#) }.failure != nil)
    }

    @Test func `an answer that is announced or sent too large is refused`() async throws {
        let size = CredentialLimits.keySetBytesMax + 1
        let announced = try await Self.fetch { $0.peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n{") }
        #expect(announced.failure?.description.contains("more than") == true)
        let sent = try await Self.fetch { request in
            request.peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + String(repeating: " ", count: size))
        }
        #expect(sent.failure?.description.contains("more than") == true)
    }

    @Test func `a server that says nothing, and one that trickles, are given up`() async throws {
        let fetcher = Self.here { $0.fetchMilliseconds = 200 }
        #expect(try await Self.fetch(fetcher) { _ in }.failure != nil)
        let trickling = try await Self.fetch(fetcher) { request in
            request.peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
        }
        #expect(trickling.failure != nil)
    }

    @Test func `a name server that does not answer is given up`() async throws {
        let names = FakeNames(["127.0.0.1"], hangs: true)
        let outcome = await Self.here(names) { $0.fetchMilliseconds = 100 }.fetch(
            try Self.address("https://idp.example/"))
        #expect(outcome.failure?.description == "no answer within 100 ms")
    }

    @Test(arguments: [
        ["127.0.0.1"], ["10.0.0.1"], ["172.31.255.255"], ["192.168.1.1"], ["169.254.169.254"], ["100.64.0.1"],
        ["0.0.0.0"], ["::1"], ["::ffff:127.0.0.1"], ["fd00::1"], ["fe80::1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"],
        ["224.0.0.1"], ["255.255.255.255"], ["192.0.2.1"], ["198.18.0.1"], ["::"], ["8.8.8.8", "127.0.0.1"],
    ]) func `a name that leads to an address that is not public is refused before a connection`(
        addresses: [String]
    ) async throws {
        let server = try await RawServer()
        let names = FakeNames(addresses)
        let outcome = await KeyFetcher(names: names).fetch(try Self.address("https://idp.example:\(server.port)/keys"))
        #expect(outcome.failure?.description == "the host has an address that is not of the public Internet")
        #expect(server.requests.all.isEmpty && names.asked.all == ["idp.example"])
        try await server.stop()
    }

    @Test(arguments: [
        "https://10.0.0.1/k", "https://[fd00::1]/k", "https://169.254.169.254/latest", "https://[::ffff:127.0.0.1]/k",
    ])
    func `an address that is not public is refused as a name is`(url: String) async throws {
        let outcome = await KeyFetcher(names: FakeNames(["8.8.8.8"])).fetch(try Self.address(url))
        #expect(outcome.failure?.description == "the host has an address that is not of the public Internet")
    }

    @Test func `a name without addresses is refused`() async throws {
        #expect(await KeyFetcher(names: FakeNames([])).fetch(try Self.address("https://idp.example/")).failure != nil)
    }

    @Test(arguments: [
        "8.8.8.8", "1.1.1.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
    ])
    func `an address of the public Internet is one`(text: String) throws {
        #expect(try #require(InternetAddress(text)).isPublic)
    }

    @Test(arguments: [
        "http://idp.example/keys", "http://10.0.0.1/keys", "ftp://127.0.0.1/", "file:///etc/passwd", "https://",
        "https:///x",
        "https://user@idp.example/", "https://idp.example:0/", "https://idp.example:99999/", "https://idp.example/#a",
        "https://idp.example\\@127.0.0.1/", "http://127.0.0.1.evil.example/", "http://127.1/", "http://2130706433/",
        "http://localhost.evil.example/", "https://a b/", "",
    ]) func `a URL of another form is none that keys are fetched from`(text: String) {
        #expect(KeyAddress(text) == nil)
    }
}

extension Result {
    /// The failure, or `nil`.
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
