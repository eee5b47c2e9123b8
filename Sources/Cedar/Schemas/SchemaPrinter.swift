// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Writes a fragment in the human syntax, two blanks for each level.
struct SchemaPrinter {
    private var text = ""
    private var diagnosis: SchemaDiagnosis
    private var names = SchemaNames()

    static func print(_ fragment: SchemaFragment) throws(SchemaErrors) -> UTF8String {
        try SchemaChecker.check(fragment)
        var printer = SchemaPrinter(diagnosis: SchemaDiagnosis(file: fragment.file))
        printer.declare(fragment)
        for namespace in fragment.namespaces { printer.print(namespace) }
        try printer.diagnosis.throwIfAny()
        return UTF8String(printer.text)
    }

    private init(diagnosis: SchemaDiagnosis) { self.diagnosis = diagnosis }

    private mutating func declare(_ fragment: SchemaFragment) {
        for namespace in fragment.namespaces {
            for type in namespace.commonTypes {
                names.commonTypes.insert(SchemaNames.full(type.name, in: namespace.name))
            }
            for type in namespace.entityTypes {
                names.entityTypes.insert(SchemaNames.full(type.name, in: namespace.name))
            }
            if !namespace.actions.isEmpty { names.actionTypes.insert(SchemaNames.full("Action", in: namespace.name)) }
        }
    }

    private mutating func print(_ namespace: SchemaNamespace) {
        diagnosis.enter(namespace.name ?? "")
        defer { diagnosis.leave() }
        let level = namespace.name == nil ? 0 : 1
        separate()
        if let name = namespace.name {
            print(namespace.annotations, level: 0)
            text += "namespace \(name) {"
        }
        // Blank lines between declarations, and none after the opening brace.
        var isFirst = true
        func start(_ printer: inout SchemaPrinter, _ annotations: Annotations) {
            if namespace.name != nil { printer.text += isFirst ? "\n" : "\n\n" } else if !isFirst { printer.separate() }
            isFirst = false
            printer.print(annotations, level: level)
            printer.indent(level)
        }
        diagnosis.enter("commonTypes")
        for declaration in namespace.commonTypes {
            diagnosis.enter(declaration.name)
            start(&self, declaration.annotations)
            text += "type \(declaration.name) = "
            print(declaration.type, in: namespace.name, level: level)
            text += ";"
            diagnosis.leave()
        }
        diagnosis.leave()
        diagnosis.enter("entityTypes")
        for declaration in namespace.entityTypes {
            diagnosis.enter(declaration.name)
            start(&self, declaration.annotations)
            print(declaration, in: namespace.name, level: level)
            diagnosis.leave()
        }
        diagnosis.leave()
        diagnosis.enter("actions")
        for declaration in namespace.actions {
            diagnosis.enter(declaration.name)
            start(&self, declaration.annotations)
            print(declaration, in: namespace.name, level: level)
            diagnosis.leave()
        }
        diagnosis.leave()
        if namespace.name != nil {
            text += "\n}\n"
        } else if !isFirst {
            text += "\n"
        }
    }

    private mutating func separate() {
        if !text.isEmpty { text += text.utf8.last == UInt8(ascii: "\n") ? "\n" : "\n\n" }
    }

    private mutating func print(_ declaration: EntityTypeDeclaration, in namespace: UTF8String?, level: Int) {
        text += "entity \(declaration.name)"
        switch declaration.kind {
        case .enumerated(let ids):
            text += " enum [\(ids.map { StringEscapes.quoted($0) }.joined(separator: ", "))]"
        case .standard(let parents, let shape, let tags):
            if !parents.isEmpty { text += " in \(list(parents.map(\.name.string)))" }
            if shape != .record([]) {
                text += " = "
                diagnosis.enter("shape")
                if case .record = shape {
                } else {
                    let message = "an entity type whose attributes are a common type cannot be written in text"
                    diagnosis.report(.unwritable, message, at: declaration.place)
                }
                print(shape, in: namespace, level: level)
                diagnosis.leave()
            }
            if let tags {
                text += " tags "
                diagnosis.enter("tags")
                print(tags, in: namespace, level: level)
                diagnosis.leave()
            }
        }
        text += ";"
    }

