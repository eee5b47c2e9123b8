// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

extension ToolMap {
    /// Reads the maps of one server's tools:
    ///
    ///     {"tools": {"read_document": {"parameters": {"/path": {"verb": "read", "kind": "path"}}}}}
    ///
    /// - Throws: `ToolMapError` for anything that is not exactly the format: unknown members, verbs or kinds, a verb
    ///   that does not fit its kind, pointers that overlap, wildcards, more than the limits allow.
    public static func tools(from json: JSON) throws(ToolMapError) -> [UTF8String: ToolMap] {
        let document = try object(json, at: "", allowing: ["tools"])
        guard let tools = document["tools"]?.object else { throw ToolMapError("/tools", "expected an object of tools") }
        guard tools.count <= Limits.toolsMax else { throw ToolMapError("/tools", "too many tools") }
        var maps: [UTF8String: ToolMap] = [:]
        for member in tools.members {
            let place = "/tools/\(member.key)"
            guard !member.key.isEmpty, member.key != "*", member.key.byteCount <= Limits.nameBytesMax else {
                throw ToolMapError(place, "expected a tool's exact name; there are no wildcards")
            }
            maps[member.key] = try tool(member.value, at: place)
        }
        return maps
    }

    private static func tool(_ json: JSON, at place: String) throws(ToolMapError) -> ToolMap {
        let tool = try object(json, at: place, allowing: ["parameters", "effects", "one_of", "open"])
        guard let parameters = tool["parameters"]?.object else {
            throw ToolMapError(place + "/parameters", "expected an object of pointers")
        }
        var root: [Member] = []
        var pointers: Set<JSONPointer> = []
        for member in parameters.members {
            let here = "\(place)/parameters/\(member.key)"
            let pointer = try pointer(member.key, at: here)
            pointers.insert(pointer)
            try insert(try rule(member.value, at: here), pointer.tokens[...], into: &root, at: here)
        }
        let fixed = try fixed(tool["effects"], among: pointers, at: place + "/effects")
        let alternatives = try alternatives(tool["one_of"], among: pointers, at: place + "/one_of")
        guard parameters.count + fixed.count + alternatives.count <= Limits.rulesMax else {
            throw ToolMapError(place, "too many rules")
        }
        for member in parameters.members {
            let here = "\(place)/parameters/\(member.key)"
            for base in try bases(member.value["base"], at: here + "/base") {
                guard pointers.contains(base), !base.tokens.contains("-") else {
                    throw ToolMapError(here + "/base", "expected the pointer of another parameter")
                }
            }
            if let words = member.value["arguments"]?.string {
                guard pointers.contains(where: { $0 == JSONPointer(parsing: UTF8String("\(words)/-")) }) else {
                    throw ToolMapError(here + "/arguments", "expected the pointer of an array of another parameter")
                }
            }
        }
        return ToolMap(
            members: root, fixed: fixed, alternatives: alternatives,
            isOpen: try flag(tool["open"], at: place + "/open"))
    }

    private static func pointer(_ text: UTF8String, at place: String) throws(ToolMapError) -> JSONPointer {
        guard let pointer = JSONPointer(parsing: text), !pointer.tokens.isEmpty, pointer.tokens.first != "-" else {
            throw ToolMapError(place, "expected a JSON pointer to an argument, such as /path or /files/-")
        }
        guard pointer.tokens.count <= Limits.pointerTokensMax else { throw ToolMapError(place, "pointer too deep") }
        guard !pointer.tokens.contains("*") else {
            throw ToolMapError(place, "there are no wildcards; /- stands for each element of an array")
        }
        return pointer
    }

    private static func insert(
        _ rule: ArgumentRule, _ tokens: ArraySlice<UTF8String>, into members: inout [Member], at place: String
    ) throws(ToolMapError) {
        guard let key = tokens.first else { return }
        let index = members.firstIndex { $0.key == key }
        let node = try extended(index.map { members[$0].node }, rule, tokens.dropFirst(), at: place)
        if let index { members[index].node = node } else { members.append(Member(key: key, node: node)) }
    }

    private static func extended(
        _ node: Node?, _ rule: ArgumentRule, _ tokens: ArraySlice<UTF8String>, at place: String
    ) throws(ToolMapError) -> Node {
        let clash = ToolMapError(place, "overlaps with another pointer")
        switch (node, tokens.first) {
        case (nil, nil): return .rule(rule)
        case (_?, nil), (.rule?, _?): throw clash
        case (nil, "-"): return .elements(try extended(nil, rule, tokens.dropFirst(), at: place))
        case (.elements(let inner)?, "-"): return .elements(try extended(inner, rule, tokens.dropFirst(), at: place))
        case (.elements?, _), (.object?, "-"): throw clash
        case (.object(var members)?, _):
            try insert(rule, tokens, into: &members, at: place)
            return .object(members)
        case (nil, _):
            var members: [Member] = []
            try insert(rule, tokens, into: &members, at: place)
            return .object(members)
        }
    }

