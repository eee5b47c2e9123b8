// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reads a tool's JSON Schema as a `ParameterType`: what is a type in it; patterns, ranges, formats and the like, which
/// narrow values and not types, are left aside.
struct JSONSchemaReader {
    /// More schemas than are looked at.
    struct TooMuch: Error {}

    /// What a schema is: its type, and whether null is among its values. Null never reaches a policy, so it makes a
    /// member optional and is no type of its own.
    struct Shape {
        let type: ParameterType
        let allowsNull: Bool
    }

    private let document: JSON
    private let tool: UTF8String
    private(set) var diagnostics: [ToolDiagnostic] = []
    /// Objects that may have members besides the declared ones.
    private(set) var open: Set<JSONPointer> = []
    private(set) var visits = 0
    private let visitsMax: Int

    init(document: JSON, tool: UTF8String, visitsMax: Int) {
        self.document = document
        self.tool = tool
        self.visitsMax = min(visitsMax, ToolTypesLimits.schemaVisitsMax)
    }

    /// The members of the object that the document describes, or why it describes none.
    mutating func members() throws(TooMuch) -> Result<[Parameter], UntypedReasonError> {
        var facts = SchemaFacts()
        try gather(PendingSchema(schema: document, active: ["#"]), into: &facts, depth: 0)
        // The arguments are an object whatever the schema says; a tool without parameters often says no more than that.
        if facts.kinds == nil { facts.kinds = [.object] }
        guard facts.kinds?.contains(.object) == true else { return .failure(UntypedReasonError(reason: .malformed)) }
        if facts.properties.isEmpty && facts.alternatives.isEmpty && facts.unknown == nil && facts.values == nil {
            return facts.additional == .declared
                ? .failure(UntypedReasonError(reason: .freeForm)) : .success([])
        }
        let shape = try shape(facts, path: [], depth: 0)
        switch shape.type {
        case .record(let parameters): return .success(parameters)
        case .unknown(let reason): return .failure(UntypedReasonError(reason: reason))
        case .choice(let types):
            return ParameterType.alternatives(types).map { .success($0) }
                ?? .failure(UntypedReasonError(reason: .mixed))
        default: return .failure(UntypedReasonError(reason: .mixed))
        }
    }

    // MARK: gathering

    private mutating func gather(
        _ pending: PendingSchema, into facts: inout SchemaFacts, depth: Int
    ) throws(TooMuch) {
        try pay(1)
        guard depth <= ToolTypesLimits.schemaDepthMax else {
            facts.unknown = facts.unknown ?? .tooDeep
            return
        }
        guard let schema = pending.schema.object else {
            switch pending.schema.bool {
            case true?: break
            case false?: facts.unknown = facts.unknown ?? .impossible
            case nil: facts.unknown = facts.unknown ?? .malformed
            }
            return
        }
        // Keywords are found in one walk: an object of a hundred thousand members is looked at as often as a reference
        // leads to it, and each time it is paid for.
        try pay(schema.count / 32)
        let keywords = SchemaKeywords(schema)
        if let reference = keywords.reference { try follow(reference, pending, into: &facts, depth: depth) }
        try types(keywords, &facts)
        try values(keywords, &facts)
        try members(keywords, pending, &facts)
        try elements(keywords, pending, &facts)
        for branches in [keywords.anyOf, keywords.oneOf].compactMap({ $0?.array }) {
            let kept = branches.prefix(ToolTypesLimits.alternativesMax + 1)
            try pay(kept.count)
            facts.alternatives.append(kept.map { PendingSchema(schema: $0, active: pending.active) })
        }
        for part in keywords.allOf?.array ?? [] {
            try gather(PendingSchema(schema: part, active: pending.active), into: &facts, depth: depth + 1)
        }
    }

    private mutating func pay(_ cost: Int) throws(TooMuch) {
        visits += cost
        guard visits <= visitsMax else { throw TooMuch() }
    }

    private mutating func follow(
        _ reference: JSON, _ pending: PendingSchema, into facts: inout SchemaFacts, depth: Int
    ) throws(TooMuch) {
        var steps = 0
        let target = reference.string.flatMap { SchemaReference.resolve($0, in: document, steps: &steps) }
        try pay(steps / 32)
        guard let text = reference.string, let target else {
            facts.unknown = facts.unknown ?? .reference
            return
        }
        guard !pending.active.contains(text) else {
            facts.unknown = facts.unknown ?? .cyclic
            return
        }
        try gather(PendingSchema(schema: target, active: pending.active + [text]), into: &facts, depth: depth + 1)
    }

