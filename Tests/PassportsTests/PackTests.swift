// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import Testing
import WireTypes

@testable import struct Passports.CapabilityAliases
@testable import struct Passports.PackTable

@Suite struct PackTests {
    private static func passport(
        _ capabilities: [UTF8String], _ assurance: Assurance = .l4FIN, regions: [UTF8String] = []
    ) throws -> Passport {
        var draft = PassportDraft(agentID: "a", ownerID: "o")
        draft.capabilities = try capabilities.map { try Capability($0) }
        draft.assurance = assurance
        draft.regions = regions
        return try draft.passport(id: Fixture.id(), at: Timestamp(clamping: 0))
    }

    @Test func `the standard tables are read whole`() throws {
        _ = try PackTable(parsing: PackTable.text)
        _ = try CapabilityAliases(parsing: CapabilityAliases.text)
        #expect(PackTable.standard.packs.count == 22)
        #expect(CapabilityAliases.standard.names(of: "data.export") == ["data.export", "data.export.create"])
    }

    @Test func `every published pack is met by what it names and by nothing less`() throws {
        let table = PackTable.standard
        for pack in table.packs {
            let requirements = try #require(table.requirements(of: pack))
            let full = try Self.passport(requirements.capabilities, requirements.assurance)
            #expect(full.refusal(under: requirements) == nil)
            for missing in requirements.capabilities {
                let less = try Self.passport(requirements.capabilities.filter { $0 != missing })
                #expect(less.refusal(under: requirements)?.code == .unknownCapability)
            }
            if let lower = Assurance.allCases.last(where: { $0 < requirements.assurance }) {
                let weaker = try Self.passport(requirements.capabilities, lower)
                #expect(weaker.refusal(under: requirements)?.code == .assuranceInsufficient)
            }
        }
    }

    @Test(
        arguments: [
            ("data.export.create.v1", "L1", ["data.export"]), ("messaging.message.send.v1", "L0", ["messaging.send"]),
            ("code.repository.merge.v1", "L2", ["repo.pr.create", "repo.merge"]),
            ("code.release.publish.v1", "L3", ["repo.release"]),
            ("finance.payment.refund.v1", "L2", ["finance.payment.refund"]),
            ("web.fetch.v1", "L0", ["web.fetch"]),
        ] as [(UTF8String, UTF8String, [UTF8String])])
    func `a pack asks for what it publishes`(pack: UTF8String, assurance: UTF8String, capabilities: [UTF8String]) {
        let requirements = PackTable.standard.requirements(of: pack)
        #expect(requirements?.assurance.wire == assurance)
        #expect(requirements?.capabilities == capabilities)
    }

    @Test(arguments: ["data.export.create", "data.export.create.v2", "DATA.EXPORT.CREATE.V1", "", "policy.template.v1"])
    func `a pack that is not in the table has no requirements to meet`(pack: String) {
        #expect(PackTable.standard.requirements(of: UTF8String(pack)) == nil)
    }

    @Test func `capability comes before assurance and assurance before region`() throws {
        let requirements = try #require(PackTable.standard.requirements(of: "data.export.create.v1"))
        let nothing = try Self.passport([], .l0)
        #expect(nothing.refusal(under: requirements, region: "DE")?.code == .unknownCapability)
        let weak = try Self.passport(["data.export"], .l0)
        #expect(weak.refusal(under: requirements, region: "DE")?.code == .assuranceInsufficient)
        let elsewhere = try Self.passport(["data.export"], .l1, regions: ["US-CA"])
        #expect(elsewhere.refusal(under: requirements, region: "DE")?.code == .regionBlocked)
        #expect(elsewhere.refusal(under: requirements)?.code == nil)
    }

    @Test(
        arguments: [
            (["DE"], "DE", true), (["US"], "US-CA", true), (["US-CA"], "US-CA", true), (["US-CA"], "US", false),
            (["US-CA"], "US-NY", false), ([], "DE", false), (["DE"], "de", false), (["DE"], "", false),
            (["DE"], "DEU", false), (["US"], "US-", false), (["US"], "US-CAX", false),
        ] as [([UTF8String], UTF8String, Bool)])
    func `a country covers its parts`(regions: [UTF8String], region: UTF8String, covered: Bool) throws {
        let requirements = PackRequirements(pack: "own.v1", assurance: .l0, capabilities: [])
        let passport = try Self.passport([], regions: regions)
        #expect((passport.refusal(under: requirements, region: region) == nil) == covered)
    }

    @Test(
        arguments: [
            ("data.export.create", "data.export.create.v1"), ("messaging.message.send", "messaging.message.send.v1"),
            ("finance.payment.charge", "finance.payment.charge.v1"),
            ("repo.release.publish", "code.release.publish.v1"),
            ("code.release.publish", "code.release.publish.v1"),
        ] as [(UTF8String, UTF8String)])
    func `another name of a capability is that capability`(name: UTF8String, pack: UTF8String) throws {
        let requirements = try #require(PackTable.standard.requirements(of: pack))
        #expect(try Self.passport([name]).refusal(under: requirements) == nil)
        #expect(try Self.passport([UTF8String(name.string + ".x")]).refusal(under: requirements) != nil)
        #expect(try Self.passport(["data"]).refusal(under: requirements) != nil)
    }

