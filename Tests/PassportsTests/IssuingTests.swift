// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import Testing
import WireTypes

@Suite struct DraftTests {
    private static let now = Timestamp(clamping: 1_773_802_031_204)

    @Test func `a draft becomes a whole passport`() throws {
        var draft = PassportDraft(agentID: "agent-passport:prod-worker-7", ownerID: "org_1")
        draft.capabilities = [
            try Capability("data.file.read"),
            try Capability("data.export", params: (["a": 1] as JSON).object ?? JSONObject()),
        ]
        draft.assurance = .l3
        draft.regions = ["DE"]
        draft.teams = ["readers"]
        draft.expiresAt = Self.now.adding(milliseconds: 86_400_000)
        draft.metadata["name"] = "Worker"
        draft.metadata["teams"] = ["smuggled"]
        let passport = try draft.passport(id: Fixture.id(), at: Self.now)
        #expect(passport.passportID == UTF8String(Fixture.id().text))
        #expect(passport.kind == .template && passport.status == .active && passport.version == "1.0.0")
        #expect(passport.createdAt == Self.now && passport.updatedAt == Self.now)
        #expect(passport.teams == ["readers"] && passport.metadata["name"] == "Worker")
        #expect(passport.standing(at: Self.now, logged: .none) == .active)
        #expect(passport.expiresAt?.text == "2026-03-19T02:47:11.204Z")
        #expect(try Passport(passport.json) == passport)
    }

    @Test func `a draft grants nothing that is not said`() throws {
        let passport = try PassportDraft(agentID: "a", ownerID: "o").passport(id: Fixture.id(), at: Self.now)
        #expect(passport.capabilities.isEmpty && passport.limits.isEmpty && passport.teams.isEmpty)
        #expect(passport.assurance == .l0 && passport.regions.isEmpty && passport.expiresAt == nil)
    }

    @Test func `a draft with a parent is an instance`() throws {
        var draft = PassportDraft(agentID: "a", ownerID: "o")
        draft.parentAgentID = "t"
        #expect(try draft.passport(id: Fixture.id(), at: Self.now).kind == .instance)
    }

    @Test func `a draft is checked like a passport that is read`() throws {
        #expect(throws: PassportError.self) {
            try PassportDraft(agentID: "a b", ownerID: "o").passport(id: Fixture.id(), at: Self.now)
        }
        var draft = PassportDraft(agentID: "a", ownerID: "o")
        draft.expiresAt = Self.now
        let error = #expect(throws: PassportError.self) { try draft.passport(id: Fixture.id(), at: Self.now) }
        #expect(error?.path.text == "/expires_at")
        #expect(throws: PassportError.self) { try Capability("Data") }
    }
}

@Suite struct ImportTests {
    private static let now = Timestamp(clamping: 1_773_802_031_204)

    private static func imported(_ text: String, _ options: ImportOptions = ImportOptions()) throws -> PassportImport {
        try PassportImport(reading: Array(text.utf8), options: options, id: Fixture.id(), at: now)
    }

    private static func kinds(_ result: PassportImport, _ path: UTF8String) -> [ImportFinding.Kind] {
        result.findings.filter { $0.path.text == path }.map(\.kind)
    }

