// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import Testing
import WireTypes

struct CommitmentTests {
    @Test func `salts of different uses never meet`() throws {
        let blind = try Samples.blind()
        let pointers = [
            JSONPointer(), JSONPointer(["a"]), JSONPointer(["a", "b"]), JSONPointer(["a/b"]), JSONPointer([""]),
        ]
        let salts = Blind.Label.allCases.flatMap { label in pointers.map { blind.salt(label, $0) } }
        #expect(Set(salts).count == salts.count)
        #expect(salts.allSatisfy { $0.count == 32 })
        #expect(Blind(bytes: [UInt8](repeating: 0, count: 31)) == nil)
    }

    @Test func `the request's commitment depends on every field and on where fields end`() throws {
        func request(
            method: UTF8String = "tools/call", server: Digest? = nil, tool: UTF8String = "read",
            definition: Digest? = nil, bytes: [UInt8] = Array("{}".utf8), salt: UInt8 = 0
        ) -> Digest {
            CallCommitments.request(
                salt: [UInt8](repeating: salt, count: 32), method: method, serverDigest: server, tool: tool,
                definition: definition, parameterBytes: bytes)
        }
        let digest = Samples.digest("d")
        let all = [
            request(), request(method: "tools/cal"), request(server: digest), request(tool: "read{}", bytes: []),
            request(definition: digest), request(bytes: Array("{ }".utf8)), request(salt: 1), request(tool: "rea"),
            request(method: "", tool: "tools/callread"), request(bytes: digest.bytes),
        ]
        #expect(Set(all).count == all.count)
    }

    @Test func `an auditor can be shown one thing without the rest`() throws {
        let receipt = try Samples.deny()
        let commitments = try Samples.commitments()
        #expect(commitments.disclosures.map(\.name) == ["effect", "/path", "/effect", "/a~1b~0c", "/größe"])
        for disclosure in commitments.disclosures {
            let shown = try #require(receipt.discloses(disclosure.text))
            #expect(shown == disclosure)
            #expect(try !Samples.allow().call.sd.contains(disclosure.digest))
        }
        let effect = try #require(receipt.discloses(commitments.disclosures[0].text))
        #expect(effect.value["id"] == "/internal/finances/payroll.xlsx")
    }

    @Test func `a parameter cannot pass for an effect, nor a name for another`() throws {
        let receipt = try Samples.deny()
        let parameter = try #require(try Samples.commitments().disclosures.first { $0.name == "/effect" })
        #expect(parameter.value["verb"] == "read")
        // The same salt and value under the effect's name is another digest.
        let forged: JSON = .array([.text(Base64URL.encode(parameter.salt)), "effect", parameter.value])
        #expect(receipt.discloses(Base64URL.encode(forged.serialized())) == nil)
        let allow = try Samples.allow()
        let tool = try Samples.blind().name("t\u{f6}ol", as: .tool)
        #expect(allow.discloses(tool.text)?.value == "t\u{f6}ol")
        #expect(allow.discloses(try Samples.blind().name("to\u{308}ol", as: .tool).text) == nil)
        #expect(allow.discloses(try Samples.blind().name("t\u{f6}ol", as: .server).text) == nil)
    }

    @Test func `a disclosure that is changed in any character is refused`() throws {
        let receipt = try Samples.deny()
        let text = try Samples.commitments().disclosures[1].text
        let letters = Array(text.utf8)
        for place in letters.indices {
            var changed = letters
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(receipt.discloses(String(decoding: changed, as: UTF8.self)) == nil)
        }
        for wrong in ["", "W10", text + "=", text + "A", " " + text] { #expect(receipt.discloses(wrong) == nil) }
    }

    @Test(arguments: [0, 1, 255, 256, 257, 600])
    func `at most 256 are committed to, effects first, and the rest is counted`(count: Int) throws {
        var object = JSONObject()
        for index in 0..<count { object[UTF8String("p\(index)")] = .integer(index) }
        let effects = (0..<10).map { CommittedEffect(verb: "read", type: "File", id: UTF8String("/\($0)")) }
        let commitments = CallCommitments(
            blind: try Samples.blind(), method: "tools/call", serverDigest: nil, tool: "t", definition: nil,
            parameters: .object(object), parameterBytes: [], effects: effects)
        #expect(commitments.sd.count == min(256, count + 10))
        #expect(commitments.omitted == (count + 10 > 256 ? UInt64(count + 10 - 256) : nil))
        #expect(commitments.disclosures.prefix(10).allSatisfy { $0.name == "effect" })
        var receipt = try Samples.deny()
        receipt.call.sd = commitments.sd
        receipt.call.sdOmitted = commitments.omitted
        #expect(throws: Never.self) { try SignedEntry(signing: .receipt(receipt), with: Samples.receipts()) }
    }

    @Test func `parameters that are no object are one thing`() throws {
        let commitments = CallCommitments(
            blind: try Samples.blind(), method: "tools/call", serverDigest: nil, tool: "t", definition: nil,
            parameters: [1, 2], parameterBytes: [], effects: [])
        #expect(commitments.disclosures.map(\.name) == [""])
        var receipt = try Samples.deny()
        receipt.call.sd = commitments.sd
        #expect(receipt.discloses(commitments.disclosures[0].text)?.value == [1, 2])
    }

    @Test func `a content digest depends on names, bytes and not on order`() throws {
        let one: (name: UTF8String, bytes: [UInt8]) = ("a.cedar", [1])
        let two: (name: UTF8String, bytes: [UInt8]) = ("b.cedar", [2])
        let digest = ContentDigest.of([one, two])
        #expect(digest == ContentDigest.of([two, one]))
        #expect(digest != ContentDigest.of([(one.name, two.bytes), (two.name, one.bytes)]))
        #expect(digest != ContentDigest.of([one]))
        #expect(ContentDigest.of([one, one]) == nil)
        // SHA-256 of `[]`.
        #expect(
            ContentDigest.of([])?.hex == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945")
    }
}
