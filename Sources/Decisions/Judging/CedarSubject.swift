// SPDX-License-Identifier: Apache-2.0

import Cedar
import Passports
import StrictJSON

/// What a call itself is to policies, before any effect: its action, what that is done to, and the facts about it.
struct CedarSubject: Sendable {
    /// The action: `git/git_log`, or `mcp:resources/read`.
    let action: EntityUID
    /// The tool, the resource, the prompt or the server.
    let resource: EntityUID
    /// Action and resource, and what they are in.
    let entities: [Entity]
    /// What a refusal calls it. Of a resource or a prompt only the type: its name is the call's own word.
    let title: String
    private let server: UTF8String
    private let tool: UTF8String
    private let method: UTF8String

    init(_ call: ToolCall) { self.init(call.operation, server: call.server, tool: call.tool, method: call.method) }

    init(_ operation: Operation, server: UTF8String, tool: UTF8String, method: UTF8String) {
        self.server = server
        self.tool = tool
        self.method = method
        let home = EntityUID(type: .server, id: server)
        guard let name = operation.name, let group = operation.group else {
            let id = UTF8String("\(server)/\(tool)")
            action = .action(id)
            resource = EntityUID(type: .tool, id: id)
            title = "\(id) on Tool"
            entities = [
                Entity(uid: action, parent: .action(server)),
                Entity(uid: .action(server), parent: .action("call")),
                Entity(uid: resource, attrs: ["name": .string(tool), "server": .string(server)], parent: home),
            ]
            return
        }
        action = .action(name)
        var list = [Entity(uid: action, parent: .action(group))]
        switch operation {
        case .resource(_, let uri):
            resource = EntityUID(type: .resource, id: UTF8String("\(server)/\(uri)"))
            list.append(
                Entity(
                    uid: resource,
                    attrs: [
                        "scheme": .string(Self.scheme(of: uri)), "server": .string(server), "uri": .string(uri),
                    ], parent: home))
        case .prompt(_, let prompt):
            resource = EntityUID(type: .prompt, id: UTF8String("\(server)/\(prompt)"))
            list.append(
                Entity(
                    uid: resource, attrs: ["name": .string(prompt), "server": .string(server)], parent: home))
        default: resource = home
        }
        entities = list
        title = "\(name) on \(resource.type)"
    }

    /// `context.call`, without the programs that it would run.
    func facts(isMapped: Bool) -> CedarRecord {
        [
            "mapped": .bool(isMapped), "method": .string(method), "server": .string(server), "tool": .string(tool),
        ]
    }

    /// What is before the first colon, in lower case; empty where that is no scheme (RFC 3986 §3.1).
    private static func scheme(of uri: UTF8String) -> UTF8String {
        let name = uri.bytes.prefix { $0 != UInt8(ascii: ":") }.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        let isLetter = { (byte: UInt8) in (0x61...0x7a).contains(byte) }
        guard name.count < uri.byteCount, let first = name.first, isLetter(first),
            name.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0) })
        else { return "" }
        return UTF8String(validating: name) ?? ""
    }
}

extension Operation {
    /// The group of its action; `nil` for a tool's, which is in its server's.
    fileprivate var group: UTF8String? {
        switch self {
        case .tool: nil
        case .resource, .prompt, .task, .unknown: "mcp:request"
        case .serverRequest: "mcp:server-request"
        case .answer: "mcp:answer"
        }
    }
}

/// The agent as policies see it: only verified facts; what a caller merely says is no attribute.
struct CedarAgent: Sendable {
    let entity: Entity
    /// Whether Cedar cannot hold all of its limits exactly.
    let hasInexactLimits: Bool

    init(_ identity: VerifiedIdentity) {
        let limits = CedarInput(identity.limits)
        hasInexactLimits = limits.isInexact
        var attributes: CedarRecord = [
            "assurance": .long(identity.assurance.level),
            "capabilities": .set(CedarSet(identity.capabilities.map { .string($0.id) })),
            "regions": .set(CedarSet(identity.regions.map(CedarValue.string))),
            "limits": .record(limits.record),
            "issuer": .string(identity.issuer),
            "proof": .string(identity.proof.wire),
        ]
        attributes["on_behalf_of"] = identity.onBehalfOf.map(CedarValue.string)
        var claims = CedarRecord()
        for (name, value) in identity.claims { claims[name] = .string(value) }
        let parents =
            [EntityUID(type: .owner, id: identity.ownerID)]
            + identity.teams.map { EntityUID(type: .team, id: $0) }
            + (identity.delegators + [identity]).flatMap { [$0.parentAgentID, $0.agentID] }.compactMap { $0 }.filter {
                $0 != identity.agentID
            }
            .map { EntityUID(type: .agent, id: $0) }
        entity = Entity(
            uid: EntityUID(type: .agent, id: identity.agentID), attrs: attributes, tags: claims, parents: Set(parents))
    }
}

extension EntityUID {
    /// An action.
    static func action(_ id: UTF8String) -> EntityUID { EntityUID(type: .action, id: id) }
}

/// Checked once: a literal is read each time it is met.
extension EntityTypeName {
    static let agent: EntityTypeName = "Agent"
    static let owner: EntityTypeName = "Owner"
    static let team: EntityTypeName = "Team"
    static let resource: EntityTypeName = "Resource"
    static let prompt: EntityTypeName = "Prompt"
    static let tool: EntityTypeName = "Tool"
    static let server: EntityTypeName = "Server"
    static let action: EntityTypeName = "Action"
    static let file: EntityTypeName = "File"
    static let directory: EntityTypeName = "Directory"
    static let url: EntityTypeName = "URL"
    static let host: EntityTypeName = "Host"
    static let domain: EntityTypeName = "Domain"
    static let program: EntityTypeName = "Program"
    static let table: EntityTypeName = "Table"
    static let database: EntityTypeName = "Database"
    static let recipient: EntityTypeName = "Recipient"
    static let account: EntityTypeName = "Account"
    static let opaque: EntityTypeName = "Opaque"
}