    @Test func `a minimal passport is completed and everything is reported`() throws {
        let result = try Self.imported(#"{"passport_id":"local-1-2","owner_id":"user@example.com"}"#)
        let passport = result.passport
        #expect(passport.agentID == "local-1-2" && passport.passportID == UTF8String(Fixture.id().text))
        #expect(passport.metadata["source_passport_id"] == "local-1-2")
        #expect(passport.status == .draft && passport.assurance == .l0 && passport.capabilities.isEmpty)
        #expect(passport.ownerType == .user && passport.expiresAt == nil && passport.createdAt == Self.now)
        #expect(Self.kinds(result, "/status") == [.defaulted] && Self.kinds(result, "/passport_id") == [.changed])
        #expect(Self.kinds(result, "/owner_id") == [.found])
        #expect(Self.kinds(result, "/never_expires") == [.defaulted, .notice])
        for key in [
            "agent_id", "kind", "spec_version", "owner_type", "assurance_level", "capabilities", "limits", "regions",
            "created_at", "updated_at", "version",
        ] { #expect(Self.kinds(result, UTF8String("/" + key)) == [.defaulted], "\(key)") }
    }

    @Test func `what the caller says counts before what the file says`() throws {
        var options = ImportOptions()
        options.agentID = "agent:x"
        options.ownerID = "org_2"
        options.assurance = .l1
        options.expiresAt = Self.now.adding(milliseconds: 1)
        options.teams = ["here"]
        let text =
            #"{"agent_id":"a","owner_id":"o","assurance_level":"L4FIN","never_expires":true,"metadata":{"teams":["admins"]}}"#
        let result = try Self.imported(text, options)
        #expect(result.passport.agentID == "agent:x" && result.passport.ownerID == "org_2")
        #expect(result.passport.assurance == .l1 && result.passport.expiresAt == options.expiresAt)
        #expect(result.passport.teams == ["here"])
        #expect(Self.kinds(result, "/metadata/teams") == [.dropped, .changed])
        #expect(Self.kinds(result, "/assurance_level") == [.changed])
        #expect(Self.kinds(result, "/never_expires") == [.dropped])
    }

    @Test func `a foreign file makes no memberships`() throws {
        let result = try Self.imported(#"{"agent_id":"a","owner_id":"o","metadata":{"teams":["admins"],"x":1}}"#)
        #expect(result.passport.teams.isEmpty && result.passport.metadata["x"] == 1)
        #expect(try Self.imported(#"{"agent_id":"a","owner_id":"o","metadata":"note"}"#).passport.metadata.isEmpty)
    }

    @Test func `a higher assurance is a notice to whoever signs`() throws {
        let result = try Self.imported(#"{"agent_id":"a","owner_id":"o","assurance_level":"L3"}"#)
        #expect(result.passport.assurance == .l3)
        #expect(Self.kinds(result, "/assurance_level") == [.found, .notice])
    }

    @Test func `both names of the template are read and one is written`() throws {
        let template = try Self.imported(#"{"agent_id":"a","owner_id":"o","template_id":"t"}"#)
        #expect(template.passport.parentAgentID == "t" && template.passport.kind == .instance)
        #expect(Self.kinds(template, "/template_id") == [.changed])
        let both = try Self.imported(#"{"agent_id":"a","owner_id":"o","template_id":"t","parent_agent_id":"t"}"#)
        #expect(both.passport.parentAgentID == "t")
        let error = #expect(throws: PassportError.self) {
            try Self.imported(#"{"agent_id":"a","owner_id":"o","template_id":"t","parent_agent_id":"u"}"#)
        }
        #expect(error?.code == .contradiction)
    }

    @Test func `what cannot be understood is dropped where that takes away`() throws {
        let result = try Self.imported(
            #"{"agent_id":"a","owner_id":"o","capabilities":["web.fetch",{"id":"web.fetch"},{"id":"Data_Export"},"#
                + #"{"id":"a.b","params":null,"scope":"x"}],"regions":["de","*","DE"],"did":"x","frobnicate":1,"#
                + #""signature":"x","version":"1.0","spec_version":"1.0","status":"active","limits":null}"#)
        #expect(result.passport.capabilities.map(\.id) == ["web.fetch", "a.b"])
        #expect(result.passport.regions == ["DE"] && result.passport.did == nil && result.passport.version == "1.0.0")
        #expect(result.passport.status == .active && result.passport.limits.isEmpty)
        for path in [
            "/capabilities/1", "/capabilities/2", "/capabilities/3/scope", "/regions/1", "/regions/2", "/did",
            "/frobnicate", "/signature",
        ] {
            #expect(Self.kinds(result, UTF8String(path)) == [.dropped], "\(path)")
        }
        for path in ["/capabilities/0", "/regions/0", "/version", "/spec_version"] {
            #expect(Self.kinds(result, UTF8String(path)) == [.changed], "\(path)")
        }
        #expect(Self.kinds(result, "/limits") == [.defaulted])
    }

    @Test func `ids keep their form where it is allowed`() throws {
        let upper = try Self.imported(#"{"passport_id":"0199A6C2-7D3E-7B1A-9C3E-5D2F8A4B6C10","owner_id":"org_1"}"#)
        #expect(upper.passport.passportID == "0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10")
        #expect(upper.passport.ownerType == .org)
        let registry = try Self.imported(#"{"passport_id":"ap_12ab","agent_id":"a","owner_id":"o"}"#)
        #expect(registry.passport.passportID == "ap_12ab")
        #expect(
            try Self.imported(#"{"agent_id":"a","owner_id":"o"}"#).passport.passportID == UTF8String(Fixture.id().text))
    }

    @Test func `an answer of a service is unwrapped`() throws {
        let result = try Self.imported(#"{"passport":{"agent_id":"a","owner_id":"o"},"request_id":"r"}"#)
        #expect(result.passport.agentID == "a")
    }

    @Test(
        arguments: [
            ("{", .malformed, ""), ("[]", .notAPassport, ""), ("{}", .missingMember, "/agent_id"),
            (#"{"agent_id":"a"}"#, .missingMember, "/owner_id"),
            (#"{"agent_id":1,"owner_id":"o"}"#, .wrongType, "/agent_id"),
            (#"{"agent_id":"a b","owner_id":"o"}"#, .invalidValue, "/agent_id"),
            (#"{"agent_id":"a","owner_id":"o","never_expires":false}"#, .missingMember, "/expires_at"),
            (#"{"agent_id":"a","owner_id":"o","never_expires":"no"}"#, .wrongType, "/never_expires"),
            (#"{"agent_id":"a","owner_id":"o","expires_at":"soon"}"#, .invalidValue, "/expires_at"),
            (#"{"agent_id":"a","owner_id":"o","spec_version":"oap/2.0"}"#, .invalidValue, "/spec_version"),
            (#"{"agent_id":"a","owner_id":"o","status":"live"}"#, .invalidValue, "/status"),
            (#"{"agent_id":"a","owner_id":"o","limits":{"x":1e400}}"#, .invalidValue, "/limits/x"),
            (#"{"agent_id":"a","owner_id":"o","capabilities":"all"}"#, .wrongType, "/capabilities"),
            (#"{"agent_id":"a","owner_id":"o","capabilities":[1]}"#, .wrongType, "/capabilities/0"),
            (#"{"agent_id":"a","agent_id":"b","owner_id":"o"}"#, .malformed, ""),
            (#"{"type":"writ.passport/1","passport":{}}"#, .notAPassport, "/type"),
        ] as [(String, PassportError.Code, UTF8String)])
    func `what makes no passport is refused at its place`(text: String, code: PassportError.Code, path: UTF8String) {
        let error = #expect(throws: PassportError.self) { try Self.imported(text) }
        #expect(error?.code == code)
        #expect(error?.path.text == path)
    }

    @Test(
        .enabled(if: SharedPassports.exist, "needs the reference tools' passports"),
        arguments: [
            ("default.json", .active), ("draft.json", .draft), ("expired.json", .expired), ("strict.json", .active),
            ("strict3.json", .active), ("suspended.json", .suspended),
        ] as [(String, Standing)])
    func `the reference tools' passports are imported, signed and verified`(name: String, standing: Standing) throws {
        let result = try PassportImport(
            reading: SharedPassports.bytes(name), id: Fixture.id(), at: Self.now)
        let now = try Fixture.time("2027-01-01T00:00:00.000Z")
        #expect(result.passport.standing(at: now, logged: .none) == standing)
        #expect(result.passport.agentID == "local-1795339423-bc8fde33" && result.passport.regions == ["US", "CA"])
        #expect(result.findings.contains { $0.kind == .changed && $0.path.text == "/passport_id" })
        #expect(!result.findings.contains { $0.kind == .dropped && $0.path.tokens.first == "capabilities" })
        let file = try PassportFile(signing: result.passport, kid: Fixture.kid, privateKey: Fixture.seed)
        let verified = try PassportFile(parsing: file.bytes).verified(by: Fixture.issuers())
        #expect(verified.passport == result.passport)
        if name == "strict.json" {
            let limits = LimitResolver(verified.passport.limits)
            #expect(limits.value(of: "msgs_per_day", for: "messaging.send") == 1)
            #expect(limits.value(of: "currency_limits.USD.daily_cap", for: "finance.payment.refund") == 50_000)
        }
    }
}