    private mutating func types(_ schema: SchemaKeywords, _ facts: inout SchemaFacts) throws(TooMuch) {
        if schema.nullable?.bool == true { facts.allowsNull = true }
        guard let type = schema.type else { return }
        let words = type.array ?? [type]
        try pay(words.count / 32)
        var kinds: Set<SchemaKind> = []
        for word in words {
            guard let word = word.string, let named = SchemaKind.kinds(word) else {
                facts.unknown = facts.unknown ?? .malformed
                return
            }
            kinds.formUnion(named)
        }
        facts.restrict(kinds)
    }

    private mutating func values(_ schema: SchemaKeywords, _ facts: inout SchemaFacts) throws(TooMuch) {
        if let constant = schema.constant { facts.restrict(values: [constant]) }
        guard let values = schema.enumeration?.array else { return }
        // Of a longer list only the types count, and those only where they are declared beside it.
        guard values.count <= ToolTypesLimits.allowedValuesMax else {
            if schema.type == nil { facts.unknown = facts.unknown ?? .mixed }
            return
        }
        try pay(values.count / 8)
        facts.restrict(values: values)
    }

    private mutating func members(
        _ schema: SchemaKeywords, _ pending: PendingSchema, _ facts: inout SchemaFacts
    ) throws(TooMuch) {
        let members = schema.properties?.object?.members ?? []
        let required = schema.required?.array ?? []
        try pay(members.count + required.count / 8)
        for member in members {
            facts.properties[member.key, default: []].append(
                PendingSchema(schema: member.value, active: pending.active))
        }
        facts.required.formUnion(required.compactMap(\.string))
        let others = schema.additionalProperties ?? schema.unevaluatedProperties
        if others?.bool == false {
            facts.additional = .closed
        } else if others != nil || schema.patternProperties != nil, facts.additional != .closed {
            facts.additional = .declared
        }
    }

    private mutating func elements(
        _ schema: SchemaKeywords, _ pending: PendingSchema, _ facts: inout SchemaFacts
    ) throws(TooMuch) {
        if let prefix = schema.prefixItems?.array ?? schema.items?.array {
            try pay(prefix.count)
            facts.prefix = prefix.map { PendingSchema(schema: $0, active: pending.active) }
            let rest = schema.prefixItems == nil ? schema.additionalItems : schema.items
            facts.isPrefixClosed = rest?.bool == false
        } else if let items = schema.items {
            facts.items.append(PendingSchema(schema: items, active: pending.active))
        }
    }

    // MARK: what it comes to

    private mutating func shape(
        _ schemas: [PendingSchema], path: [UTF8String], depth: Int
    ) throws(TooMuch) -> Shape {
        var facts = SchemaFacts()
        for schema in schemas { try gather(schema, into: &facts, depth: depth) }
        return try shape(facts, path: path, depth: depth)
    }

    private mutating func shape(
        _ facts: SchemaFacts, path: [UTF8String], depth: Int
    ) throws(TooMuch) -> Shape {
        if let reason = facts.unknown { return Shape(type: .unknown(reason), allowsNull: facts.allowsNull) }
        guard depth <= ToolTypesLimits.schemaDepthMax else {
            return Shape(type: .unknown(.tooDeep), allowsNull: facts.allowsNull)
        }
        if let values = facts.values { return shape(of: values, facts) }
        if let branches = facts.alternatives.first {
            return try shape(branches, of: facts, path: path, depth: depth)
        }
        guard let kinds = facts.kinds ?? inferred(facts) else {
            return Shape(type: .unknown(.undeclared), allowsNull: facts.allowsNull)
        }
        let allowsNull = facts.allowsNull || kinds.contains(.null)
        var types: [ParameterType] = []
        for kind in SchemaKind.allCases where kinds.contains(kind) {
            switch kind {
            case .null: break
            case .boolean: types.append(.bool)
            case .integer: types.append(kinds.contains(.number) ? .number : .long)
            case .number: types.append(.number)
            case .string: types.append(.string)
            case .array: types.append(try array(facts, path: path, depth: depth))
            case .object: types.append(try object(facts, path: path, depth: depth))
            }
        }
        if types.isEmpty { return Shape(type: .unknown(allowsNull ? .nullOnly : .impossible), allowsNull: allowsNull) }
        return Shape(type: .union(types), allowsNull: allowsNull)
    }