    private mutating func print(_ declaration: ActionDeclaration, in namespace: UTF8String?, level: Int) {
        text += "action \(name(declaration.name))"
        if !declaration.parents.isEmpty {
            let parents = declaration.parents.map { parent in
                parent.type.map { "\($0)::\(StringEscapes.quoted(parent.id))" } ?? name(parent.id)
            }
            text += " in \(list(parents))"
        }
        // With an empty list, which text cannot have, the action is in no request, which is said by saying nothing.
        if let appliesTo = declaration.appliesTo, !appliesTo.principals.isEmpty, !appliesTo.resources.isEmpty {
            text += " appliesTo {\n"
            indent(level + 1)
            text += "principal: \(list(appliesTo.principals.map(\.name.string))),\n"
            indent(level + 1)
            text += "resource: \(list(appliesTo.resources.map(\.name.string)))"
            if let context = appliesTo.context {
                text += ",\n"
                indent(level + 1)
                text += "context: "
                diagnosis.enter("appliesTo", "context")
                print(context, ofContext: declaration, in: namespace, level: level + 1)
                diagnosis.leave(2)
            }
            text += "\n"
            indent(level)
            text += "}"
        }
        text += ";"
    }

    /// A context is a record or a name.
    private mutating func print(
        _ context: TypeExpression, ofContext declaration: ActionDeclaration, in namespace: UTF8String?, level: Int
    ) {
        if case .set = context {
            diagnosis.report(.notARecord, "a context must be a record, not a set", at: declaration.place)
        }
        // The name of a context is that of a common type, whatever entity types there are.
        if case .common(let reference) = context {
            text += reference.name.string
        } else {
            print(context, in: namespace, level: level)
        }
    }

    private mutating func print(_ type: TypeExpression, in namespace: UTF8String?, level: Int) {
        switch type {
        case .named(let reference): text += reference.name.string
        case .common(let reference): print(common: reference, in: namespace)
        case .entity(let reference):
            if case .common? = names.meaning(reference.name, in: namespace) {
                let message = "in text, `\(reference.name)` would be the common type of that name"
                diagnosis.report(.unwritable, message, at: reference.place)
            }
            text += reference.name.string
        case .builtin(let builtin): text += "__cedar::\(builtin.rawValue)"
        case .set(let element):
            text += "Set<"
            diagnosis.enter("element")
            print(element, in: namespace, level: level)
            diagnosis.leave()
            text += ">"
        case .record(let attributes) where attributes.isEmpty: text += "{}"
        case .record(let attributes):
            text += "{\n"
            diagnosis.enter("attributes")
            for (index, attribute) in attributes.enumerated() {
                diagnosis.enter(attribute.name)
                print(attribute.annotations, level: level + 1)
                indent(level + 1)
                text += name(attribute.name) + (attribute.isRequired ? ": " : "?: ")
                print(attribute.type, in: namespace, level: level + 1)
                text += index + 1 < attributes.count ? ",\n" : "\n"
                diagnosis.leave()
            }
            diagnosis.leave()
            indent(level)
            text += "}"
        }
    }

    private mutating func print(common reference: TypeReference, in namespace: UTF8String?) {
        guard case .entity? = names.meaning(reference.name, in: namespace) else {
            text += reference.name.string
            return
        }
        // An entity type would be found first.
        if case .builtin(let builtin)? = names.commonMeaning(reference.name, in: namespace) {
            text += "__cedar::\(builtin.rawValue)"
        } else {
            let message = "in text, `\(reference.name)` would be the entity type of that name"
            diagnosis.report(.unwritable, message, at: reference.place)
        }
    }

    private mutating func print(_ annotations: Annotations, level: Int) {
        for annotation in annotations.all {
            indent(level)
            text += "@\(annotation.name)"
            if let value = annotation.value, !value.isEmpty { text += "(\(StringEscapes.quoted(value)))" }
            text += "\n"
        }
    }

    private mutating func indent(_ level: Int) { text += String(repeating: "  ", count: level) }

    private func list(_ elements: [String]) -> String {
        elements.count == 1 ? elements[0] : "[\(elements.joined(separator: ", "))]"
    }

    /// A word where it may be one, else in quotes.
    private func name(_ name: UTF8String) -> String {
        Identifier.isName(name.bytes) ? name.string : StringEscapes.quoted(name)
    }
}
