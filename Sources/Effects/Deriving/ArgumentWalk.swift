// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Goes over a call's arguments beside its tool's map, collects effects, and gives back the arguments with each path
/// that is certain in canonical form. What the map does not declare is opaque; nothing is skipped.
struct ArgumentWalk {
    let environment: EffectEnvironment
    /// The arguments as they came; bases of relative paths are looked up here.
    let arguments: JSON
    var effects = EffectSet()
    private var readingBytes = 0

    init(environment: EffectEnvironment, arguments: JSON) {
        self.environment = environment
        self.arguments = arguments
    }

    mutating func take(_ arguments: JSON, _ map: ToolMap) throws(EffectError) -> JSON {
        for fixed in map.fixed {
            switch fixed {
            case .opaque(let position): try effects.insert(opaque: position)
            case .resource(let verbs, let kind, let value): _ = try take(.string(value), verbs, kind, base: nil)
            }
        }
        for choice in map.alternatives {
            let present = choice.filter { pointer in arguments[pointer].map { !$0.isNull } ?? false }
            if present.count != 1 { try effects.insert(opaque: .arguments) }
        }
        return try take(arguments, .object(map.members))
    }

    /// As deep as the map, which is bounded.
    private mutating func take(_ value: JSON, _ node: ToolMap.Node) throws(EffectError) -> JSON {
        switch node {
        case .rule(let rule): return try take(value, rule)
        case .object(let declared):
            guard var object = value.object else { return try unknown(value) }
            for member in object.members {
                guard let node = declared.first(where: { $0.key == member.key })?.node else {
                    try effects.insert(opaque: .arguments)
                    continue
                }
                object[member.key] = try take(member.value, node)
            }
            for member in declared where !member.node.isOptional && object[member.key] == nil {
                try effects.insert(opaque: .arguments)
            }
            return .object(object)
        case .elements(let node):
            guard let elements = value.array else { return try unknown(value) }
            guard elements.count <= Limits.elementsMax else { throw .tooManyEffects }
            var taken: [JSON] = []
            for element in elements { taken.append(try take(element, node)) }
            return .array(taken)
        }
    }

    private mutating func take(_ value: JSON, _ rule: ArgumentRule) throws(EffectError) -> JSON {
        if value.isNull {
            if !rule.isNullable { try effects.insert(opaque: .value) }
            return value
        }
        switch rule.meaning {
        case .opaque(let position): try effects.insert(opaque: position)
        case .inert(let type):
            if !type.admits(value) { try effects.insert(opaque: .arguments) }
            if !CedarValues.hasNoNull(value) { try effects.insert(opaque: .value) }
        case .effect(let verbs, let kind): return try take(value, verbs, kind, base: rule.base)
        }
        return value
    }

    private mutating func unknown(_ value: JSON) throws(EffectError) -> JSON {
        try effects.insert(opaque: .arguments)
        return value
    }

    private mutating func take(
        _ value: JSON, _ verbs: [Verb], _ kind: ResourceKind, base: JSONPointer?
    ) throws(EffectError) -> JSON {
        if kind == .argv {
            guard let elements = value.array, !elements.isEmpty, elements.count <= Limits.commandWordsMax else {
                return try unknown(value)
            }
            let words = elements.compactMap(\.string)
            guard words.count == elements.count else { return try unknown(value) }
            try CommandEffects.add(words: words, environment, to: &effects)
            return value
        }
        guard let text = value.string else { return try unknown(value) }
        switch kind {
        case .path, .directory, .pattern: return try path(text, verbs, kind, base: base)
        case .url: return try url(text)
        case .host: try host(text)
        case .command: try CommandEffects.add(line: text, environment, to: &effects)
        case .program: try CommandEffects.add(program: text, environment, to: &effects)
        case .sql: try sql(text)
        case .argv: break
        case .table: try add(verbs, PlainNames.tables(text))
        case .recipient: try add(verbs, PlainNames.recipient(text))
        case .account: try add(verbs, PlainNames.account(text))
        }
        return value
    }

    /// What the statements do, whatever verbs the map has for the place.
    private mutating func sql(_ text: UTF8String) throws(EffectError) {
        for action in SQLEffects.actions(of: text) {
            switch action {
            case .effect(let effect): try effects.insert(effect)
            case .opaque(let position): try effects.insert(opaque: position)
            case .path(let verbs, let path, _):
                if let path = path.known { _ = try self.path(path, verbs, .path, base: nil) }
                if path.known == nil { try effects.insert(opaque: .pathWrite) }
            case .shell(let line, _):
                try CommandEffects.add(line: line.known ?? "$(:)", environment, to: &effects)
            default: try effects.insert(opaque: .code)
            }
        }
    }

    private mutating func add(_ verbs: [Verb], _ resources: [Resource]) throws(EffectError) {
        if resources.isEmpty { try effects.insert(opaque: .arguments) }
        for resource in resources {
            for verb in verbs { try effects.insert(Effect(verb, resource)) }
        }
    }

    mutating func path(
        _ text: UTF8String, _ verbs: [Verb], _ kind: ResourceKind, base: JSONPointer?
    ) throws(EffectError) -> JSON {
        var bases: [UTF8String?] = [nil]
        if let base { bases = arguments[base]?.string.flatMap { CanonicalPath($0, in: environment)?.readings } ?? [] }
        let paths = bases.map { CanonicalPath(text, in: environment, base: $0) }
        for path in paths { readingBytes += path?.readingBytes ?? Limits.pathReadingBytesMax }
        guard readingBytes <= Limits.callReadingBytesMax else { throw .tooManyEffects }
        let expands = kind == .pattern && Self.hasWildcards(text)
        guard !paths.isEmpty, !expands, !paths.contains(nil) else {
            for verb in verbs { try effects.insert(opaque: verb == .read ? .pathRead : .pathWrite) }
            return .string(text)
        }
        for reading in paths.compactMap({ $0 }).flatMap(\.readings) {
            let resource: Resource = kind == .directory ? .directory(reading) : .file(reading)
            for verb in verbs { try effects.insert(Effect(verb, resource)) }
        }
        guard paths.count == 1, let path = paths.first.flatMap({ $0 }), path.isCertain else { return .string(text) }
        return .string(path.primary)
    }

    private static func hasWildcards(_ text: UTF8String) -> Bool {
        text.hasPrefix(":") || text.string.utf8.contains { "*?[{".utf8.contains($0) }
    }

    private mutating func url(_ text: UTF8String) throws(EffectError) -> JSON {
        if text.asciiLowercased.hasPrefix("file:") { return try path(text, [.read], .path, base: nil) }
        try CommandEffects.add(url: text, to: &effects)
        let readings = CanonicalURL.readings(of: text)
        guard readings.count == 1, let url = readings.first else { return .string(text) }
        return .string(url.forwarded(for: text))
    }

    private mutating func host(_ text: UTF8String) throws(EffectError) {
        let hosts = PlainNames.hosts(text)
        if hosts.isEmpty { try effects.insert(opaque: .host) }
        for host in hosts { try effects.insert(Effect(.connect, .host(host))) }
    }
}
