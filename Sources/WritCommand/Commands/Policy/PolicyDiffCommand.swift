// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import Decisions
import HomeFolder
import StrictJSON
import ToolTypes

/// `writ policy diff`.
struct PolicyDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say what a change of policies does: which scopes widen, which narrow.",
        discussion: """
            OLD and NEW are policy files, or folders whose *.cedar are taken together. The policies are compared by what \
            they say, not by trying requests: "widens" means that more may be allowed and nothing less is, "may widen or \
            narrow" that their structure does not tell. Policies in shadow count as absent, since they never decide; other \
            annotations, @approval among them, are shown and not weighed.
            Exit status: 0; with --fail-on-widening 1 unless nothing is allowed that was not before; 65 a file cannot be \
            read; 78 policies cannot be used.
            """)
    @Flag(help: "End with status 1 where more may be allowed than before.") var failOnWidening = false
    @Flag(help: "Print JSON.") var json = false
    @Argument(help: "The policies as they were.") var old: String
    @Argument(help: "The policies as they are to be.") var new: String

    func run() throws {
        let before = try enforced(old)
        let after = try enforced(new)
        let difference = PolicySetDifference(
            from: before, to: after, schema: try types(before, after), failingForbidsDeny: true)
        if json {
            Output.json(DifferenceJSON.json(difference), pretty: Output.isTerminal)
        } else {
            for line in difference.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                Output.line(Output.escaped(UTF8String(String(line))))
            }
        }
        switch difference.direction {
        case .same, .narrows: break
        case .widens, .both, .unknown: if failOnWidening { throw ExitStatus.denied.exitCode }
        }
    }

    private func enforced(_ path: String) throws -> PolicySet {
        let book = try PolicySources.book(PolicySources.files([path]))
        return book.policies.filter { !book.shadow.contains($0.id) }
    }

    /// The types of Writ's requests, so that more can be told: which actions are in which groups.
    private func types(_ old: PolicySet, _ new: PolicySet) throws -> Schema {
        let servers = [old, new].flatMap { UnknownServers(in: $0, besides: []).servers }
        do throws(SchemaErrors) { return try Schema([ToolSchema(servers, profile: .native()).fragment]) } catch {
            throw CommandFailure(.data, mistakes: error.all.map(\.description))
        }
    }
}

/// A difference as a document.
enum DifferenceJSON {
    static func json(_ difference: PolicySetDifference) -> JSON {
        [
            "direction": .text(difference.direction.rawValue),
            "scopes": .array(difference.scopes.map(json)),
            "policies": .array(difference.changes.map(json)),
            "templates": [
                "added": .array(difference.templates.added.map(JSON.string)),
                "removed": .array(difference.templates.removed.map(JSON.string)),
                "changed": .array(difference.templates.changed.map(JSON.string)),
            ],
        ]
    }

    private static func json(_ scope: PolicySetDifference.ScopeChange) -> JSON {
        [
            "principal": .text(text(scope.principal)), "action": .text(text(scope.action)),
            "resource": .text(text(scope.resource)), "direction": .text(scope.direction.rawValue),
            "policies": .array(scope.policies.map(JSON.string)),
        ]
    }

    private static func json(_ change: PolicySetDifference.Change) -> JSON {
        let (word, old, new): (String, Policy?, Policy?) =
            switch change.kind {
            case .added(let policy): ("added", nil, policy)
            case .removed(let policy): ("removed", policy, nil)
            case .renamed(let old, let new): ("renamed", old, new)
            case .changed(let old, let new, _): ("changed", old, new)
            }
        var object = JSONObject()
        object["change"] = .text(word)
        object["direction"] = .text(change.direction.rawValue)
        object["old"] = old.map { .string($0.id) }
        object["new"] = new.map { .string($0.id) }
        return .object(object)
    }

    /// A part of a scope as a policy has it, empty where it asks nothing.
    private static func text(_ constraint: EntityConstraint) -> String {
        switch constraint {
        case .any: ""
        case .equal(let reference): "== \(text(reference))"
        case .within(let reference): "in \(text(reference))"
        case .isType(let type): "is \(type)"
        case .isTypeWithin(let type, let reference): "is \(type) in \(text(reference))"
        }
    }

    private static func text(_ constraint: ActionConstraint) -> String {
        switch constraint {
        case .any: ""
        case .equal(let action): "== \(action)"
        case .within(let group): "in \(group)"
        case .withinAny(let groups): "in [\(groups.map(\.description).joined(separator: ", "))]"
        }
    }

    private static func text(_ reference: EntityOrSlot) -> String {
        switch reference {
        case .entity(let uid): uid.description
        case .slot: "a slot"
        }
    }
}
