// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension SchemaParser {
    // MARK: Types

    mutating func type() throws(Stop) -> TypeExpression {
        if current.kind == .symbol(.openBrace) { return try record() }
        let name = try path("a type")
        guard name.name == "Set", current.kind == .symbol(.less) else { return .named(name) }
        return try nested { parser throws(Stop) in
            parser.advance()
            let element = try parser.type()
            try parser.expect(.greater)
            return .set(element)
        }
    }

    /// Takes `{ … }`.
    mutating func record() throws(Stop) -> TypeExpression {
        try nested { parser throws(Stop) in
            try parser.expect(.openBrace)
            var attributes: [AttributeDeclaration] = []
            while parser.current.kind != .symbol(.closeBrace) {
                attributes.append(try parser.attribute())
                guard parser.take(.comma) else { break }
            }
            try parser.expect(.closeBrace, orElse: attributes.isEmpty ? "an attribute or `}`" : "`,` or `}`")
            return .record(attributes)
        }
    }

    private mutating func attribute() throws(Stop) -> AttributeDeclaration {
        let annotations = try annotations()
        let name = try name("an attribute's name")
        // The policies' lexer has no `?` of its own.
        let isOptional = current.kind == .invalid && current.text == "?"
        if isOptional { advance() }
        try expect(.colon, orElse: isOptional ? "`:`" : "`:` or `?:`")
        return AttributeDeclaration(
            name.name, try type(), isRequired: !isOptional, annotations: annotations, place: name.place)
    }

    private mutating func nested(
        _ body: (inout SchemaParser) throws(Stop) -> TypeExpression
    ) throws(Stop) -> TypeExpression {
        guard nesting < CedarLimits.schemaNestingMax else {
            throw report(.limitExceeded, "more than \(CedarLimits.schemaNestingMax) types inside each other")
        }
        nesting += 1
        let type = try body(&self)
        nesting -= 1
        return type
    }

    // MARK: Requests

    /// Takes what follows `appliesTo`.
    mutating func appliesTo(of action: TypeReference) throws(Stop) -> AppliesToDeclaration {
        try expect(.openBrace)
        var principals: [TypeReference]?
        var resources: [TypeReference]?
        var context: TypeExpression?
        let clauses: [UTF8String] = ["principal", "resource", "context"]
        repeat {
            let clause = current
            guard clause.kind == .word, clauses.contains(clause.text) else {
                throw unexpected("`principal`, `resource` or `context`", words: clauses)
            }
            advance()
            try expect(.colon)
            switch clause.text {
            case "principal":
                try check(clause, isFirst: principals == nil)
                principals = try someTypeReferences(clause)
            case "resource":
                try check(clause, isFirst: resources == nil)
                resources = try someTypeReferences(clause)
            default:
                try check(clause, isFirst: context == nil)
                let isRecord = current.kind == .symbol(.openBrace)
                context = isRecord ? try record() : .common(try path("a record or the name of one"))
            }
        } while take(.comma) && current.kind != .symbol(.closeBrace)
        try expect(.closeBrace, orElse: "`,` or `}`")
        guard let principals else {
            throw report(.missing, "`appliesTo` of `\(action.name)` has no `principal`", at: action.place)
        }
        guard let resources else {
            throw report(.missing, "`appliesTo` of `\(action.name)` has no `resource`", at: action.place)
        }
        return AppliesToDeclaration(
            principals: principals, resources: resources, context: context == .record([]) ? nil : context)
    }

    private mutating func check(_ clause: Token, isFirst: Bool) throws(Stop) {
        guard isFirst else {
            throw report(.duplicateName, "`\(clause.text)` is already there", at: SchemaPlace(clause.span))
        }
    }

    private mutating func someTypeReferences(_ clause: Token) throws(Stop) -> [TypeReference] {
        let references = try typeReferences()
        guard !references.isEmpty else {
            let message = "`\(clause.text)` needs a type; an action without `appliesTo` is in no request"
            throw report(.missing, message, at: SchemaPlace(clause.span))
        }
        return references
    }

    // MARK: Names

    /// Takes one type, or any number in brackets.
    mutating func typeReferences() throws(Stop) -> [TypeReference] {
        let expected = "the name of a type of entities"
        guard take(.openBracket) else { return [try path("\(expected) or `[`")] }
        if take(.closeBracket) { return [] }
        let references = try list { parser throws(Stop) in try parser.path(expected) }
        try expect(.closeBracket, orElse: "`,` or `]`")
        return references
    }

    /// Takes one action, or one or more in brackets.
    mutating func actionReferences() throws(Stop) -> [ActionReference] {
        guard take(.openBracket) else { return [try actionReference()] }
        let references = try list { parser throws(Stop) in try parser.actionReference() }
        try expect(.closeBracket, orElse: "`,` or `]`")
        return references
    }

    private mutating func actionReference() throws(Stop) -> ActionReference {
        let place = SchemaPlace(current.span)
        if current.kind == .string { return ActionReference(try string("an action"), place: place) }
        var parts = [try identifier("an action, as in `Action::\"view\"`").name]
        while take(.doubleColon) {
            if current.kind == .string {
                let type = UTF8String(parts.map(\.string).joined(separator: "::"))
                return ActionReference(try string("an action's id"), type: type, place: place)
            }
            parts.append(try identifier("a name or an action's id in quotes").name)
        }
        guard parts.count == 1 else { throw unexpected("`::` and an action's id in quotes") }
        return ActionReference(parts[0], place: place)
    }

    /// Takes identifiers joined by `::`.
    mutating func path(_ expected: String) throws(Stop) -> TypeReference {
        let first = try identifier(expected)
        guard current.kind == .symbol(.doubleColon) else { return first }
        var text = first.name.string
        var span = first.place.span ?? current.span
        while take(.doubleColon) {
            span = span.through(current.span)
            text += "::" + (try identifier("a name after `::`").name.string)
        }
        return TypeReference(UTF8String(text), place: SchemaPlace(span))
    }

    /// Takes an identifier or a string.
    mutating func name(_ expected: String) throws(Stop) -> TypeReference {
        guard current.kind == .string else { return try identifier("\(expected), a word or text in quotes") }
        let place = SchemaPlace(current.span)
        return TypeReference(try string(expected), place: place)
    }

    /// Takes a word that is not reserved.
    mutating func identifier(_ expected: String) throws(Stop) -> TypeReference {
        guard current.kind == .word else { throw unexpected(expected) }
        guard !Identifier.reserved.contains(current.text) else {
            throw report(.reservedName, "`\(current.text)` is a reserved word, expected \(expected)")
        }
        let token = advance()
        return TypeReference(token.text, place: SchemaPlace(token.span))
    }
}