    private static func rule(_ json: JSON, at place: String) throws(ToolMapError) -> ArgumentRule {
        if json == "inert" {
            return ArgumentRule(
                meaning: .inert(.any), bases: [], arguments: nil, fallback: nil, isOptional: false, isNullable: false)
        }
        let rule = try object(
            json, at: place,
            allowing: [
                "verb", "kind", "base", "arguments", "default", "inert", "opaque", "optional", "nullable", "many",
            ])
        let meaning: ArgumentRule.Meaning
        switch (rule["kind"], rule["inert"], rule["opaque"]) {
        case (let kind?, nil, nil):
            let kind: ResourceKind = try named(kind, at: place + "/kind")
            meaning = .effect(try verbs(rule["verb"], for: kind, at: place + "/verb"), kind)
        case (nil, let inert?, nil) where rule["verb"] == nil:
            let type: InertType = try named(inert, at: place + "/inert")
            meaning = .inert(type)
        case (nil, nil, let opaque?) where rule["verb"] == nil:
            let position: OpaquePosition = try named(opaque, at: place + "/opaque")
            meaning = .opaque(position)
        default: throw ToolMapError(place, "expected verb and kind, or inert, or opaque")
        }
        let bases = try bases(rule["base"], at: place + "/base")
        if !bases.isEmpty {
            guard case .effect(_, let kind) = meaning, kind.hasBase else {
                throw ToolMapError(place + "/base", "only paths and commands have a base")
            }
        }
        var arguments: JSONPointer?
        if let text = rule["arguments"] {
            guard case .effect(_, let kind) = meaning, kind.takesArguments else {
                throw ToolMapError(place + "/arguments", "only a command or a program has further arguments")
            }
            arguments = text.string.flatMap { JSONPointer(parsing: $0) }
            guard arguments != nil else { throw ToolMapError(place + "/arguments", "expected a JSON pointer") }
        }
        if let fallback = rule["default"] {
            guard case .effect(_, let kind) = meaning, kind != .argv, kind != .words, fallback.string != nil else {
                throw ToolMapError(place + "/default", "expected a text, of a place that names a resource")
            }
        }
        return ArgumentRule(
            meaning: meaning, bases: bases, arguments: arguments, fallback: rule["default"]?.string,
            isOptional: try flag(rule["optional"], at: place + "/optional"),
            isNullable: try flag(rule["nullable"], at: place + "/nullable"),
            isMany: try flag(rule["many"], at: place + "/many"))
    }

    /// A pointer, or an array of pointers of which one will be there.
    private static func bases(_ json: JSON?, at place: String) throws(ToolMapError) -> [JSONPointer] {
        guard let json else { return [] }
        var bases: [JSONPointer] = []
        for item in json.array ?? [json] {
            guard let pointer = item.string.flatMap({ JSONPointer(parsing: $0) }) else {
                throw ToolMapError(place, "expected a JSON pointer, or an array of them")
            }
            bases.append(pointer)
        }
        return bases
    }

    private static func verbs(_ json: JSON?, for kind: ResourceKind, at place: String) throws(ToolMapError) -> [Verb] {
        if kind.saysVerbs {
            guard json == nil else { throw ToolMapError(place, "a \(kind.rawValue) says itself what is done") }
            return Verb.allCases.filter { kind.verbs.contains($0) }
        }
        var verbs: [Verb] = []
        for item in json?.array ?? [json ?? .null] {
            let verb: Verb = try named(item, at: place)
            guard kind.verbs.contains(verb) else {
                throw ToolMapError(place, "\(verb.rawValue) is not done to a \(kind.rawValue)")
            }
            if !verbs.contains(verb) { verbs.append(verb) }
        }
        guard !verbs.isEmpty else { throw ToolMapError(place, "expected a verb or an array of verbs") }
        return verbs
    }

    private static func fixed(
        _ json: JSON?, among pointers: Set<JSONPointer>, at place: String
    ) throws(ToolMapError) -> [FixedEffect] {
        guard let json else { return [] }
        guard let items = json.array else { throw ToolMapError(place, "expected an array") }
        var fixed: [FixedEffect] = []
        for (index, item) in items.enumerated() {
            let here = "\(place)/\(index)"
            let effect = try object(
                item, at: here, allowing: ["verb", "kind", "value", "from", "opaque", "when", "unless"])
            let conditions =
                try conditions(effect["when"], isNegated: false, among: pointers, at: here + "/when")
                + conditions(effect["unless"], isNegated: true, among: pointers, at: here + "/unless")
            if let opaque = effect["opaque"], ["verb", "kind", "value", "from"].allSatisfy({ effect[$0] == nil }) {
                let position: OpaquePosition = try named(opaque, at: here + "/opaque")
                fixed.append(FixedEffect(what: .opaque(position), conditions: conditions))
                continue
            }
            guard let kind = effect["kind"], effect["opaque"] == nil,
                (effect["value"] == nil) != (effect["from"] == nil)
            else { throw ToolMapError(here, "expected verb, kind and value or from, or opaque") }
            let resource: ResourceKind = try named(kind, at: here + "/kind")
            guard resource != .argv, resource != .words else {
                throw ToolMapError(here + "/kind", "\(resource.rawValue) is no text")
            }
            let verbs = try verbs(effect["verb"], for: resource, at: here + "/verb")
            let what: Fixed
            if let value = effect["value"]?.string {
                what = .resource(verbs, resource, try pieces(of: value, resource, among: pointers, at: here + "/value"))
            } else {
                guard let place = effect["from"]?.string.flatMap({ JSONPointer(parsing: $0) }),
                    isKnown(place, among: pointers)
                else { throw ToolMapError(here, "expected a text as value, or the pointer of a parameter as from") }
                what = .argument(verbs, resource, place)
            }
            fixed.append(FixedEffect(what: what, conditions: conditions))
        }
        return fixed
    }

