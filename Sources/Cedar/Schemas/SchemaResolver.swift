// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Makes a schema of fragments: finds what each name means and puts common types in the place of their names.
struct SchemaResolver {
    var diagnosis = SchemaDiagnosis()
    private let fragments: [SchemaFragment]
    private var names = SchemaNames()
    /// The common types as written, by their full names.
    private var declarations: [UTF8String: DeclaredType] = [:]
    private var commonTypes: [UTF8String: Resolved] = [:]
    /// Types inside all types so far, common types counted wherever they are used.
    private var nodes = 0

    private struct DeclaredType {
        let file: UTF8String
        let namespace: UTF8String?
        let declaration: CommonTypeDeclaration
    }

    /// A type and how large it is.
    private struct Resolved {
        let type: CedarType
        let nodes: Int
        let depth: Int
    }

    static func resolve(_ fragments: [SchemaFragment]) throws(SchemaErrors) -> Schema {
        for fragment in fragments { try SchemaChecker.check(fragment) }
        var resolver = SchemaResolver(fragments: fragments)
        resolver.declare()
        try resolver.diagnosis.throwIfAny()
        try resolver.resolveCommonTypes()
        let entityTypes = resolver.resolveEntityTypes()
        let actions = resolver.resolveActions()
        try resolver.diagnosis.throwIfAny()
        return Schema(entityTypes: entityTypes, actions: actions)
    }

    private init(fragments: [SchemaFragment]) { self.fragments = fragments }

    /// Calls `body` for every namespace, with the diagnosis at its place.
    private mutating func forEachNamespace(_ body: (inout SchemaResolver, SchemaNamespace) -> Void) {
        for fragment in fragments {
            diagnosis.file = fragment.file
            for namespace in fragment.namespaces where !diagnosis.isFull {
                diagnosis.enter(namespace.name ?? "")
                body(&self, namespace)
                diagnosis.leave()
            }
        }
    }

    // MARK: Declarations

    private mutating func declare() {
        forEachNamespace { resolver, namespace in
            for declaration in namespace.commonTypes {
                let name = SchemaNames.full(declaration.name, in: namespace.name)
                let isNew = resolver.names.commonTypes.insert(name).inserted
                resolver.declarations[name] = DeclaredType(
                    file: resolver.diagnosis.file, namespace: namespace.name, declaration: declaration)
                resolver.checkNew(isNew, "commonTypes", declaration.name, "the type `\(name)`", at: declaration.place)
            }
            for declaration in namespace.entityTypes {
                let name = SchemaNames.full(declaration.name, in: namespace.name)
                let isNew = resolver.names.entityTypes.insert(name).inserted
                resolver.checkNew(
                    isNew, "entityTypes", declaration.name, "the entity type `\(name)`", at: declaration.place)
            }
            guard !namespace.actions.isEmpty else { return }
            let type = SchemaNames.full("Action", in: namespace.name)
            resolver.names.actionTypes.insert(type)
            for declaration in namespace.actions {
                let isNew = resolver.names.actions[type, default: []].insert(declaration.name).inserted
                resolver.checkNew(
                    isNew, "actions", declaration.name, "the action `\(declaration.name.shortened(scalars: 40))`",
                    at: declaration.place)
            }
        }
        checkShadowing()
    }

    private mutating func checkNew(
        _ isNew: Bool, _ kind: UTF8String, _ name: UTF8String, _ what: String, at place: SchemaPlace
    ) {
        guard !isNew else { return }
        diagnosis.enter(kind, name)
        diagnosis.report(.duplicateName, "\(what) is already in another file", at: place)
        diagnosis.leave(2)
    }

