// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Checks what can be checked in one fragment alone: that names are names, that nothing is declared twice, and that
/// types are not too deep. What passes can be written in JSON, and read again.
struct SchemaChecker {
    private var diagnosis: SchemaDiagnosis

    static func check(_ fragment: SchemaFragment) throws(SchemaErrors) {
        var checker = SchemaChecker(diagnosis: SchemaDiagnosis(file: fragment.file))
        checker.check(fragment)
        try checker.diagnosis.throwIfAny()
    }

    private mutating func check(_ fragment: SchemaFragment) {
        var names: Set<UTF8String> = []
        for namespace in fragment.namespaces where !diagnosis.isFull {
            diagnosis.enter(namespace.name ?? "")
            if !names.insert(namespace.name ?? "").inserted {
                let what = namespace.name.map { "the namespace `\($0)`" } ?? "the namespace without a name"
                diagnosis.report(.duplicateName, "\(what) is already there", at: namespace.place)
            }
            check(namespace)
            diagnosis.leave()
        }
    }

    private mutating func check(_ namespace: SchemaNamespace) {
        if let name = namespace.name {
            checkPath(name, at: namespace.place, isDeclared: true)
        } else if !namespace.annotations.all.isEmpty {
            diagnosis.report(.invalidShape, "the namespace without a name cannot have annotations", at: namespace.place)
        }
        check(namespace.annotations, at: namespace.place)

        diagnosis.enter("commonTypes")
        var names: Set<UTF8String> = []
        for declaration in namespace.commonTypes where !diagnosis.isFull {
            diagnosis.enter(declaration.name)
            checkDeclared(declaration.name, &names, "the type", at: declaration.place)
            if Self.kindsOfTypes.contains(declaration.name) {
                let message = "`\(declaration.name)` is the name of a kind of type and cannot be declared"
                diagnosis.report(.reservedName, message, at: declaration.place)
            }
            check(declaration.annotations, at: declaration.place)
            check(declaration.type, depth: 0)
            diagnosis.leave()
        }
        diagnosis.leave()

        diagnosis.enter("entityTypes")
        names = []
        for declaration in namespace.entityTypes where !diagnosis.isFull {
            diagnosis.enter(declaration.name)
            checkDeclared(declaration.name, &names, "the entity type", at: declaration.place)
            if declaration.name == "Action" {
                diagnosis.report(
                    .reservedName, "`Action` is the type of actions and cannot be declared", at: declaration.place)
            }
            check(declaration.annotations, at: declaration.place)
            check(declaration)
            diagnosis.leave()
        }
        diagnosis.leave()

        diagnosis.enter("actions")
        names = []
        for declaration in namespace.actions where !diagnosis.isFull {
            diagnosis.enter(declaration.name)
            if !names.insert(declaration.name).inserted {
                let message = "the action `\(declaration.name.shortened(scalars: 40))` is already there"
                diagnosis.report(.duplicateName, message, at: declaration.place)
            }
            check(declaration.annotations, at: declaration.place)
            check(declaration)
            diagnosis.leave()
        }
        diagnosis.leave()
    }

    private mutating func check(_ declaration: EntityTypeDeclaration) {
        switch declaration.kind {
        case .enumerated(let ids):
            if ids.isEmpty {
                diagnosis.enter("enum")
                diagnosis.report(.missing, "an enumerated type needs at least one id", at: declaration.place)
                diagnosis.leave()
            }
        case .standard(let parents, let shape, let tags):
            check(parents, key: "memberOfTypes")
            diagnosis.enter("shape")
            check(shape, depth: 0)
            diagnosis.leave()
            if let tags {
                diagnosis.enter("tags")
                check(tags, depth: 0)
                diagnosis.leave()
            }
        }
    }

    private mutating func check(_ declaration: ActionDeclaration) {
        for (index, parent) in declaration.parents.enumerated() {
            guard let type = parent.type else { continue }
            diagnosis.enter("memberOf", UTF8String(String(index)), "type")
            checkPath(type, at: parent.place, isDeclared: false)
            diagnosis.leave(3)
        }
        guard let appliesTo = declaration.appliesTo else { return }
        diagnosis.enter("appliesTo")
        check(appliesTo.principals, key: "principalTypes")
        check(appliesTo.resources, key: "resourceTypes")
        if let context = appliesTo.context {
            diagnosis.enter("context")
            check(context, depth: 0)
            diagnosis.leave()
        }
        diagnosis.leave()
    }

