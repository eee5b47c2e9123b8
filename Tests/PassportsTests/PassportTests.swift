// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import Testing
import WireTypes

/// One change to a whole passport that makes it refused, and the place that must be named.
struct BadMember: Sendable, CustomTestStringConvertible {
    let key: UTF8String
    let value: JSON?
    let code: PassportError.Code
    let path: UTF8String

    init(_ key: UTF8String, _ value: JSON?, _ code: PassportError.Code, _ path: UTF8String? = nil) {
        self.key = key
        self.value = value
        self.code = code
        self.path = path ?? UTF8String("/" + key.string)
    }

    var testDescription: String { "\(key) \(value.map { String(decoding: $0.serialized(), as: UTF8.self) } ?? "-")" }
}

@Suite struct PassportTests {
    @Test func `a passport is read whole`() throws {
        let passport = try Fixture.passport()
        #expect(passport.passportID == "0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10")
        #expect(passport.agentID == "agent-passport:prod-worker-7")
        #expect(passport.kind == .instance && passport.parentAgentID == "agent-passport:prod-worker")
        #expect(passport.ownerID == "org_12345678" && passport.ownerType == .org)
        #expect(passport.assurance == .l2 && passport.status == .active && passport.version == "1.0.0")
        #expect(passport.capabilities.map(\.id) == ["data.export", "messaging.send"])
        #expect(passport.capabilities.first?.params["formats"] == ["csv"])
        #expect(passport.limits["data.export"]?["max_rows"] == 1000)
        #expect(passport.regions == ["DE", "US-CA"])
        #expect(passport.teams == ["finance-readers", "night-shift"])
        #expect(passport.metadata["name"] == "Büro €😀")
        #expect(passport.did == "did:web:example.com:agents:prod-worker-7")
        #expect(passport.createdAt.text == "2026-03-01T09:00:00.000Z")
        #expect(passport.notBefore == passport.createdAt && passport.updatedAt == passport.createdAt)
        #expect(passport.expiresAt?.text == "2027-03-01T09:00:00.000Z")
    }

    @Test func `what is written reads back the same`() throws {
        let passport = try Fixture.passport()
        #expect(try Passport(passport.json) == passport)
        #expect(try passport.json.canonical() == Fixture.document().canonical())
        let eternal = try Passport(Fixture.changed("expires_at", to: nil).with("never_expires", true))
        #expect(eternal.expiresAt == nil)
        #expect(eternal.json["never_expires"] == true && eternal.json["expires_at"] == nil)
        #expect(try Passport(eternal.json) == eternal)
    }

    @Test(
        arguments: [
            "passport_id", "agent_id", "kind", "spec_version", "parent_agent_id", "owner_id", "owner_type",
            "assurance_level", "status", "capabilities", "limits", "regions", "did", "metadata", "created_at",
            "updated_at", "not_before", "expires_at", "version",
        ] as [UTF8String])
    func `a member of another type is refused`(key: UTF8String) throws {
        for value: JSON in [nil, 1, [:]] where try Fixture.document()[key]?.kindName != value.kindName {
            let error = #expect(throws: PassportError.self) { try Passport(Fixture.changed(key, to: value)) }
            #expect(error?.code == .wrongType)
            #expect(error?.path == JSONPointer([key]))
        }
    }

    @Test(
        arguments: [
            "passport_id", "agent_id", "kind", "spec_version", "owner_id", "owner_type", "assurance_level", "status",
            "capabilities", "limits", "regions", "created_at", "updated_at", "version", "expires_at",
        ] as [UTF8String])
    func `a missing member is refused`(key: UTF8String) throws {
        let error = #expect(throws: PassportError.self) { try Passport(Fixture.changed(key, to: nil)) }
        #expect(error?.code == .missingMember)
        #expect(error?.path == JSONPointer([key]))
    }

    @Test(arguments: ["parent_agent_id", "did", "metadata", "not_before"] as [UTF8String])
    func `an optional member may be absent`(key: UTF8String) throws {
        #expect(try Passport(Fixture.changed(key, to: nil)) != Fixture.passport())
    }