    /// Nothing in a namespace may have the name of something outside of all: which is meant would depend on who reads.
    private mutating func checkShadowing() {
        forEachNamespace { resolver, namespace in
            guard let prefix = namespace.name else { return }
            let types =
                namespace.commonTypes.map { ("commonTypes" as UTF8String, $0.name, $0.place) }
                + namespace.entityTypes.map { ("entityTypes", $0.name, $0.place) }
            for (kind, name, place) in types
            where resolver.names.commonTypes.contains(name) || resolver.names.entityTypes.contains(name) {
                resolver.diagnosis.enter(kind, name)
                let message = "`\(prefix)::\(name)` shadows `\(name)`, which is declared outside of all namespaces"
                resolver.diagnosis.report(.shadowedName, message, at: place)
                resolver.diagnosis.leave(2)
            }
            let outside = resolver.names.actions["Action"] ?? []
            for action in namespace.actions where outside.contains(action.name) {
                resolver.diagnosis.enter("actions", action.name)
                let name = "Action::\(StringEscapes.quoted(action.name))"
                let message = "`\(prefix)::\(name)` shadows `\(name)`, which is declared outside of all namespaces"
                resolver.diagnosis.report(.shadowedName, message, at: action.place)
                resolver.diagnosis.leave(2)
            }
        }
    }

    // MARK: Common types

    /// Resolves each common type after those it is made of.
    private mutating func resolveCommonTypes() throws(SchemaErrors) {
        var uses: [UTF8String: Set<UTF8String>] = [:]
        var users: [UTF8String: [UTF8String]] = [:]
        for (name, declaration) in declarations {
            var used: Set<UTF8String> = []
            collect(declaration.declaration.type, in: declaration.namespace, into: &used)
            uses[name] = used
            for other in used { users[other, default: []].append(name) }
        }
        var waiting = uses.mapValues(\.count)
        // Sorted, so that the same mistakes come in the same order.
        var ready = waiting.filter { $0.value == 0 }.keys.sorted(by: >)
        while let name = ready.popLast() {
            resolveCommonType(name)
            for user in users[name] ?? [] {
                waiting[user, default: 0] -= 1
                if waiting[user] == 0 { ready.append(user) }
            }
        }
        reportCycles(among: waiting.filter { $0.value > 0 }.keys.sorted(), uses: uses)
        // What uses a cycle has no type, and would be reported once more wherever it is used.
        if diagnosis.errors.contains(where: { $0.code == .cycle }) { try diagnosis.throwIfAny() }
    }

    private func collect(_ type: TypeExpression, in namespace: UTF8String?, into used: inout Set<UTF8String>) {
        switch type {
        case .named(let name):
            if case .common(let name)? = names.meaning(name.name, in: namespace) { used.insert(name) }
        case .common(let name):
            if case .common(let name)? = names.commonMeaning(name.name, in: namespace) { used.insert(name) }
        case .entity, .builtin: break
        case .set(let element): collect(element, in: namespace, into: &used)
        case .record(let attributes):
            for attribute in attributes { collect(attribute.type, in: namespace, into: &used) }
        }
    }

    private mutating func resolveCommonType(_ name: UTF8String) {
        guard let declared = declarations[name] else { return }
        diagnosis.file = declared.file
        diagnosis.enter(declared.namespace ?? "", "commonTypes", declared.declaration.name)
        commonTypes[name] = resolve(declared.declaration.type, in: declared.namespace)
        diagnosis.leave(3)
    }

    /// - Parameter left: common types that are on a cycle or use one.
    private mutating func reportCycles(among left: [UTF8String], uses: [UTF8String: Set<UTF8String>]) {
        let isLeft = Set(left)
        var seen: Set<UTF8String> = []
        for start in left where !seen.contains(start) && !diagnosis.isFull {
            // Each of them uses another of them, so that following these comes to a cycle.
            var trail: [UTF8String] = []
            var name = start
            while seen.insert(name).inserted {
                trail.append(name)
                guard let next = uses[name]?.filter(isLeft.contains).min() else { break }
                name = next
            }
            guard let first = trail.firstIndex(of: name), let declared = declarations[name] else { continue }
            let cycle = trail[first...].prefix(8).map { "`\($0)`" } + (trail.count - first > 8 ? ["…"] : [])
            diagnosis.file = declared.file
            diagnosis.enter(declared.namespace ?? "", "commonTypes", declared.declaration.name)
            let message = "a type cannot contain itself: \((cycle + ["`\(name)`"]).joined(separator: " → "))"
            diagnosis.report(.cycle, message, at: declared.declaration.place)
            diagnosis.leave(3)
        }
    }

