// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct RequestHeadTests {
    private func status(_ check: () throws(HTTPRefusal) -> Void) -> Int {
        do throws(HTTPRefusal) { try check() } catch { return error.status }
        return 200
    }

    @Test(arguments: [
        ("application/json, text/event-stream", 200), ("text/event-stream,application/json;q=0.5", 200),
        ("*/*", 200), ("application/*, text/*", 200), ("APPLICATION/JSON, Text/Event-Stream", 200),
        ("application/json", 406), ("text/event-stream", 406), ("text/html", 406), ("", 406),
        ("application/json, text/event-stream;q=0", 406), ("application/jsonx, text/event-stream", 406),
    ]) func `a POST accepts both kinds of answer`(value: String, expected: Int) {
        let headers = HTTPHeaders([("Accept", value)])
        #expect(status { () throws(HTTPRefusal) in try MediaTypes.checkPostAccept(headers) } == expected)
    }

    @Test func `Accept may come in several lines, and has to come`() {
        let lines = HTTPHeaders([("accept", "application/json"), ("ACCEPT", "text/event-stream")])
        #expect(status { () throws(HTTPRefusal) in try MediaTypes.checkPostAccept(lines) } == 200)
        #expect(status { () throws(HTTPRefusal) in try MediaTypes.checkPostAccept(HTTPHeaders()) } == 406)
    }

    @Test(arguments: [
        ("application/json", 200), ("application/json; charset=utf-8", 200), ("Application/JSON", 200),
        (" application/json\t", 200), ("text/plain", 415), ("application/json-rpc", 415), ("", 415),
        ("application/json, text/plain", 415),
    ]) func `a body is JSON`(value: String, expected: Int) {
        let headers = HTTPHeaders([("Content-Type", value)])
        #expect(status { () throws(HTTPRefusal) in try MediaTypes.checkContentType(headers) } == expected)
    }

    @Test func `a body of two types has none`() {
        let headers = HTTPHeaders([("Content-Type", "application/json"), ("content-type", "application/json")])
        #expect(status { () throws(HTTPRefusal) in try MediaTypes.checkContentType(headers) } == 415)
    }

    @Test(
        arguments: [
            ("127.0.0.1:8808", nil, 200), ("localhost", nil, 200), ("LOCALHOST:1", nil, 200), ("[::1]:8808", nil, 200),
            ("writ.test:80", nil, 200), ("evil.example", nil, 421), ("127.0.0.1.evil.example", nil, 421),
            ("localhost.evil.example:8808", nil, 421), ("127.0.0.1:8808:9", nil, 400), ("127.0.0.1:", nil, 400),
            ("", nil, 400), (":80", nil, 400), ("localhost:99999999", nil, 400), ("user@localhost", nil, 421),
            ("localhost", "http://localhost:3000", 200), ("localhost", "https://127.0.0.1", 200),
            ("localhost", "http://[::1]:5", 200), ("localhost", "https://console.test", 200),
            ("localhost", "http://console.test", 403), ("localhost", "https://evil.example", 403),
            ("localhost", "null", 403), ("localhost", "", 403), ("localhost", "http://localhost.evil.example", 403),
            ("localhost", "file://localhost", 403), ("localhost", "http://localhost/path", 403),
            ("evil.example", "http://evil.example", 403),
        ] as [(String, String?, Int)]) func `only this server's names and pages are listened to`(
            host: String, origin: String?, expected: Int
        )
    {
        let names = ListenerNames(hosts: ["Writ.test"], origins: ["https://console.test"])
        var headers = HTTPHeaders([("Host", host)])
        if let origin { headers.add("Origin", origin) }
        #expect(status { () throws(HTTPRefusal) in try names.check(headers) } == expected)
    }

    @Test func `two hosts are none, and of two origins both must be allowed`() {
        let names = ListenerNames()
        let hosts = HTTPHeaders([("Host", "localhost"), ("Host", "evil.example")])
        #expect(status { () throws(HTTPRefusal) in try names.check(hosts) } == 400)
        #expect(status { () throws(HTTPRefusal) in try names.check(HTTPHeaders()) } == 400)
        let origins = HTTPHeaders([
            ("Host", "localhost"), ("Origin", "http://localhost"), ("Origin", "http://evil.example"),
        ])
        #expect(status { () throws(HTTPRefusal) in try names.check(origins) } == 403)
    }

    @Test func `a session id is visible ASCII of a sane length`() {
        #expect(SessionIDs.isValid("0123-abc~!"))
        for id: UTF8String in ["", "a b", "a\tb", "é", "a\u{7f}", UTF8String(String(repeating: "a", count: 1025))] {
            #expect(!SessionIDs.isValid(id))
        }
    }

    @Test(
        arguments: [
            (-32601, 404), (-32020, 400), (-32021, 400), (-32022, 400), (-32602, 200), (-32603, 200), (40301, 200),
            (-32700, 200),
        ] as [(Int64, Int)]) func `errors of the stateless revision have the status it gives them`(
            code: Int64, status: Int
        )
    {
        #expect(HTTPErrorCode.status(of: code) == status)
    }
}
