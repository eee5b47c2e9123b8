// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import StrictJSON
import Testing

/// What `docs/policies.md` says that policies can read, put to the judge as policies that read it.
///
/// Each check is one policy over a call that has every kind of effect. A forbid that reads what is not there errors, and
/// an error counts as holding, so a name that is wrong is a refusal.
@Suite struct WorldDocumentTests {
    private let world: SampleWorld

    init() throws { world = try SampleWorld() }

    private static func document() throws -> Document { try Document("docs/policies.md") }

    /// The names in the first column of a table, but those that are said to be reserved.
    private static func names(_ table: String) throws -> [String] {
        try document().rows(ofTableWithColumn: table).filter { !$0.joined().contains("reserved") }
            .flatMap { $0[0].split(separator: ", ").map { String($0.replacing("`", with: "")) } }
    }

    @Test(arguments: try names("attribute") + names("member")) func `a policy can read it`(name: String) throws {
        let parts = name.split(separator: ".")
        let parent = parts.dropLast().joined(separator: ".")
        let scope = name.hasPrefix("context.effect") ? #"action in Action::"effect""# : "action"
        let last = try #require(parts.last)
        let condition = parent == "context.effect" ? "context has effect && " : ""
        try expectAllowed("forbid (principal, \(scope), resource) unless { \(condition)\(parent) has \(last) };")
    }

    @Test func `every resource has the attributes of its row`() throws {
        for row in try Self.document().rows(ofTableWithColumn: "type") {
            let type = row[0].replacing("`", with: "")
            let operation = Self.operations[type] ?? .tool
            try expectRefused("forbid (principal, action, resource is \(type));", of: operation)
            let attributes = row[3].matches(of: /`([a-z]+)`/).map(\.output.1)
            #expect(!attributes.isEmpty)
            for attribute in attributes {
                try expectAllowed(
                    "forbid (principal, action, resource is \(type)) unless { resource has \(attribute) };",
                    of: operation)
            }
        }
    }

    /// What is done to the types that no call of a tool is about.
    private static let operations: [String: Decisions.Operation] = [
        "Resource": .resource(method: "resources/read", uri: "notes://1"),
        "Prompt": .prompt(method: "prompts/get", name: "greet"),
    ]

    @Test(arguments: [
        ("File", #"Directory::"/reports""#), ("File", #"Directory::"/""#), ("URL", #"Host::"www.example.com""#),
        ("URL", #"Domain::"example.com""#), ("Host", #"Domain::"example.org""#), ("Table", #"Database::"sales""#),
        ("Recipient", #"Domain::"example.net""#), ("Tool", #"Server::"docs""#),
        ("Resource", #"Server::"docs""#), ("Prompt", #"Server::"docs""#),
    ]) func `a resource is in what its row says`(type: String, parent: String) throws {
        let operation = Self.operations[type] ?? .tool
        try expectAllowed(
            "forbid (principal, action, resource is \(type)) unless { resource in \(parent) };", of: operation)
        try expectRefused("forbid (principal, action, resource is \(type) in \(parent));", of: operation)
    }

    @Test(arguments: [#"Owner::"org_example""#, #"Team::"finance""#, #"Agent::"agent-passport:template""#])
    func `an agent is in its owner, its teams and its parent`(group: String) throws {
        try expectRefused("forbid (principal in \(group), action, resource);")
    }

    @Test(arguments: [
        "passport_id", "kind", "spec_version", "owner_type", "assurance_level", "version", "created_at", "updated_at",
        "not_before", "expires_at", "metadata.cost_centre",
    ]) func `a tag that is documented is there`(name: String) throws {
        try expectAllowed(#"forbid (principal, action, resource) unless { principal.hasTag("\#(name)") };"#)
        let text = try Self.document().lines.joined(separator: "\n")
        #expect(text.contains("`\(name)`") || name.hasPrefix("metadata."))
    }

    @Test func `the documented verbs are all verbs`() throws {
        let row = try #require(try Self.document().rows(ofTableWithColumn: "action").last)
        #expect(row[0].matches(of: /"([a-z]+)"/).map { String($0.output.1) } == Verb.allCases.map(\.rawValue))
    }

    @Test func `the documented opaque positions are all positions`() throws {
        let line = try #require(try Self.document().lines.first { $0.hasPrefix("`program`") })
        let names = line.prefix { $0 != ":" }.matches(of: /`([a-z-]+)`/).map { String($0.output.1) }
        #expect(names == OpaquePosition.allCases.map(\.rawValue))
    }

    private func expectAllowed(_ policy: String, of operation: Decisions.Operation = .tool) throws {
        let verdict = try world.verdict("permit (principal, action, resource);\n" + policy, of: operation)
        #expect(verdict.isAllowed, "\(policy): \(verdict.refusals.map(\.message))")
    }

    private func expectRefused(_ policy: String, of operation: Decisions.Operation = .tool) throws {
        let verdict = try world.verdict("permit (principal, action, resource);\n" + policy, of: operation)
        #expect(verdict.refusals.map(\.code) == [.policyForbidden], "\(policy)")
    }
}