    // MARK: Types

    /// The type, or `nil` where a mistake has been reported.
    private mutating func resolve(_ type: TypeExpression, in namespace: UTF8String?) -> Resolved? {
        switch type {
        case .builtin(let builtin): return Resolved(type: builtin.type, nodes: 1, depth: 1)
        case .named(let reference):
            return resolved(names.meaning(reference.name, in: namespace), reference, in: namespace)
        case .common(let reference):
            return resolved(names.commonMeaning(reference.name, in: namespace), reference, in: namespace)
        case .entity(let reference):
            guard let name = names.entityType(reference.name, in: namespace) else {
                reportUnknown(reference, in: namespace, onlyEntities: true)
                return nil
            }
            return Resolved(type: .entity(EntityTypeName(checked: name)), nodes: 1, depth: 1)
        case .set(let element):
            diagnosis.enter("element")
            defer { diagnosis.leave() }
            guard let element = resolve(element, in: namespace) else { return nil }
            return bounded(.set(element.type), nodes: element.nodes + 1, depth: element.depth + 1)
        case .record(let attributes):
            diagnosis.enter("attributes")
            defer { diagnosis.leave() }
            var types: [AttributeType] = []
            var nodes = 1
            var depth = 0
            for attribute in attributes {
                diagnosis.enter(attribute.name)
                if let type = resolve(attribute.type, in: namespace) {
                    nodes += type.nodes
                    depth = max(depth, type.depth)
                    types.append(
                        AttributeType(name: attribute.name, type: type.type, isRequired: attribute.isRequired))
                }
                diagnosis.leave()
                guard nodes <= CedarLimits.schemaNodesMax else { break }
            }
            guard types.count == attributes.count || nodes > CedarLimits.schemaNodesMax else { return nil }
            return bounded(.record(RecordType(types)), nodes: nodes, depth: depth + 1)
        }
    }

    private mutating func resolved(
        _ meaning: SchemaNames.Meaning?, _ reference: TypeReference, in namespace: UTF8String?
    ) -> Resolved? {
        switch meaning {
        // Where it has no type, the mistake is in its own declaration.
        case .common(let name): return commonTypes[name]
        case .entity(let name): return Resolved(type: .entity(EntityTypeName(checked: name)), nodes: 1, depth: 1)
        case .builtin(let builtin): return Resolved(type: builtin.type, nodes: 1, depth: 1)
        case nil:
            reportUnknown(reference, in: namespace, onlyEntities: false)
            return nil
        }
    }

    private mutating func bounded(_ type: CedarType, nodes: Int, depth: Int) -> Resolved? {
        guard nodes <= CedarLimits.schemaNodesMax else {
            diagnosis.report(.limitExceeded, "more than \(CedarLimits.schemaNodesMax) types inside this one")
            return nil
        }
        guard depth <= CedarLimits.typeDepthMax else {
            diagnosis.report(.limitExceeded, "more than \(CedarLimits.typeDepthMax) types inside each other")
            return nil
        }
        return Resolved(type: type, nodes: nodes, depth: depth)
    }

    /// Resolves a type that will be part of the schema, and so counts.
    private mutating func resolveCounted(_ type: TypeExpression, in namespace: UTF8String?) -> CedarType? {
        guard let resolved = resolve(type, in: namespace) else { return nil }
        let before = nodes
        nodes += resolved.nodes
        // Told once, where it happens.
        if nodes > CedarLimits.schemaNodesMax, before <= CedarLimits.schemaNodesMax {
            diagnosis.report(
                .limitExceeded, "more than \(CedarLimits.schemaNodesMax) types inside all of this schema's")
        }
        return resolved.type
    }

    private mutating func resolveRecord(
        _ type: TypeExpression, in namespace: UTF8String?, _ what: String, at place: SchemaPlace
    ) -> RecordType? {
        guard let resolved = resolveCounted(type, in: namespace) else { return nil }
        guard case .record(let record) = resolved else {
            diagnosis.report(.notARecord, "\(what) must be a record, or the name of a type that is one", at: place)
            return nil
        }
        return record
    }

