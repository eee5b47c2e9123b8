// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The names that the fragments of a schema declare, and what a name means where it is used.
struct SchemaNames {
    /// What a name of a type means.
    enum Meaning: Hashable {
        /// The common type with this full name.
        case common(UTF8String)
        /// The entity type with this full name; also that of actions.
        case entity(UTF8String)
        case builtin(BuiltinType)
    }

    /// Full names of common types.
    var commonTypes: Set<UTF8String> = []
    /// Full names of declared types of entities.
    var entityTypes: Set<UTF8String> = []
    /// Full names of the types of declared actions.
    var actionTypes: Set<UTF8String> = []
    /// The declared actions: ids by full name of the type.
    var actions: [UTF8String: Set<UTF8String>] = [:]

    static func full(_ name: UTF8String, in namespace: UTF8String?) -> UTF8String {
        namespace.map { UTF8String("\($0)::\(name)") } ?? name
    }

    /// The full names that a name may stand for, in the order in which they are looked for.
    private func possibilities(_ name: UTF8String, in namespace: UTF8String?) -> [UTF8String] {
        guard namespace != nil, !name.string.utf8.contains(UInt8(ascii: ":")) else { return [name] }
        return [Self.full(name, in: namespace), name]
    }

    /// What a name means that may be of any type.
    func meaning(_ name: UTF8String, in namespace: UTF8String?) -> Meaning? {
        for name in possibilities(name, in: namespace) {
            if commonTypes.contains(name) { return .common(name) }
            if entityTypes.contains(name) || actionTypes.contains(name) { return .entity(name) }
        }
        return Self.builtin(name)
    }

    /// What a name means that must be a common type's. Cedar's own types are common types too.
    /// But an entity type outside of all namespaces takes such a name away.
    func commonMeaning(_ name: UTF8String, in namespace: UTF8String?) -> Meaning? {
        for name in possibilities(name, in: namespace) where commonTypes.contains(name) { return .common(name) }
        return entityTypes.contains(name) ? nil : Self.builtin(name)
    }

    /// The full name of an entity type, also of that of actions.
    func entityType(_ name: UTF8String, in namespace: UTF8String?) -> UTF8String? {
        possibilities(name, in: namespace).first { entityTypes.contains($0) || actionTypes.contains($0) }
    }

    /// The full name of the type of the action meant, where it is declared.
    func actionType(_ reference: ActionReference, in namespace: UTF8String?) -> UTF8String? {
        possibilities(reference.type ?? "Action", in: namespace).first { actions[$0]?.contains(reference.id) == true }
    }

    private static func builtin(_ name: UTF8String) -> Meaning? {
        let prefix: UTF8String = "__cedar::"
        let base = name.hasPrefix(prefix) ? UTF8String(validating: name.bytes.dropFirst(prefix.byteCount)) : name
        return base.flatMap { BuiltinType(rawValue: $0) }.map { .builtin($0) }
    }

    // MARK: Suggestions

    /// What other languages call Cedar's types.
    private static let otherNames: [UTF8String: UTF8String] = [
        "Boolean": "Bool", "boolean": "Bool", "Int": "Long", "int": "Long", "Integer": "Long", "integer": "Long",
        "Text": "String", "str": "String", "Decimal": "decimal", "Float": "decimal", "float": "decimal",
        "Double": "decimal", "Number": "Long", "number": "Long", "IP": "ipaddr", "ip": "ipaddr", "Date": "datetime",
        "date": "datetime", "Timestamp": "datetime", "List": "Set<…>", "Array": "Set<…>", "Set": "Set<…>",
    ]

    /// The name that was probably meant where a type is not found.
    func suggestion(for name: UTF8String, in namespace: UTF8String?, onlyEntities: Bool) -> UTF8String? {
        let types = onlyEntities ? entityTypes : entityTypes.union(commonTypes).union(actionTypes)
        guard types.count <= CedarLimits.suggestionCandidatesMax else { return nil }
        // The same name in another namespace is a better guess than any misspelling.
        let suffix = UTF8String("::\(name)")
        if let elsewhere = types.filter({ $0.hasSuffix(suffix) }).min() { return elsewhere }
        var candidates = types
        if let prefix = namespace.map({ UTF8String("\($0)::") }), !name.string.utf8.contains(UInt8(ascii: ":")) {
            for type in types where type.hasPrefix(prefix) {
                UTF8String(validating: type.bytes.dropFirst(prefix.byteCount)).map { _ = candidates.insert($0) }
            }
        }
        if !onlyEntities {
            for builtin in BuiltinType.allCases {
                candidates.insert(builtin.rawValue)
                candidates.insert(UTF8String("__cedar::\(builtin.rawValue)"))
            }
            if let own = Self.otherNames[name] { return own }
        }
        return Suggestion.closest(to: name, among: candidates)
    }

    /// The action that was probably meant, as it would be written in `namespace`.
    func suggestion(for reference: ActionReference, in namespace: UTF8String?) -> UTF8String? {
        let types = possibilities(reference.type ?? "Action", in: namespace)
        let ids = types.compactMap { actions[$0] }.reduce(into: Set()) { $0.formUnion($1) }
        let found = Suggestion.closest(to: reference.id, among: ids)
        // In the namespace at hand or outside of all, the id alone will do.
        if let found, reference.type == nil { return UTF8String(StringEscapes.quoted(found)) }
        if let found, let type = reference.type { return UTF8String("\(type)::\(StringEscapes.quoted(found))") }
        let elsewhere = actions.filter { $0.value.contains(reference.id) }.keys.min()
        return elsewhere.map { UTF8String("\($0)::\(StringEscapes.quoted(reference.id))") }
    }
}