    @Test func `aliases go both ways and no further`() {
        let aliases = CapabilityAliases.standard
        #expect(
            aliases.names(of: "code.release.publish") == [
                "code.release.publish", "repo.release", "repo.release.publish",
            ])
        #expect(aliases.names(of: "unheard.of") == ["unheard.of"])
        #expect(aliases.names(of: "data") == ["data"])
    }

    @Test(
        arguments: [
            ("web.fetch.v1 L0", .missingMember, "/1"), ("\n# c\nweb.fetch L0 web.fetch", .invalidValue, "/3"),
            ("web.fetch.v L0 a", .invalidValue, "/1"), ("v1 L0 a", .invalidValue, "/1"),
            ("web.fetch.v1 L9 a", .invalidValue, "/1"), ("web.fetch.v1 L0 A", .invalidValue, "/1"),
            ("web.fetch.v1 L0 a a", .invalidValue, "/1"), ("a.v1 L0 a\na.v1 L0 b", .contradiction, "/2"),
        ] as [(String, PassportError.Code, UTF8String)])
    func `a table with a wrong line is refused at it`(table: String, code: PassportError.Code, path: UTF8String) {
        let error = #expect(throws: PassportError.self) { try PackTable(parsing: table) }
        #expect(error?.code == code)
        #expect(error?.path.text == path)
    }

    @Test func `a name in two groups of aliases is refused`() {
        let error = #expect(throws: PassportError.self) { try CapabilityAliases(parsing: "a b # c\n\nb d") }
        #expect(error?.path.text == "/3")
        #expect(throws: PassportError.self) { try CapabilityAliases(parsing: "a_b") }
    }
}

@Suite struct LimitResolverTests {
    private static func value(_ limits: String, _ name: UTF8String, _ capability: UTF8String) throws -> JSON? {
        LimitResolver(try #require(try JSON(parsing: UTF8String(limits)).object)).value(of: name, for: capability)
    }

    @Test(
        arguments: [
            (#"{"data.export":{"max_rows":1}}"#, "max_rows", 1),
            (#"{"data":{"export":{"max_rows":2}}}"#, "max_rows", 2),
            (#"{"max_rows":3}"#, "max_rows", 3), (#"{"data.export.max_rows":4}"#, "max_rows", 4),
            (#"{"max_rows":3,"data":{"export":{"max_rows":2}},"data.export":{"max_rows":1}}"#, "max_rows", 1),
            (#"{"max_rows":3,"data":{"export":{"max_rows":2}}}"#, "max_rows", 2),
            (#"{"data.export":{"max":1},"max_rows":3}"#, "max_rows", 3),
            (#"{"data.export":7,"data":{"export":{"max_rows":2}}}"#, "max_rows", 2),
            (#"{"data.export.create":{"max_rows":5},"max_rows":3}"#, "max_rows", 5),
            (#"{"data.export":{"caps":{"USD":{"day":6}}}}"#, "caps.USD.day", 6),
            (#"{"caps.USD":{"day":6}}"#, "caps.USD.day", 6),
            (#"{"data":{"export.caps":{"USD.day":6}}}"#, "caps.USD.day", 6),
            (#"{"data.exports":{"max_rows":1}}"#, "max_rows", nil), (#"{"max_rows":{"x":1}}"#, "max_rows.y", nil),
            ("{}", "max_rows", nil), (#"{"":1}"#, "", 1),
        ] as [(String, UTF8String, Int64?)])
    func `exact keys come before paths and paths before flat names`(
        limits: String, name: UTF8String, value: Int64?
    ) throws {
        #expect(try Self.value(limits, name, "data.export") == value.map { .integer($0) })
    }

    @Test func `a null limit is a limit, not an absence`() throws {
        #expect(
            try Self.value(#"{"data.export":{"max_rows":null},"max_rows":3}"#, "max_rows", "data.export")
                == .some(.null))
    }

    @Test func `limits under a pack's name are found`() throws {
        let limits = #"{"messaging.message.send":{"msgs_per_day":1},"code.repository.merge":{"max_prs_per_day":2}}"#
        #expect(try Self.value(limits, "msgs_per_day", "messaging.send") == 1)
        #expect(try Self.value(limits, "max_prs_per_day", "code.repository.merge") == 2)
    }

    @Test func `a name of very many parts is no limit`() throws {
        let name = UTF8String(String(repeating: "a.", count: 5000) + "a")
        #expect(try Self.value(#"{"a":{"a":{"a":1}}}"#, name, name) == nil)
    }
}