    private mutating func reportUnknown(_ reference: TypeReference, in namespace: UTF8String?, onlyEntities: Bool) {
        guard !diagnosis.isFull else { return }
        let shown = reference.name.shortened(scalars: 60)
        let what = onlyEntities ? "entity type" : "type"
        let scope = namespace.map { ", neither in `\($0)` nor outside of namespaces" } ?? ""
        let isQualified = reference.name.string.utf8.contains(UInt8(ascii: ":"))
        diagnosis.report(
            .unknownType, "there is no \(what) `\(shown)`\(isQualified ? "" : scope)", at: reference.place,
            suggestion: names.suggestion(for: reference.name, in: namespace, onlyEntities: onlyEntities))
    }

    // MARK: Entity types

    private mutating func resolveEntityTypes() -> [EntityTypeName: EntityType] {
        var kinds: [EntityTypeName: EntityType.Kind] = [:]
        var parents: [EntityTypeName: Set<EntityTypeName>] = [:]
        forEachNamespace { resolver, namespace in
            resolver.diagnosis.enter("entityTypes")
            for declaration in namespace.entityTypes where !resolver.diagnosis.isFull {
                let name = EntityTypeName(checked: SchemaNames.full(declaration.name, in: namespace.name))
                resolver.diagnosis.enter(declaration.name)
                (kinds[name], parents[name]) = resolver.resolve(declaration, in: namespace.name)
                resolver.diagnosis.leave()
            }
            resolver.diagnosis.leave()
        }
        guard diagnosis.errors.isEmpty, let ancestors = ancestors(parents, "types of entities") else { return [:] }
        var types: [EntityTypeName: EntityType] = [:]
        for (name, kind) in kinds {
            types[name] = EntityType(
                name: name, kind: kind, parents: parents[name] ?? [], ancestors: ancestors[name] ?? [])
        }
        return types
    }

    private mutating func resolve(
        _ declaration: EntityTypeDeclaration, in namespace: UTF8String?
    ) -> (EntityType.Kind?, Set<EntityTypeName>) {
        switch declaration.kind {
        case .enumerated(let ids):
            var seen: Set<UTF8String> = []
            return (.enumerated(ids.filter { seen.insert($0).inserted }), [])
        case .standard(let parents, let shape, let tags):
            let parents = resolve(parents, "memberOfTypes", in: namespace)
            diagnosis.enter("shape")
            let attributes = resolveRecord(
                shape, in: namespace, "what the entities of `\(declaration.name)` have", at: declaration.place)
            diagnosis.leave()
            diagnosis.enter("tags")
            let type = tags.flatMap { resolveCounted($0, in: namespace) }
            diagnosis.leave()
            return (attributes.map { .standard(attributes: $0, tags: type) }, parents)
        }
    }

    /// Resolves names of declared types of entities, which those of actions are not.
    private mutating func resolve(
        _ references: [TypeReference], _ key: UTF8String, in namespace: UTF8String?
    ) -> Set<EntityTypeName> {
        var types: Set<EntityTypeName> = []
        diagnosis.enter(key)
        for (index, reference) in references.enumerated() {
            diagnosis.enter(UTF8String(String(index)))
            let name = names.entityType(reference.name, in: namespace)
            if let name, names.entityTypes.contains(name) {
                types.insert(EntityTypeName(checked: name))
            } else if let name {
                let message = "`\(name)` is the type of actions, which can be neither principals, resources nor groups"
                diagnosis.report(.unknownType, message, at: reference.place)
            } else {
                reportUnknown(reference, in: namespace, onlyEntities: true)
            }
            diagnosis.leave()
        }
        diagnosis.leave()
        return types
    }

    private mutating func ancestors<Node: Hashable>(_ parents: [Node: Set<Node>], _ what: String) -> [Node: Set<Node>]?
    {
        do throws(Hierarchy.TooLarge) { return try Hierarchy.ancestors(parents) } catch {
            diagnosis.report(.limitExceeded, "the \(what) have too many ancestors")
            return nil
        }
    }

    // MARK: Actions