    /// `{"/action": ["send", "poll"], "/target": null}`: texts of which one is there, or null for a place that is absent.
    private static func conditions(
        _ json: JSON?, isNegated: Bool, among pointers: Set<JSONPointer>, at place: String
    ) throws(ToolMapError) -> [Condition] {
        guard let json else { return [] }
        guard let object = json.object else { throw ToolMapError(place, "expected an object of pointers") }
        var conditions: [Condition] = []
        for member in object.members {
            let here = "\(place)/\(member.key)"
            guard let pointer = JSONPointer(parsing: member.key), isKnown(pointer, among: pointers) else {
                throw ToolMapError(here, "expected the pointer of a parameter")
            }
            let items = member.value.isNull ? [] : member.value.array ?? [member.value]
            let texts = items.compactMap(\.string)
            guard texts.count == items.count, !(isNegated && texts.isEmpty) else {
                throw ToolMapError(here, "expected a text, an array of texts, or null")
            }
            conditions.append(Condition(place: pointer, texts: texts, isNegated: isNegated))
        }
        return conditions
    }

    /// Whether a place is a parameter's, an array's whose elements are, or in a parameter's own value.
    private static func isKnown(_ place: JSONPointer, among pointers: Set<JSONPointer>) -> Bool {
        guard !place.tokens.isEmpty, !place.tokens.contains("-") else { return false }
        return pointers.contains(place.appending("-"))
            || (1...place.tokens.count).contains { pointers.contains(JSONPointer(Array(place.tokens.prefix($0)))) }
    }

    /// A value that has other arguments within: `{/pointer}`.
    private static func pieces(
        of value: UTF8String, _ kind: ResourceKind, among pointers: Set<JSONPointer>, at place: String
    ) throws(ToolMapError) -> [Piece] {
        guard kind.isTemplate else { return [.text(value)] }
        var pieces: [Piece] = []
        var rest = value.bytes[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "{")) {
            guard let end = rest[start...].firstIndex(of: UInt8(ascii: "}")),
                let before = UTF8String(validating: rest[..<start]),
                let text = UTF8String(validating: rest[(start + 1)..<end]), let pointer = JSONPointer(parsing: text),
                pointers.contains(pointer), !pointer.tokens.contains("-")
            else { throw ToolMapError(place, "expected the pointer of a parameter in each {…}") }
            pieces += [.text(before), .place(pointer)]
            rest = rest[(end + 1)...]
        }
        return pieces + [.text(UTF8String(validating: rest) ?? "")]
    }

    private static func alternatives(
        _ json: JSON?, among pointers: Set<JSONPointer>, at place: String
    ) throws(ToolMapError) -> [[JSONPointer]] {
        guard let json else { return [] }
        guard let sets = json.array else { throw ToolMapError(place, "expected an array of arrays of pointers") }
        var alternatives: [[JSONPointer]] = []
        for set in sets {
            guard let items = set.array, items.count >= 2 else {
                throw ToolMapError(place, "expected two or more pointers in each array")
            }
            var choice: [JSONPointer] = []
            for item in items {
                guard let text = item.string, let pointer = JSONPointer(parsing: text),
                    pointers.contains(pointer)
                        || pointers.contains(where: { $0 == JSONPointer(parsing: UTF8String("\(text)/-")) })
                else {
                    throw ToolMapError(place, "expected the pointers of parameters")
                }
                choice.append(pointer)
            }
            alternatives.append(choice)
        }
        return alternatives
    }

    private static func object(
        _ json: JSON, at place: String, allowing keys: Set<UTF8String>
    ) throws(ToolMapError) -> JSONObject {
        guard let object = json.object else { throw ToolMapError(place, "expected an object") }
        for key in object.keys where !keys.contains(key) {
            let known = keys.sorted().map(\.string).joined(separator: ", ")
            throw ToolMapError("\(place)/\(key)", "unknown member; known are \(known)")
        }
        return object
    }

    private static func flag(_ json: JSON?, at place: String) throws(ToolMapError) -> Bool {
        guard let json else { return false }
        guard let flag = json.bool else { throw ToolMapError(place, "expected true or false") }
        return flag
    }

    private static func named<Name: RawRepresentable & CaseIterable>(
        _ json: JSON, at place: String
    ) throws(ToolMapError) -> Name where Name.RawValue == String {
        guard let text = json.string, let name = Name.allCases.first(where: { UTF8String($0.rawValue) == text }) else {
            let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw ToolMapError(place, "expected one of \(known)")
        }
        return name
    }
}
