// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Goes over a call's arguments beside its tool's map, collects effects, and gives back the arguments with each path
/// that is certain in canonical form. What the map does not declare is opaque; nothing is skipped.
struct ArgumentWalk {
    let environment: EffectEnvironment
    /// The arguments as they came; bases of relative paths are looked up here.
    let arguments: JSON
    var effects = EffectSet()
    /// Where nulls are that stand for absence, by the map.
    private(set) var nulls: Set<JSONPointer> = []
    /// The place that is looked at.
    private var place: [UTF8String] = []
    private var style = PathStyle()
    private var readingBytes = 0

    init(environment: EffectEnvironment, arguments: JSON) {
        self.environment = environment
        self.arguments = arguments
    }

    mutating func take(_ arguments: JSON, _ map: ToolMap) throws(EffectError) -> JSON {
        style = map.paths
        for fixed in map.fixed where fixed.conditions.allSatisfy({ $0.holds(for: arguments) }) {
            switch fixed.what {
            case .argument(let verbs, let kind, let place):
                guard let value = arguments[place], !value.isNull else { continue }
                _ = try take(value, verbs, kind)
            case .opaque(let position): try effects.insert(opaque: position)
            case .resource(let verbs, let kind, let pieces):
                guard let value = try value(of: pieces) else { continue }
                _ = try take(.string(value), verbs, kind)
            }
        }
        for choice in map.alternatives {
            // Whichever of two that say the same a tool takes, it is what both are judged as.
            let present = choice.compactMap { arguments[$0] }.filter { !$0.isNull }
            if present.isEmpty || present.contains(where: { $0 != present[0] }) {
                try effects.insert(opaque: .arguments)
            }
        }
        if map.isOpen, arguments.object != nil {
            nulls = Self.nullMembers(of: arguments)
            return arguments
        }
        return try take(arguments, .object(map.members))
    }