    static let identities = [
        BadMember("passport_id", "local-1795339423-bc8fde33", .invalidValue),
        BadMember("passport_id", "0199A6C2-7D3E-7B1A-9C3E-5D2F8A4B6C10", .invalidValue),
        BadMember("passport_id", "ap_", .invalidValue), BadMember("passport_id", "ap_é", .invalidValue),
        BadMember("agent_id", "", .invalidValue), BadMember("agent_id", "a b", .invalidValue),
        BadMember("agent_id", "unidentified", .invalidValue), BadMember("agent_id", "-a", .invalidValue),
        BadMember("agent_id", "agent-passport:prod-worker\u{2010}7", .invalidValue),
        BadMember("agent_id", .text(String(repeating: "a", count: 257)), .invalidValue),
        BadMember("agent_id", "a\u{0}", .invalidValue), BadMember("agent_id", "a\"b", .invalidValue),
        BadMember("kind", "Template", .invalidValue), BadMember("spec_version", "oap/1.1", .invalidValue),
        BadMember("parent_agent_id", "agent-passport:prod-worker-7", .contradiction),
        BadMember("parent_agent_id", "a b", .invalidValue), BadMember("owner_id", "José", .invalidValue),
        BadMember("owner_type", "team", .invalidValue), BadMember("did", "did:web:", .invalidValue),
        BadMember("did", "did:Web:x", .invalidValue), BadMember("did", "web:x:y", .invalidValue),
        BadMember("template_id", "x", .unknownMember), BadMember("signature", "x", .unknownMember),
        BadMember("confirmation", [:], .unknownMember), BadMember("Kind", "template", .unknownMember),
    ]

    static let authority = [
        BadMember("assurance_level", "L4", .invalidValue), BadMember("assurance_level", "l0", .invalidValue),
        // The Kelvin sign: canonically equivalent to K, and equal to it for Swift's String.
        BadMember("assurance_level", "L4\u{212a}YC", .invalidValue), BadMember("status", "ACTIVE", .invalidValue),
        BadMember("capabilities", ["data.export"], .wrongType, "/capabilities/0"),
        BadMember("capabilities", [["params": [:]]], .missingMember, "/capabilities/0/id"),
        BadMember("capabilities", [["id": "data_export"]], .invalidValue, "/capabilities/0/id"),
        BadMember("capabilities", [["id": "Data.export"]], .invalidValue, "/capabilities/0/id"),
        BadMember("capabilities", [["id": "data..export"]], .invalidValue, "/capabilities/0/id"),
        BadMember("capabilities", [["id": ""]], .invalidValue, "/capabilities/0/id"),
        BadMember("capabilities", [["id": "a", "x": 1]], .unknownMember, "/capabilities/0/x"),
        BadMember("capabilities", [["id": "a", "params": []]], .wrongType, "/capabilities/0/params"),
        BadMember("capabilities", [["id": "a"], ["id": "a"]], .contradiction, "/capabilities/1/id"),
        BadMember(
            "capabilities", .array((0...256).map { ["id": .text("c\($0)")] }), .limitExceeded, "/capabilities"),
        BadMember("limits", ["a": [1, 9_007_199_254_740_993]], .invalidValue, "/limits/a/1"),
        BadMember("metadata", ["a": 9_007_199_254_740_992], .invalidValue, "/metadata/a"),
        BadMember("regions", ["de"], .invalidValue, "/regions/0"),
        BadMember("regions", ["*"], .invalidValue, "/regions/0"),
        BadMember("regions", ["DE", "DE"], .contradiction, "/regions/1"),
        BadMember("regions", ["US-CAL"], .invalidValue, "/regions/0"),
        BadMember("regions", [1], .wrongType, "/regions/0"),
        BadMember("regions", ["US_CA"], .invalidValue, "/regions/0"),
        BadMember("metadata", ["teams": "a"], .wrongType, "/metadata/teams"),
        BadMember("metadata", ["teams": [1]], .wrongType, "/metadata/teams/0"),
        BadMember("metadata", ["teams": ["a", "a"]], .contradiction, "/metadata/teams/1"),
        BadMember("metadata", ["teams": ["a b"]], .invalidValue, "/metadata/teams/0"),
        BadMember("metadata", ["teams": nil], .wrongType, "/metadata/teams"),
        BadMember(
            "metadata", ["teams": .array((0...64).map { .text("t\($0)") })], .limitExceeded, "/metadata/teams"),
    ]

