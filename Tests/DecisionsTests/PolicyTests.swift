// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import Passports
import StrictJSON
import Testing
import WireTypes

/// How policies come to a verdict.
struct PolicyTests {
    @Test func `a forbid wins over any number of permits`() throws {
        let verdict = try judged(
            Calls.call(), Books.policies + #"@id("z") permit (principal, action, resource);"# + Self.forbid("zz"))
        #expect(verdict.refusals.map(\.code) == [.policyForbidden])
    }

    @Test func `of several forbids the lowest id by bytes gives the reason, and all are listed`() throws {
        let verdict = try judged(
            Calls.call(),
            Books.policies + Self.forbid("b") + Self.forbid("é") + Self.forbid("a10") + Self.forbid("a9")
                + Self.forbid("Z"))
        let order: [UTF8String] = ["Z", "a10", "a9", "b", "é"]
        #expect(verdict.refusals.map(\.policy) == order)
        #expect(verdict.determining == order)
        #expect(verdict.refusals.first?.message == "policy block: Z")
    }

    @Test func `a forbid on one effect refuses the whole call`() throws {
        let call = try Calls.call("read_many", ["paths": ["/reports/a", "/reports/b", "/reports/c"]])
        #expect(try judged(call).isAllowed)
        let policies =
            Books.policies + #"@id("b") forbid (principal, action == Action::"read", resource == File::"/reports/b");"#
        #expect(try judged(call, policies).determining == ["b"])
    }

    @Test func `each effect needs a permit of its own`() throws {
        let both = try Calls.call("copy", ["from": "/reports/a", "to": "/out/b"])
        let write = #"@id("write") permit (principal, action == Action::"write", resource in Directory::"/out");"#
        #expect(try judged(both).refusals.first?.message == "not permitted: no policy permits write on File")
        #expect(try judged(both, Books.policies + write).isAllowed)
        #expect(
            try judged(both, #"@id("c") permit (principal, action in Action::"docs", resource);"# + write)
                .refusals.first?.message == "not permitted: no policy permits read on File")
    }

    @Test func `the effects' permits are no permit for the call`() throws {
        let verdict = try judged(Calls.call(), #"permit (principal, action in Action::"effect", resource);"#)
        #expect(verdict.refusals.map(\.message) == ["not permitted: no policy permits docs/read_document on Tool"])
    }

    @Test func `a forbid that cannot be evaluated denies, and Cedar's own decision is recorded`() throws {
        let verdict = try judged(
            Calls.call(), Books.policies + #"@id("x") forbid (principal, action, resource) when { context.gone == 1 };"#
        )
        #expect(verdict.refusals.map(\.code) == [.policyError])
        #expect(verdict.refusals.first?.policy == "x")
        #expect(verdict.cedarAllows)
        #expect(verdict.determining == ["x"])
        #expect(verdict.policyErrors.map(\.policy) == ["x"] && verdict.policyErrors.map(\.code) == ["missingAttribute"])
    }

    @Test func `a forbid that holds comes before one that cannot be evaluated`() throws {
        let verdict = try judged(
            Calls.call(),
            Books.policies + #"@id("a") forbid (principal, action, resource) when { context.gone };"# + Self.forbid("b")
        )
        #expect(verdict.refusals.map(\.code) == [.policyForbidden, .policyError])
        #expect(verdict.determining == ["a", "b"])
        #expect(!verdict.cedarAllows)
    }

    @Test func `a permit that cannot be evaluated is skipped and recorded`() throws {
        let broken = #"@id("x") permit (principal, action, resource) when { context.gone };"#
        let allowed = try judged(Calls.call(), Books.policies + broken)
        #expect(allowed.isAllowed)
        #expect(allowed.policyErrors.map(\.policy) == ["x"])
        let alone = try judged(Calls.call(), broken)
        #expect(alone.refusals.map(\.code) == [.notPermitted])
        #expect(alone.policyErrors.map(\.policy) == ["x"])
    }

    @Test(arguments: [
        (#"@id("s") @mode("shadow") forbid (principal, action, resource);"#, false),
        (#"@id("s") @mode("shadow") permit (principal, action, resource);"#, true),
        (#"@id("s") @mode("shadow") forbid (principal, action, resource) when { context.gone };"#, false),
        (#"@id("s") @mode("shadow") @approval("g") permit (principal, action, resource);"#, true),
    ])
    func `shadow policies change nothing but what would have been`(_ shadow: String, _ would: Bool) throws {
        let call = try Calls.call()
        let without = try judged(call)
        let with = try judged(call, Books.policies + shadow)
        #expect(with.isAllowed && with.reasons == without.reasons && with.determining == without.determining)
        #expect(with.policyErrors.isEmpty && with.cedarAllows)
        #expect(without.would == nil)
        #expect(with.would == would)
    }

    @Test func `a shadow permit does not permit`() throws {
        let verdict = try judged(Calls.call(), #"@id("s") @mode("shadow") permit (principal, action, resource);"#)
        #expect(verdict.refusals.map(\.code) == [.notPermitted])
        #expect(verdict.would == true)
    }

    @Test func `where only a permit is missing no policy has decided`() throws {
        let verdict = try judged(Calls.call("read_document", ["path": "/internal/a"]))
        #expect(verdict.refusals.map(\.policy) == [nil])
        #expect(verdict.determining == [])
    }

    @Test func `a permit that asks for approval asks even where another permit holds`() throws {
        let ask = #"@id("zz") @approval("finance") permit (principal, action == Action::"read", resource);"#
        let verdict = try judged(Calls.call(), Books.policies + ask)
        #expect(verdict.refusals.map(\.code) == [.approvalRequired])
        #expect(
            verdict.refusals.first?.message
                == "approval required: by finance, and the configuration names nobody for it, or too few")
        #expect(verdict.determining == ["permit-docs", "permit-read", "zz"])
    }

    @Test func `a tree keeps what it is in where the call names a file of its name as well`() throws {
        let policies = #"""
            @id("c") permit (principal, action in Action::"call", resource);
            @id("w") permit (principal, action == Action::"write", resource in Directory::"/reports");

            """#
        let readsAll = policies + #"@id("r") permit (principal, action == Action::"read", resource);"#
        let both = try Calls.call("add", ["tree": "/reports", "file": "/reports"])
        #expect(try judged(both, readsAll).isAllowed)
        // The file itself lies in no tree of its own name, whatever else is said of that tree.
        let readsIn =
            policies + #"@id("r") permit (principal, action == Action::"read", resource in Directory::"/reports");"#
        #expect(try !judged(both, readsIn).isAllowed)
        let over = try Calls.call("add", ["look": "/reports", "to": "/reports"])
        #expect(
            try judged(over, readsAll).refusals.first?.message == "not permitted: no policy permits write on File")
        // A folder's own dot is the folder.
        let dot = try Calls.call("add", ["tree": "/reports", "file": "/reports/."])
        #expect(try judged(dot, readsIn).isAllowed)
    }

    @Test func `a null that the tool's map allows is absence, and any other an opaque value`() throws {
        let policies = Books.policies + #"@id("w") permit (principal, action == Action::"write", resource);"#
        let call = try Calls.call("add", ["to": "/x", "file": nil, "note": nil])
        let verdict = try judged(call, policies)
        #expect(verdict.isAllowed, "\(verdict.refusals)")
        #expect(verdict.questions.first?.request.context["input"] == .record(["to": .string("/x")]))
        #expect(verdict.message["params"]?["arguments"] == ["to": "/x", "file": nil, "note": nil])
        let other = try judged(Calls.call("add", ["to": "/x", "look": nil]), policies)
        #expect(other.refusals.first?.message == "not permitted: no policy permits opaque on Opaque (value)")
    }

    @Test func `an approval does not soften a forbid`() throws {
        let ask = #"@id("a") @approval("finance") permit (principal, action, resource);"#
        #expect(try judged(Calls.call(), ask + Self.forbid("z")).refusals.map(\.code) == [.policyForbidden])
    }

    @Test func `what the tool's map does not declare is opaque, denied by default and permitted by name`() throws {
        let call = try Calls.call("read_document", ["path": "/reports/a", "mode": "raw"])
        #expect(
            try judged(call).refusals.first?.message == "not permitted: no policy permits opaque on Opaque (arguments)")
        let wrong = #"@id("o") permit (principal, action == Action::"opaque", resource == Opaque::"value");"#
        #expect(!(try judged(call, Books.policies + wrong).isAllowed))
        let right = #"@id("o") permit (principal, action == Action::"opaque", resource == Opaque::"arguments");"#
        #expect(try judged(call, Books.policies + right).isAllowed)
    }

    @Test(arguments: ["1e300", "9223372036854775808", "0.00001", "null"])
    func `a value that Cedar cannot hold is opaque and never left out silently`(_ number: String) throws {
        let call = try Calls.call("pay", JSON(parsing: UTF8String(#"{"amount": \#(number), "to": "a"}"#)))
        let verdict = try judged(call)
        #expect(verdict.effects.map(\.description).contains("opaque Opaque::\"value\""))
        #expect(verdict.refusals.map(\.code) == [.notPermitted])
        // A forbid that guards the value does not lapse: it fails, and so holds.
        let guarded =
            Books.policies + #"@id("g") forbid (principal, action, resource) when { context.input.amount > 9 };"#
        #expect(try judged(call, guarded).refusals.first?.code == .policyError)
    }

    @Test func `a limit in a passport that Cedar cannot hold is opaque too`() throws {
        let credential = try Agents.credential {
            $0.limits["data.export"] = try JSON(parsing: #"{"rate": 0.00001}"#)
        }
        let verdict = try judged(Calls.call(as: credential))
        #expect(verdict.refusals.first?.message == "not permitted: no policy permits opaque on Opaque (value)")
    }

    @Test func `parameters reach policies as Long, decimal, set and record`() throws {
        let forbid = #"""
            @id("seen") forbid (principal, action, resource) when {
              context.input.amount.greaterThan(decimal("1.5")) && context.input.note.tags.contains("b")
                && context.input.note.n == 9007199254740993
            };
            """#
        let call = try Calls.call(
            "pay", JSON(parsing: #"{"amount": 1.5001, "to": "a", "note": {"tags": ["a", "b"], "n": 9007199254740993}}"#)
        )
        #expect(try judged(call).isAllowed)
        #expect(try judged(call, Books.policies + forbid).determining == ["seen"])
    }

    @Test func `policies see whose agent it is, what it may, the hour and the door`() throws {
        let only = #"""
            permit (principal == Agent::"agent-passport:a1", action, resource) when {
              principal in Owner::"org_1" && principal in Team::"night" && principal.assurance == 2
                && principal.capabilities.contains("data.export") && principal.issuer == "example-issuer"
                && principal.getTag("owner_type") == "org" && principal.regions == ["DE"]
                && context.local.hour == 10 && context.local.minute == 15 && context.local.weekday == 2
                && context.local.date == "2026-03-17" && context.system.now == datetime("2026-03-17T10:15:00.000Z")
                && context.surface == "gateway" && context.call.server == "docs"
                && context.call.tool == "read_document" && context.call.mapped && context.session.id == "s1"
            };
            """#
        let credential = try Agents.credential {
            $0.teams = ["night"]
            $0.assurance = .l2
            $0.regions = ["DE"]
        }
        #expect(try judged(Calls.call(as: credential) { $0.session = "s1" }, only).isAllowed)
        #expect(!(try judged(Calls.call(as: credential) { $0.session = "s2" }, only).isAllowed))
    }

    @Test(arguments: [
        ("@modes(\"shadow\")", "@modes is not known; known are @id, @reason, @code, @mode, @approval"),
        ("@mode(\"off\")", "@mode is enforce or shadow"),
        ("@mode", "@mode needs a value"),
        ("@reason(\"\")", "@reason needs a value"),
        ("@code(\"oap.nothing\")", "@code is none of the documented reason codes of a refusal"),
        ("@code(\"oap.allowed\")", "@code is none of the documented reason codes of a refusal"),
        ("@approval(\"g\")", "@approval has no meaning on a forbid"),
        ("@reason(\"\(String(repeating: "r", count: 501))\")", "@reason has more than 500 bytes"),
        (
            "@id(\"\(String(repeating: "i", count: 257))\")",
            "a policy's id has 1 to 256 bytes and no control characters"
        ),
        ("@id(\"a\\nb\")", "a policy's id has 1 to 256 bytes and no control characters"),
        ("@reason(\"a\\nb\")", "@reason has control characters"),
    ])
    func `an annotation that is not understood fails the load, with its place`(
        _ annotation: String, _ mistake: String
    ) {
        let error = #expect(throws: PolicyBook.Failure.self) {
            try PolicyBook([
                PolicyFile(name: "a.cedar", bytes: Array("permit (principal, action, resource);\n".utf8)),
                PolicyFile(
                    name: "b.cedar", bytes: Array("\n  \(annotation) forbid (principal, action, resource);".utf8)),
            ])
        }
        #expect(error?.lines.count == 1)
        #expect(error?.lines.first?.hasPrefix("b.cedar:2:3: ") == true)
        #expect(error?.lines.first?.hasSuffix(": \(mistake)") == true, "\(error?.description ?? "")")
    }

    @Test func `a permit has no code`() {
        #expect(throws: PolicyBook.Failure.self) {
            try PolicyBook([
                PolicyFile(
                    name: "a.cedar",
                    bytes: Array(#"@code("oap.limit_exceeded") permit (principal, action, resource);"#.utf8))
            ])
        }
    }

    @Test func `every mistake is said, and ids that are taken too`() {
        let error = #expect(throws: PolicyBook.Failure.self) {
            try PolicyBook([
                PolicyFile(name: "a.cedar", bytes: Array((Self.forbid("x") + "\n" + Self.forbid("x")).utf8)),
                PolicyFile(name: "b.cedar", bytes: Array("permit (principal, action, resource)".utf8)),
            ])
        }
        #expect(error?.lines.count == 2)
        #expect(error?.lines.first?.hasPrefix("a.cedar:2:1:") == true)
        #expect(error?.lines.last?.hasPrefix("b.cedar:1:") == true)
    }

    @Test func `the digest is of the files' names and bytes, whatever their order`() throws {
        let a = PolicyFile(name: "a.cedar", bytes: Array(Self.forbid("a").utf8))
        let b = PolicyFile(name: "b.cedar", bytes: Array(Self.forbid("b").utf8))
        let renamed = PolicyFile(name: "c.cedar", bytes: b.bytes)
        let digest = try PolicyBook([a, b]).digest
        #expect(try PolicyBook([b, a]).digest == digest)
        #expect(try PolicyBook([a]).digest != digest)
        #expect(try PolicyBook([a, renamed]).digest != digest)
        #expect(try PolicyBook(PolicyBook.files(archive: PolicyBook([a, b]).archive.bytes)).digest == digest)
    }

    private static func forbid(_ id: String) -> String { "@id(\"\(id)\") forbid (principal, action, resource);" }
}
