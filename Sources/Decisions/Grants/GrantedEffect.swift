// SPDX-License-Identifier: Apache-2.0

import Cedar
public import Effects
public import StrictJSON

/// What a granted call may touch: `read:/reports/**`, `connect:api.example.com`, `spend:merchant-17`.
public struct GrantedEffect: Sendable, Hashable {
    /// What may be done.
    public let verb: Verb
    /// To what: to these things themselves.
    let things: [ResourceName]
    /// Or to all that lies in them.
    let places: [ResourceName]
    /// As it was written.
    public let text: UTF8String

    /// Reads `VERB:RESOURCE`. A resource is read as it is where a call names it, so that it is the same thing.
    ///
    /// `/dir/**` is a folder and all that is in it, `*.example.com` and `*@example.com` are a domain and all that is in it,
    /// `db.*` are the tables of a database.
    ///
    /// - Throws: `GrantMistake`.
    public init(parsing text: UTF8String) throws(GrantMistake) {
        self.text = text
        let parts = text.string.utf8.split(
            separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard text.byteCount <= Limits.grantTextBytes, parts.count == 2,
            let name = UTF8String(validating: parts[0]), let resource = UTF8String(validating: parts[1])
        else { throw Self.wrong(text, "is no effect: write VERB:RESOURCE, as in read:/reports/**") }
        guard let verb = Verb(rawValue: name.string) else {
            let verbs = Verb.allCases.map { UTF8String($0.rawValue) }
            let near = Suggestion.closest(to: name, among: verbs).map { "; did you mean `\($0)`?" }
            throw Self.wrong(
                text, "has no verb that there is\(near ?? ": " + verbs.map(\.string).joined(separator: ", "))")
        }
        self.verb = verb
        guard let (thing, type) = Self.place(verb, resource) else {
            things = try Self.read(verb, resource, text)
            places = []
            return
        }
        let read = try Self.read(verb, thing, text)
        guard let only = read.first, read.count == 1 else {
            throw Self.wrong(text, "can be read in several ways")
        }
        things = []
        switch (type, only.type) {
        case (.domain, .recipient):
            // What is sent to, is in the domain behind its `@`.
            let domain = only.id.bytes.split(separator: UInt8(ascii: "@")).last.flatMap { UTF8String(validating: $0) }
            places = domain.map { [ResourceName(.domain, $0)] } ?? []
        default: places = [ResourceName(type, only.id)]
        }
    }

    /// What stands before a wildcard, and the type of what it is a place of; `nil` where there is none.
    private static func place(_ verb: Verb, _ resource: UTF8String) -> (UTF8String, ResourceType)? {
        func without(prefix count: Int) -> UTF8String? { UTF8String(validating: resource.bytes.dropFirst(count)) }
        func without(suffix count: Int) -> UTF8String? { UTF8String(validating: resource.bytes.dropLast(count)) }
        switch verb {
        case .read, .write, .delete:
            guard resource.hasSuffix("/**") else { return nil }
            return without(suffix: 3).map { ($0.isEmpty ? "/" : $0, .directory) }
        case .connect:
            return resource.hasPrefix("*.") ? without(prefix: 2).map { ($0, .domain) } : nil
        case .send:
            // Somebody there, for its domain.
            return resource.hasPrefix("*@") ? without(prefix: 1).map { (UTF8String("x\($0)"), .domain) } : nil
        case .query, .mutate:
            // A table of it, for its name's form.
            return resource.hasSuffix(".*") ? without(suffix: 2).map { ($0, .database) } : nil
        case .execute, .spend, .opaque: return nil
        }
    }

    /// The things that a text names, as effects of calls have them.
    private static func read(
        _ verb: Verb, _ resource: UTF8String, _ text: UTF8String
    ) throws(GrantMistake) -> [ResourceName] {
        let kind: JSON
        switch verb {
        case .opaque:
            guard OpaquePosition(rawValue: resource.string) != nil else {
                let all = OpaquePosition.allCases.map { UTF8String($0.rawValue) }
                let near = Suggestion.closest(to: resource, among: all).map { "; did you mean `\($0)`?" }
                throw wrong(
                    text, "is no opaque position\(near ?? ": " + all.map(\.string).joined(separator: ", "))")
            }
            return [ResourceName(.opaque, resource)]
        case .execute:
            guard !resource.isEmpty, resource.bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !"/*".utf8.contains($0) })
            else { throw wrong(text, "is no program's name: write the last part of its path alone") }
            return [ResourceName(.program, resource)]
        case .read, .write, .delete:
            guard resource.hasPrefix("/") else { throw wrong(text, "needs an absolute path") }
            kind = "path"
        case .connect: kind = resource.string.contains("://") ? "url" : "host"
        case .query, .mutate: kind = "table"
        case .send: kind = "recipient"
        case .spend: kind = "account"
        }
        guard !resource.bytes.contains(UInt8(ascii: "*")) || verb == .spend else {
            throw wrong(
                text,
                "has a star where none can be: /dir/** for a folder, *.example.com or *@example.com for a domain, db.* for "
                    + "a database")
        }
        let rule: JSON = ["verb": .text(verb.rawValue), "kind": kind]
        let environment = EffectEnvironment(
            workingDirectory: nil, home: nil, filesystem: .foreign, root: nil, resolve: { [$0] })
        do {
            let map = try ToolMap.tools(from: ["tools": ["t": ["parameters": ["/x": rule]]]])["t"]
            let effects = try EffectDeriver.effects(
                parameters: ["x": .string(resource)], map: map, environment: environment
            ).effects
            let names = effects.filter { $0.verb == verb && $0.resource.name.type != .opaque }.map(\.resource.name)
            guard !names.isEmpty, names.count == effects.count else {
                throw wrong(text, "is not understood, as it would not be in a call")
            }
            return names
        } catch let mistake as GrantMistake {
            throw mistake
        } catch {
            throw wrong(text, "is not understood: \(error)")
        }
    }

    private static func wrong(_ text: UTF8String, _ what: String) -> GrantMistake {
        GrantMistake("`\(text)` \(what)")
    }
}