    static let times = [
        BadMember("created_at", "2026-03-01", .invalidValue), BadMember("updated_at", "yesterday", .invalidValue),
        BadMember("expires_at", "2026-03-01T09:00:00Z", .contradiction),
        BadMember("expires_at", "2026-03-01T08:59:59Z", .contradiction),
        BadMember("never_expires", true, .contradiction), BadMember("never_expires", "no", .wrongType),
        BadMember("never_expires", nil, .wrongType, "/never_expires"), BadMember("version", "1.0", .invalidValue),
        BadMember("version", "1.0.0-beta", .invalidValue), BadMember("version", "v1.0.0", .invalidValue),
    ]

    @Test(arguments: identities + authority + times)
    func `a value that is not allowed is refused at its place`(bad: BadMember) throws {
        // A `nil` in the table is JSON's null; absence is another test.
        let document = try Fixture.changed(bad.key, to: bad.value ?? .some(.null))
        let error = #expect(throws: PassportError.self) { try Passport(document) }
        #expect(error?.code == bad.code)
        #expect(error?.path.text == bad.path)
        #expect(error?.remedy.isEmpty == false && error?.problem.isEmpty == false)
    }

    @Test func `a passport that says it expires must say when`() throws {
        let document = try Fixture.changed("expires_at", to: nil).with("never_expires", false)
        let error = #expect(throws: PassportError.self) { try Passport(document) }
        #expect(error?.code == .missingMember)
        #expect(try Passport(Fixture.changed("never_expires", to: false)) == Fixture.passport())
    }

    @Test func `an error's place is within its document`() throws {
        let error = #expect(throws: PassportError.self) {
            try Passport(Fixture.changed("kind", to: "x"), at: JSONPointer(["passport"]))
        }
        #expect(error?.description.hasPrefix("/passport/kind: ") == true)
        #expect(throws: PassportError.self) { try Passport([]) }
    }

    @Test func `times in any offset are one moment`() throws {
        let passport = try Passport(Fixture.changed("expires_at", to: "2027-03-01T10:00:00+01:00"))
        #expect(passport == (try Fixture.passport()))
    }

    @Test(arguments: ["ap_0a1B-2", "apt_x", "agt_inst_abc", "agt_tmpl_1_2"])
    func `registries' ids are passports' ids`(id: String) throws {
        #expect(try Passport(Fixture.changed("passport_id", to: .text(id))).passportID == UTF8String(id))
    }

    @Test(arguments: [
        "spiffe://example.org/ns/prod/sa/worker", "did:web:example.com%3A8443:a", "user@example.com", "7",
    ])
    func `the usual names of agents are allowed`(name: String) throws {
        #expect(try Passport(Fixture.changed("agent_id", to: .text(name))).agentID == UTF8String(name))
    }

    @Test func `assurance is ordered and has five levels`() {
        #expect(Assurance.allCases.sorted() == [.l0, .l1, .l2, .l3, .l4KYC, .l4FIN])
        #expect(Assurance.allCases.map(\.level) == [0, 1, 2, 3, 4, 4])
        #expect(Assurance.l4KYC < .l4FIN && !(Assurance.l4FIN < .l4KYC) && Assurance.l3 < .l4KYC)
    }
}

extension JSON {
    func with(_ key: UTF8String, _ value: JSON) -> JSON {
        guard var object else { return self }
        object[key] = value
        return .object(object)
    }
}
