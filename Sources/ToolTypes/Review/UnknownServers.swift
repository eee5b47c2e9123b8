// SPDX-License-Identifier: Apache-2.0

public import Cedar
import StrictJSON

/// Servers that policies name and that nobody has described, or not wholly: their tools are taken as they are named.
///
/// An installation may have such servers, so naming one is no mistake; a name that is nearly a known one is warned of.
public struct UnknownServers: Sendable {
    /// The servers, each with the tools that policies name; sorted, and none of them complete. Those of the servers given
    /// that are not complete are among them, where policies name tools of theirs.
    public let servers: [ToolServer]
    /// Names that are nearly those of known servers or verbs.
    public let findings: [ReviewFinding]

    /// The servers named in policies that are not among those given, or not complete there.
    ///
    /// - Parameter known: the servers that are described or at least configured.
    public init(in policies: PolicySet, besides known: [ToolServer]) {
        let aliases = Set(known.map(\.alias))
        var described: [UTF8String: Set<UTF8String>] = [:]
        for server in known where !server.isComplete { described[server.alias] = [] }
        for server in known { described[server.alias]?.formUnion(server.tools.map(\.name)) }
        let own = Set(NativeSchema.verbs.map(\.verb)).union(NativeSchema.groups)
        var tools: [UTF8String: Set<UTF8String>] = [:]
        var findings: [ReviewFinding] = []
        let subjects =
            policies.policies.map { ($0.id, $0.statement, $0.file) }
            + policies.templates.map { ($0.id, $0.statement, $0.file) }
        for (id, statement, file) in subjects.sorted(by: { $0.0 < $1.0 }) {
            var said: Set<UTF8String> = []
            for (action, span) in Self.actions(in: statement) where action.type == "Action" {
                let bytes = action.id.bytes
                let end = bytes.firstIndex(of: UInt8(ascii: "/"))
                guard Self.isAlias(bytes[..<(end ?? bytes.count)]),
                    let alias = UTF8String(validating: bytes[..<(end ?? bytes.count)]),
                    !own.contains(alias)
                else { continue }
                let tool = end.flatMap { UTF8String(validating: bytes[($0 + 1)...]) }.flatMap { $0.isEmpty ? nil : $0 }
                guard !aliases.contains(alias) else {
                    guard let tool, let there = described[alias], !there.contains(tool) else { continue }
                    tools[alias, default: []].insert(tool)
                    continue
                }
                tools[alias, default: []].formUnion([tool].compactMap { $0 })
                let candidates = end == nil ? aliases.union(own) : aliases
                guard let near = Suggestion.closest(to: alias, among: candidates.sorted()),
                    said.insert(action.id).inserted
                else { continue }
                findings.append(
                    ReviewFinding(
                        .warning, code: "unknownServer", policyID: id, file: file, span: span,
                        message: "nothing is known of a server `\(alias)`",
                        suggestion: "`\(near)`"))
            }
        }
        servers = tools.sorted { $0.key < $1.key }.map { alias, names in
            ToolServer(
                alias: alias, tools: names.sorted().map { ToolDefinition(name: $0, input: .undescribed) },
                isComplete: false)
        }
        self.findings = findings
    }

    /// As aliases are: 1 to 16 lower-case letters, digits and hyphens.
    private static func isAlias(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...16).contains(bytes.count)
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The actions that a policy names, and where.
    private static func actions(in statement: PolicyStatement) -> [(EntityUID, SourceSpan)] {
        var actions: [(EntityUID, SourceSpan)]
        switch statement.action {
        case .any: actions = []
        case .equal(let action), .within(let action): actions = [(action, statement.span)]
        case .withinAny(let list): actions = list.map { ($0, statement.span) }
        }
        for condition in statement.conditions {
            condition.body.forEach { node in
                if case .literal(.entity(let uid)) = node.kind { actions.append((uid, node.span)) }
            }
        }
        return actions
    }
}