    private mutating func check(_ references: [TypeReference], key: UTF8String) {
        diagnosis.enter(key)
        for (index, reference) in references.enumerated() {
            diagnosis.enter(UTF8String(String(index)))
            checkPath(reference.name, at: reference.place, isDeclared: false)
            diagnosis.leave()
        }
        diagnosis.leave()
    }

    /// - Parameter depth: the sets and records around the type.
    private mutating func check(_ type: TypeExpression, depth: Int) {
        switch type {
        case .named(let reference), .entity(let reference), .common(let reference):
            checkPath(reference.name, at: reference.place, isDeclared: false)
        case .builtin: break
        case .set(let element):
            guard checkDepth(depth) else { return }
            diagnosis.enter("element")
            check(element, depth: depth + 1)
            diagnosis.leave()
        case .record(let attributes):
            guard checkDepth(depth) else { return }
            diagnosis.enter("attributes")
            var names: Set<UTF8String> = []
            for attribute in attributes where !diagnosis.isFull {
                diagnosis.enter(attribute.name)
                if !names.insert(attribute.name).inserted {
                    let message = "the attribute `\(attribute.name.shortened(scalars: 40))` is already there"
                    diagnosis.report(.duplicateName, message, at: attribute.place)
                }
                check(attribute.annotations, at: attribute.place)
                check(attribute.type, depth: depth + 1)
                diagnosis.leave()
            }
            diagnosis.leave()
        }
    }

    private mutating func checkDepth(_ depth: Int) -> Bool {
        if depth < CedarLimits.schemaNestingMax { return true }
        diagnosis.report(.limitExceeded, "more than \(CedarLimits.schemaNestingMax) types inside each other")
        return false
    }

    private mutating func check(_ annotations: Annotations, at place: SchemaPlace) {
        guard !annotations.all.isEmpty else { return }
        diagnosis.enter("annotations")
        var names: Set<UTF8String> = []
        for annotation in annotations.all {
            let shown = annotation.name.shortened(scalars: 40)
            if !Identifier.isWord(annotation.name.bytes) {
                diagnosis.report(.invalidName, "`\(shown)` is no name for an annotation", at: place)
            }
            if !names.insert(annotation.name).inserted {
                diagnosis.report(.duplicateName, "the annotation `@\(shown)` is already there", at: place)
            }
        }
        diagnosis.leave()
    }

    // MARK: Names

    /// What types are in JSON; a common type of such a name could not be referred to.
    private static let kindsOfTypes: Set<UTF8String> = [
        "Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String",
    ]

    private mutating func checkDeclared(
        _ name: UTF8String, _ names: inout Set<UTF8String>, _ what: String, at place: SchemaPlace
    ) {
        checkIdentifier(name.bytes[...], of: name, at: place, isDeclared: true)
        if !names.insert(name).inserted {
            diagnosis.report(.duplicateName, "\(what) `\(name)` is already there", at: place)
        }
    }

    private mutating func checkPath(_ path: UTF8String, at place: SchemaPlace, isDeclared: Bool) {
        var rest = path.bytes[...]
        while true {
            let part = rest.prefix { $0 != UInt8(ascii: ":") }
            guard checkIdentifier(part, of: path, at: place, isDeclared: isDeclared) else { return }
            rest = rest.dropFirst(part.count)
            if rest.isEmpty { return }
            guard rest.starts(with: [UInt8(ascii: ":"), UInt8(ascii: ":")]) else {
                diagnosis.report(.invalidName, "`\(path.shortened(scalars: 40))` is no name", at: place)
                return
            }
            rest = rest.dropFirst(2)
        }
    }

    @discardableResult
    private mutating func checkIdentifier(
        _ bytes: ArraySlice<UInt8>, of name: UTF8String, at place: SchemaPlace, isDeclared: Bool
    ) -> Bool {
        guard Identifier.isWord(bytes), let word = UTF8String(validating: bytes) else {
            diagnosis.report(.invalidName, "`\(name.shortened(scalars: 40))` is no name", at: place)
            return false
        }
        if Identifier.reserved.contains(word) {
            diagnosis.report(.reservedName, "`\(word)` is a reserved word and cannot be a name", at: place)
            return false
        }
        // A reference may begin with it, as `__cedar::Long` does; the resolver tells which of them mean something.
        if isDeclared, word == Identifier.internalNamespace {
            diagnosis.report(.reservedName, "`\(word)` is Cedar's own and cannot be declared", at: place)
            return false
        }
        return true
    }
}