    private mutating func resolveActions() -> [EntityUID: ActionType] {
        var appliesTo: [EntityUID: AppliesTo] = [:]
        var parents: [EntityUID: Set<EntityUID>] = [:]
        forEachNamespace { resolver, namespace in
            let type = EntityTypeName(checked: SchemaNames.full("Action", in: namespace.name))
            resolver.diagnosis.enter("actions")
            for declaration in namespace.actions where !resolver.diagnosis.isFull {
                let uid = EntityUID(type: type, id: declaration.name)
                resolver.diagnosis.enter(declaration.name)
                parents[uid] = resolver.resolve(declaration.parents, in: namespace.name)
                appliesTo[uid] = resolver.resolveAppliesTo(declaration, in: namespace.name)
                resolver.diagnosis.leave()
            }
            resolver.diagnosis.leave()
        }
        guard diagnosis.errors.isEmpty, let ancestors = ancestors(parents, "actions") else { return [:] }
        reportCycles(ancestors)
        var actions: [EntityUID: ActionType] = [:]
        for (uid, parents) in parents {
            actions[uid] = ActionType(
                uid: uid, parents: parents, ancestors: ancestors[uid] ?? [], appliesTo: appliesTo[uid])
        }
        return actions
    }

    private mutating func resolve(_ references: [ActionReference], in namespace: UTF8String?) -> Set<EntityUID> {
        var actions: Set<EntityUID> = []
        diagnosis.enter("memberOf")
        for (index, reference) in references.enumerated() {
            if let type = names.actionType(reference, in: namespace) {
                actions.insert(EntityUID(type: EntityTypeName(checked: type), id: reference.id))
            } else if !diagnosis.isFull {
                let id = reference.id.shortened(scalars: 40)
                let shown = reference.type.map { "\($0)::\"\(id)\"" } ?? id
                diagnosis.enter(UTF8String(String(index)))
                diagnosis.report(
                    .unknownAction, "there is no action `\(shown)`", at: reference.place,
                    suggestion: names.suggestion(for: reference, in: namespace))
                diagnosis.leave()
            }
        }
        diagnosis.leave()
        return actions
    }

    private mutating func resolveAppliesTo(_ declaration: ActionDeclaration, in namespace: UTF8String?) -> AppliesTo? {
        guard let appliesTo = declaration.appliesTo else { return nil }
        diagnosis.enter("appliesTo")
        defer { diagnosis.leave() }
        let principals = resolve(appliesTo.principals, "principalTypes", in: namespace)
        let resources = resolve(appliesTo.resources, "resourceTypes", in: namespace)
        diagnosis.enter("context")
        let context = resolveRecord(
            appliesTo.context ?? .record([]), in: namespace,
            "the context of `\(declaration.name.shortened(scalars: 40))`", at: declaration.place)
        diagnosis.leave()
        guard let context, !principals.isEmpty, !resources.isEmpty else { return nil }
        return AppliesTo(principals: principals, resources: resources, context: context)
    }

    private mutating func reportCycles(_ ancestors: [EntityUID: Set<EntityUID>]) {
        let cyclic = ancestors.filter { $1.contains($0) }
        var reported: Set<EntityUID> = []
        forEachNamespace { resolver, namespace in
            let type = EntityTypeName(checked: SchemaNames.full("Action", in: namespace.name))
            resolver.diagnosis.enter("actions")
            for declaration in namespace.actions {
                let uid = EntityUID(type: type, id: declaration.name)
                guard let above = cyclic[uid], !reported.contains(uid) else { continue }
                // One report for all actions of a cycle: those above it that have it above themselves.
                let cycle = above.filter { cyclic[$0]?.contains(uid) == true }
                reported.formUnion(cycle)
                let shown = cycle.sorted().prefix(8).map { "`\($0)`" }.joined(separator: ", ")
                let message = "an action cannot be in itself: \(shown)\(cycle.count > 8 ? ", …" : "")"
                resolver.diagnosis.enter(declaration.name)
                resolver.diagnosis.report(.cycle, message, at: declaration.place)
                resolver.diagnosis.leave()
            }
            resolver.diagnosis.leave()
        }
    }
}