    /// A schema without `type` that speaks of members means an object, one that speaks of elements an array.
    private func inferred(_ facts: SchemaFacts) -> Set<SchemaKind>? {
        if !facts.properties.isEmpty { return [.object] }
        return facts.prefix != nil || !facts.items.isEmpty ? [.array] : nil
    }

    private func shape(of values: [JSON], _ facts: SchemaFacts) -> Shape {
        let fitting = values.filter { value in
            facts.kinds.map { kinds in Self.kinds(of: value).contains { kinds.contains($0) } } ?? true
        }
        let allowsNull = facts.allowsNull || fitting.contains(where: \.isNull)
        let present = fitting.filter { !$0.isNull }
        if present.isEmpty {
            return Shape(type: .unknown(allowsNull ? .nullOnly : .impossible), allowsNull: allowsNull)
        }
        let texts = present.compactMap(\.string)
        if texts.count == present.count {
            return Shape(type: .string(allowed: Set(texts).sorted()), allowsNull: allowsNull)
        }
        return Shape(type: .union(present.map { ParameterType(of: $0) }), allowsNull: allowsNull)
    }

    private static func kinds(of value: JSON) -> [SchemaKind] {
        switch value {
        case .null: [.null]
        case .bool: [.boolean]
        case .number(let number): number.isInteger ? [.integer, .number] : [.number]
        case .string: [.string]
        case .array: [.array]
        case .object: [.object]
        }
    }

    /// Each branch is taken together with what stands beside it: `anyOf` often only says which members must be there.
    private mutating func shape(
        _ branches: [PendingSchema], of facts: SchemaFacts, path: [UTF8String], depth: Int
    ) throws(TooMuch) -> Shape {
        guard branches.count <= ToolTypesLimits.alternativesMax else {
            return Shape(type: .unknown(.mixed), allowsNull: facts.allowsNull)
        }
        var rest = facts
        rest.alternatives.removeFirst()
        var types: [ParameterType] = []
        var allowsNull = facts.allowsNull
        for branch in branches {
            var both = rest
            try gather(branch, into: &both, depth: depth + 1)
            let shape = try shape(both, path: path, depth: depth + 1)
            allowsNull = allowsNull || shape.allowsNull
            switch shape.type {
            case .unknown(.impossible), .unknown(.nullOnly): break
            case let type: types.append(type)
            }
        }
        if types.isEmpty { return Shape(type: .unknown(allowsNull ? .nullOnly : .impossible), allowsNull: allowsNull) }
        return Shape(type: .union(types), allowsNull: allowsNull)
    }

    private mutating func array(
        _ facts: SchemaFacts, path: [UTF8String], depth: Int
    ) throws(TooMuch) -> ParameterType {
        let path = path + ["-"]
        if let prefix = facts.prefix {
            guard facts.isPrefixClosed, facts.items.isEmpty else { return .unknown(.mixed) }
            var types: [ParameterType] = []
            for schema in prefix { types.append(try shape([schema], path: path, depth: depth + 1).type) }
            return .tuple(types)
        }
        guard !facts.items.isEmpty else { return .unknown(.undeclared) }
        switch try shape(facts.items, path: path, depth: depth + 1).type {
        case .unknown(let reason): return .unknown(reason)
        case let element: return .set(element)
        }
    }

    private mutating func object(
        _ facts: SchemaFacts, path: [UTF8String], depth: Int
    ) throws(TooMuch) -> ParameterType {
        guard !facts.properties.isEmpty else { return facts.additional == .closed ? .record([]) : .unknown(.freeForm) }
        if facts.additional == .declared {
            open.insert(JSONPointer(path))
            diagnostics.append(
                ToolDiagnostic(
                    .open, tool: tool, place: JSONPointer(path),
                    "may have members besides the declared ones; policies can name only those"))
        }
        var parameters: [Parameter] = []
        for name in facts.properties.keys.sorted() {
            let schemas = facts.properties[name] ?? []
            let shape = try shape(schemas, path: path + [name], depth: depth + 1)
            parameters.append(
                Parameter(
                    name: name, type: shape.type, isRequired: facts.required.contains(name) && !shape.allowsNull,
                    allowsNull: shape.allowsNull))
        }
        return .record(unsorted: parameters)
    }
}

/// `UntypedReason` as something to throw or to fail with.
struct UntypedReasonError: Error {
    let reason: UntypedReason
}
