// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Synchronization

/// What a principal's servers have listed, and how it is called where they are all behind one door.
final class Directory: Sendable {
    private struct State {
        var listed: [ListKind: [UTF8String: [UTF8String]]] = [:]
        var names: [ListKind: PublicNames] = [:]
        var uris: PublicURIs?
    }

    private let aliases: [UTF8String]
    private let state = Mutex(State())

    init(aliases: [UTF8String]) { self.aliases = aliases }

    /// A server has listed these.
    func update(_ kind: ListKind, _ alias: UTF8String, _ names: [UTF8String]) {
        state.withLock { state in
            guard state.listed[kind]?[alias] != names else { return }
            state.listed[kind, default: [:]][alias] = names
            state.names[kind] = nil
            state.uris = nil
        }
    }

    func hasListed(_ kind: ListKind, _ alias: UTF8String) -> Bool {
        state.withLock { $0.listed[kind]?[alias] != nil }
    }

    /// Names of tools or prompts.
    func names(_ kind: ListKind) -> PublicNames {
        state.withLock { state in
            if let known = state.names[kind] { return known }
            let names = PublicNames(aliases: aliases, names: Self.all(state.listed[kind]))
            state.names[kind] = names
            return names
        }
    }

    func uris() -> PublicURIs {
        state.withLock { state in
            if let known = state.uris { return known }
            let uris = PublicURIs(
                aliases: aliases, uris: Self.all(state.listed[.resources]),
                templates: Self.all(state.listed[.resourceTemplates]))
            state.uris = uris
            return uris
        }
    }

    private static func all(_ listed: [UTF8String: [UTF8String]]?) -> [ServerName] {
        (listed ?? [:]).flatMap { alias, names in names.map { ServerName(alias, $0) } }
    }
}

/// How a scope's things are called.
struct Naming: Sendable {
    let scope: Scope
    let directory: Directory

    /// Which server's thing is meant; `nil` where none is, or several could be. Tasks are not named but sealed.
    func meaning(of subject: Subject) -> ServerName? {
        switch (scope, subject) {
        case (.server(let alias), _): ServerName(alias, subject.text)
        case (.everything, .tool(let name)): directory.names(.tools).meaning(of: name)
        case (.everything, .prompt(let name)): directory.names(.prompts).meaning(of: name)
        case (.everything, .resource(let uri)): directory.uris().meaning(of: uri)
        case (.everything, .task): nil
        }
    }

    /// A server's URI as the client gets it.
    func spelling(_ uri: UTF8String, of alias: UTF8String) -> UTF8String {
        guard case .everything = scope else { return uri }
        return directory.uris().spelling(of: ServerName(alias, uri))
    }

    /// Items of several servers' lists as the client gets them; tasks under ids that only we can read.
    func merged(
        _ kind: ListKind, _ lists: [UTF8String: [ListItem]], of principal: Principal, _ seal: TokenSeal
    ) -> [MergedItem] {
        if kind == .tasks { return MergedList.merged(kind, lists) { seal.task($0, of: principal) } }
        guard case .everything = scope else { return MergedList.merged(kind, lists) { $0.name } }
        switch kind {
        case .tools, .prompts: return MergedList.named(kind, lists, directory.names(kind))
        case .resources, .resourceTemplates: return MergedList.resources(kind, lists, directory.uris())
        case .tasks: return []
        }
    }
}

extension TokenSeal {
    /// A task's id as its principal gets it.
    func task(_ name: ServerName, of principal: Principal) -> UTF8String? {
        seal([.string(name.alias), .string(name.name)], for: .task, of: principal)
    }

    /// Which server's task is meant.
    func task(_ token: UTF8String, of principal: Principal) -> ServerName? {
        guard let content = open(token, as: .task, of: principal)?.array, content.count == 2,
            let alias = content[0].string, let name = content[1].string
        else { return nil }
        return ServerName(alias, name)
    }
}