    /// Every null that is an object's member. Not recursive: a tree made in memory may be deeper than any that was read.
    private static func nullMembers(of json: JSON) -> Set<JSONPointer> {
        var nulls: Set<JSONPointer> = []
        var waiting: [(JSONPointer, JSON)] = [(JSONPointer(), json)]
        while let (place, value) = waiting.popLast() {
            switch value {
            case .object(let object):
                for member in object.members {
                    let here = place.appending(member.key)
                    if member.value.isNull { nulls.insert(here) } else { waiting.append((here, member.value)) }
                }
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    waiting.append((place.appending(UTF8String("\(index)")), element))
                }
            default: break
            }
        }
        return nulls
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
                object[member.key] = try take(member.value, node, at: member.key)
            }
            for member in declared where object[member.key] == nil {
                if !member.node.isOptional { try effects.insert(opaque: .arguments) }
                if case .rule(let rule) = member.node { try takeFallback(of: rule) }
            }
            return .object(object)
        case .elements(let node):
            guard let elements = value.array else { return try unknown(value) }
            guard elements.count <= Limits.elementsMax else { throw .tooManyEffects }
            var taken: [JSON] = []
            for (index, element) in elements.enumerated() {
                taken.append(try take(element, node, at: UTF8String("\(index)")))
            }
            return .array(taken)
        }
    }

    private mutating func take(
        _ value: JSON, _ node: ToolMap.Node, at token: UTF8String
    ) throws(EffectError) -> JSON {
        place.append(token)
        let taken = try take(value, node)
        place.removeLast()
        return taken
    }

    private mutating func take(_ value: JSON, _ rule: ArgumentRule) throws(EffectError) -> JSON {
        if value.isNull {
            if rule.isNullable {
                nulls.insert(JSONPointer(place))
            } else {
                try effects.insert(opaque: .value)
            }
            try takeFallback(of: rule)
            return value
        }
        switch rule.meaning {
        case .opaque(.code) where Self.isEmpty(value): break  // no code at all
        case .opaque(let position): try effects.insert(opaque: position)
        case .inert(let type):
            if !type.admits(value) {
                try effects.insert(opaque: type == .keys && value.string != nil ? .code : .arguments)
            }
            if !CedarValues.hasNoNull(value) { try effects.insert(opaque: .value) }
        case .effect(let verbs, let kind):
            // Tools take no folder at all for the one that they take where none is named.
            if kind == .directory || kind == .tree, rule.fallback != nil, Self.isEmpty(value) {
                try takeFallback(of: rule)
                return value
            }
            guard rule.isMany, let elements = value.array else { return try take(value, verbs, kind, rule) }
            guard elements.count <= Limits.elementsMax else { throw .tooManyEffects }
            var taken: [JSON] = []
            for element in elements { taken.append(try take(element, verbs, kind, rule)) }
            return .array(taken)
        }
        return value
    }

    private static func isEmpty(_ value: JSON) -> Bool {
        switch value {
        case .string(let text): text.isEmpty
        case .object(let object): object.members.isEmpty
        case .array(let elements): elements.isEmpty
        default: false
        }
    }

    /// What is absent means what the tool takes in its stead.
    private mutating func takeFallback(of rule: ArgumentRule) throws(EffectError) {
        guard let fallback = rule.fallback, case .effect(let verbs, let kind) = rule.meaning else { return }
        _ = try take(.string(fallback), verbs, kind, rule)
    }

    private mutating func unknown(_ value: JSON) throws(EffectError) -> JSON {
        try effects.insert(opaque: .arguments)
        return value
    }

    private mutating func take(
        _ value: JSON, _ verbs: [Verb], _ kind: ResourceKind, _ rule: ArgumentRule? = nil
    ) throws(EffectError) -> JSON {
        if [.argv, .words, .shell].contains(kind), let elements = value.array {
            try argv(elements, rule?.bases ?? [], hasOperators: kind == .words)
            return value
        }
        if kind == .items {
            try items(value)
            return value
        }
        guard let text = value.string else { return try unknown(value) }
        let bases = rule?.bases ?? []
        switch kind {
        case .path, .directory, .tree, .pattern: return try path(text, verbs, kind, from: bases)
        case .glob: try glob(text, bases)
        case .filter: try filter(text, bases)
        case .files:
            try glob(text, bases)
            try filter(text, bases, isGlob: true)
        case .media: try media(text)
        case .revision: try revision(text, bases)
        case .script: try script(text, bases)
        case .destination: try destination(text)
        case .items: break
        case .patch: try patch(text, bases)
        case .uri: try uri(text)
        case .url: return try url(text)
        case .urls: try urls(in: text)
        case .github: try gitHub(text)
        case .host: try host(text)
        case .command, .shell: try command(text, rule)
        case .program: try program(text, rule)
        case .sql: try sql(text)
        case .argv, .words: return try unknown(value)
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
                if let path = path.known { _ = try self.path(path, verbs, .path, from: []) }
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
        _ text: UTF8String, _ verbs: [Verb], _ kind: ResourceKind, from pointers: [JSONPointer]
    ) throws(EffectError) -> JSON {
        let bases = bases(pointers)
        let paths = bases.map { CanonicalPath(text, in: environment, base: $0, style) }
        for path in paths { readingBytes += path?.readingBytes ?? Limits.pathReadingBytesMax }
        guard readingBytes <= Limits.callReadingBytesMax else { throw .tooManyEffects }
        let expands = kind == .pattern && Self.hasWildcards(text)
        // What is read by a folder's own dot is that folder.
        let isTree = kind == .directory || kind == .tree || verbs == [.read] && Self.endsInDots(text)
        guard !paths.isEmpty, !expands, !paths.contains(nil) else {
            for verb in verbs { try effects.insert(opaque: verb == .read ? .pathRead : .pathWrite) }
            return .string(text)
        }
        for reading in paths.compactMap({ $0 }).flatMap(\.readings) {
            let resource: Resource = isTree ? .directory(reading) : .file(reading)
            for verb in verbs { try effects.insert(Effect(verb, resource)) }
            guard kind == .tree else { continue }
            for place in SensitiveNames.below(reading, in: environment) {
                try effects.insert(Effect(.read, .file(place)))
            }
        }
        guard paths.count == 1, let path = paths.first.flatMap({ $0 }), path.isCertain else { return .string(text) }
        return .string(path.primary)
    }

    private static func endsInDots(_ text: UTF8String) -> Bool {
        text == "." || text == ".." || text.hasSuffix("/.") || text.hasSuffix("/..")
    }

    /// Where relative paths start from, in every reading: `nil` is the working directory, as it is where no such argument
    /// is given; none is a place that nobody knows.
    func bases(_ pointers: [JSONPointer]) -> [UTF8String?] {
        let values = pointers.compactMap { arguments[$0] }.flatMap { $0.array ?? [$0] }
            .filter { !$0.isNull && $0.string?.isEmpty != true }
        guard !values.isEmpty else { return [nil] }
        var bases: [UTF8String?] = []
        for value in values {
            guard let path = value.string.flatMap({ CanonicalPath($0, in: environment, style) }) else { return [] }
            bases += path.readings
        }
        return bases
    }

    static func hasWildcards(_ text: UTF8String) -> Bool {
        text.hasPrefix(":") || text.string.utf8.contains { "*?[{".utf8.contains($0) }
    }

    private mutating func url(_ text: UTF8String) throws(EffectError) -> JSON {
        if text.asciiLowercased.hasPrefix("file:") { return try path(text, [.read], .path, from: []) }
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
