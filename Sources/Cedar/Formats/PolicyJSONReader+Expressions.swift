// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension PolicyJSONReader {
    /// An expression: an object whose only member's name says which form it is.
    mutating func expression(_ json: JSON) throws(Stop) -> Expression {
        try checkDepth()
        guard let object = json.object, let member = object.members.first else {
            throw fail(
                .invalidShape,
                "found \(json.object == nil ? json.kindName : "an empty object"), "
                    + "expected an expression, as in {\"Var\": \"principal\"}")
        }
        guard object.count == 1 else {
            throw fail(.invalidShape, "an expression is an object with one member, not \(object.count)")
        }
        if let group = Chain(containing: member.key) { return try chain(group, member) }
        enter(member.key)
        let expression = try form(member.key, member.value)
        leave()
        return expression
    }

    private mutating func form(_ name: UTF8String, _ json: JSON) throws(Stop) -> Expression {
        if let operation = Self.binary[name] { return try binary(operation, json) }
        if let function = ExtensionFunction.named[name] { return try call(function, json) }
        switch name {
        case "Value": return try value(json)
        case "Var": return try variable(json)
        case "!": return try node(.not(try argument(json)))
        case "neg": return try node(.negate(try argument(json)))
        case "isEmpty": return try node(.isEmpty(try argument(json)))
        case ".": return try attribute(json)
        case "has": return try has(json)
        case "like": return try like(json)
        case "is": return try typeTest(json)
        case "if-then-else": return try conditional(json)
        case "Set": return try node(.set(try expressions(json)))
        case "Record": return try record(json)
        case "Slot": throw fail(.invalidSlot, "slots can be in the scope only")
        default:
            throw fail(
                .unknownOperator,
                "`\(name.shortened(scalars: 40))` is neither an operator of the format nor an extension function")
        }
    }

    /// A node of the tree, unless it is higher than trees may be.
    private mutating func node(_ kind: Expression.Kind) throws(Stop) -> Expression {
        let expression = Expression(kind, span: Self.span)
        guard expression.height <= CedarLimits.expressionHeightMax else {
            throw fail(
                .limitExceeded,
                "an expression of more than \(CedarLimits.expressionHeightMax) levels; split the policy")
        }
        return expression
    }

    // MARK: Operators

    /// The forms with `left` and `right`, but those that chain.
    private enum Binary {
        case comparison(Comparison)
        case membership
        case method(Method)
    }

    private static let binary: [UTF8String: Binary] = {
        var named: [UTF8String: Binary] = ["in": .membership]
        for comparison in Comparison.allCases { named[UTF8String(comparison.rawValue)] = .comparison(comparison) }
        for (name, method) in Method.named { named[name] = .method(method) }
        return named
    }()

    private mutating func binary(_ operation: Binary, _ json: JSON) throws(Stop) -> Expression {
        let parts = try object(json, ["left", "right"])
        let left = try part(parts, "left")
        let right = try part(parts, "right")
        switch operation {
        case .comparison(let comparison): return try node(.comparison(comparison, left, right))
        case .membership: return try node(.membership(left, right))
        case .method(let method): return try node(.method(method, left, right))
        }
    }

    private mutating func part(_ parts: JSONObject, _ name: UTF8String) throws(Stop) -> Expression {
        try inside(parts, name) { reader, json throws(Stop) in try reader.expression(json) }
    }

    private mutating func argument(_ json: JSON) throws(Stop) -> Expression {
        try part(try object(json, ["arg"]), "arg")
    }

    /// The operators that text chains without parentheses, from the left.
    private enum Chain {
        case and, or, sum, product

        init?(containing name: UTF8String) {
            switch name {
            case "&&": self = .and
            case "||": self = .or
            case "+", "-": self = .sum
            case "*": self = .product
            default: return nil
            }
        }
    }

    /// Objects of one group inside each other's `left` are one chain.
    private mutating func chain(_ group: Chain, _ outermost: JSONMember) throws(Stop) -> Expression {
        var links: [(operation: UTF8String, right: JSON)] = []
        var member = outermost
        var first: Expression?
        while first == nil {
            enter(member.key)
            let parts = try object(member.value, ["left", "right"])
            links.append((member.key, parts["right"] ?? .null))
            enter("left")
            let left = parts["left"] ?? .null
            if let inner = left.object, inner.count == 1, let next = inner.members.first,
                Chain(containing: next.key) == group
            {
                try checkDepth()
                member = next
            } else {
                first = try expression(left)
            }
        }
        guard let first else { throw fail(.invalidShape, "an operator without operands") }
        var rights: [(operation: UTF8String, operand: Expression)] = []
        for link in links.reversed() {
            leave()
            enter("right")
            rights.append((link.operation, try expression(link.right)))
            leave(2)
        }
        return try node(Self.kind(group, first, rights))
    }

    private static func kind(
        _ group: Chain, _ first: Expression, _ rights: [(operation: UTF8String, operand: Expression)]
    ) -> Expression.Kind {
        switch group {
        case .and: return .and([first] + rights.map(\.operand))
        case .or: return .or([first] + rights.map(\.operand))
        case .sum, .product:
            let steps = rights.map { right in
                let operation: ArithmeticOperator =
                    right.operation == "*" ? .times : right.operation == "+" ? .plus : .minus
                return ArithmeticStep(operation: operation, operand: right.operand)
            }
            return .arithmetic(first, steps)
        }
    }

    private mutating func conditional(_ json: JSON) throws(Stop) -> Expression {
        let parts = try object(json, ["if", "then", "else"])
        let condition = try part(parts, "if")
        let first = try part(parts, "then")
        return try node(.conditional(condition, then: first, else: try part(parts, "else")))
    }

    // MARK: Attributes, patterns, types

    private mutating func attribute(_ json: JSON) throws(Stop) -> Expression {
        let parts = try object(json, ["left", "attr"])
        let name = try string(parts, "attr")
        return try node(.attribute(try part(parts, "left"), name))
    }

    /// `attr` is a name or, for `a has b.c`, a list of names.
    private mutating func has(_ json: JSON) throws(Stop) -> Expression {
        let parts = try object(json, ["left", "attr"])
        let subject = try part(parts, "left")
        guard case .array(let elements)? = parts["attr"] else {
            return try node(.has(subject, [try string(parts, "attr")]))
        }
        enter("attr")
        var path: [UTF8String] = []
        for (index, element) in elements.enumerated() {
            guard let name = element.string else {
                enter(index)
                throw fail(.invalidShape, "found \(element.kindName), expected a string")
            }
            path.append(name)
        }
        guard let first = path.first else { throw fail(.invalidShape, "a list of one name or more, not an empty one") }
        leave()
        if path.count == 1 || path.allSatisfy({ Identifier.isName($0.bytes) }) { return try node(.has(subject, path)) }
        // Text has no path with names in quotes. What it means can be written, but with the subject again and again; of
        // any other subject the tree would be one that doubles with each such path inside another.
        guard Self.isAccess(subject) else {
            throw fail(.invalidShape, "a list with names that need quotes is read only of attributes of variables")
        }
        var operands = [try node(.has(subject, [first]))]
        var receiver = subject
        for (name, next) in zip(path, path.dropFirst()) {
            receiver = try node(.attribute(receiver, name))
            operands.append(try node(.has(receiver, [next])))
        }
        return try node(.and(operands))
    }

    /// Whether this is a variable or literal, or an attribute of one.
    private static func isAccess(_ expression: Expression) -> Bool {
        var receiver = expression
        while case .attribute(let inner, _) = receiver.kind { receiver = inner }
        switch receiver.kind {
        case .variable, .literal: return true
        default: return false
        }
    }

    private mutating func like(_ json: JSON) throws(Stop) -> Expression {
        let parts = try object(json, ["left", "pattern"])
        let subject = try part(parts, "left")
        let pattern = try inside(parts, "pattern") { reader, json throws(Stop) in try reader.pattern(json) }
        return try node(.like(subject, pattern))
    }

    private mutating func pattern(_ json: JSON) throws(Stop) -> Pattern {
        var elements: [Pattern.Element] = []
        var text: [UInt8] = []
        func literal() -> [Pattern.Element] {
            guard !text.isEmpty, let literal = UTF8String(validating: text) else { return [] }
            return [.literal(literal)]
        }
        for (index, json) in try array(json, "`\"Wildcard\"` and {\"Literal\": text}").enumerated() {
            enter(index)
            if json.string == "Wildcard" {
                elements += literal()
                text = []
                elements.append(.wildcard)
            } else {
                guard json.object != nil else {
                    throw fail(.invalidShape, "found \(json.kindName), expected `\"Wildcard\"` or {\"Literal\": text}")
                }
                text += try string(try object(json, ["Literal"]), "Literal").bytes
            }
            leave()
        }
        return Pattern(elements: elements + literal())
    }

    private mutating func typeTest(_ json: JSON) throws(Stop) -> Expression {
        let parts = try object(json, ["left", "entity_type"], optional: ["in"])
        let subject = try part(parts, "left")
        let text = try string(parts, "entity_type")
        enter("entity_type")
        let type = try typeName(text)
        leave()
        let parent = parts["in"].map { !$0.isNull } == true ? try part(parts, "in") : nil
        return try node(.isType(subject, type, parent))
    }

    // MARK: Values, lists, calls

    private mutating func variable(_ json: JSON) throws(Stop) -> Expression {
        guard let name = json.string, let variable = Variable.named[name] else {
            throw fail(.unknownName, "a variable is `principal`, `action`, `resource` or `context`")
        }
        return try node(.variable(variable))
    }

    private mutating func expressions(_ json: JSON) throws(Stop) -> [Expression] {
        var list: [Expression] = []
        for (index, element) in try array(json, "expressions").enumerated() {
            enter(index)
            list.append(try expression(element))
            leave()
        }
        return list
    }

    private mutating func record(_ json: JSON) throws(Stop) -> Expression {
        var fields: [RecordField] = []
        for member in try members(json, "a record's names and expressions") {
            enter(member.key)
            fields.append(RecordField(name: member.key, value: try expression(member.value)))
            leave()
        }
        return try node(.record(fields))
    }

    private mutating func call(_ function: ExtensionFunction, _ json: JSON) throws(Stop) -> Expression {
        try call(function, try expressions(json))
    }

    private mutating func call(
        _ function: ExtensionFunction, _ arguments: [Expression]
    ) throws(Stop) -> Expression {
        guard !function.isMethod || !arguments.isEmpty else {
            throw fail(.invalidShape, "`\(function.rawValue)` is a method; its first argument is what it is called on")
        }
        return try node(.call(function, arguments))
    }

    /// A value as entities have them, with the escapes `__entity` and `__extn`.
    private mutating func value(_ json: JSON) throws(Stop) -> Expression {
        try checkDepth()
        switch json {
        case .null:
            throw fail(.invalidValue, "Cedar has no null")
        case .bool(let value):
            return try node(.literal(.bool(value)))
        case .number(let number):
            guard let value = number.int64, number.lexeme != "-0" else {
                throw fail(.invalidValue, "a number must be an integer of at most 64 bits")
            }
            return try node(.literal(.long(value)))
        case .string(let value):
            return try node(.literal(.string(value)))
        case .array(let elements):
            return try node(.set(try values(elements)))
        case .object(let object):
            if let escape = try escape(object) { return escape }
            return try record(of: object)
        }
    }

    private mutating func values(_ elements: [JSON]) throws(Stop) -> [Expression] {
        var list: [Expression] = []
        for (index, element) in elements.enumerated() {
            enter(index)
            list.append(try value(element))
            leave()
        }
        return list
    }

    private mutating func record(of object: JSONObject) throws(Stop) -> Expression {
        var fields: [RecordField] = []
        for member in object.members {
            enter(member.key)
            fields.append(RecordField(name: member.key, value: try value(member.value)))
            leave()
        }
        return try node(.record(fields))
    }

    private mutating func escape(_ object: JSONObject) throws(Stop) -> Expression? {
        guard CedarJSONReader.escapes.contains(where: { object[$0] != nil }) else { return nil }
        guard object.count == 1, let escape = object.members.first else {
            throw fail(.malformedEscape, "nothing may be beside `__entity`, `__extn` or `__expr`")
        }
        enter(escape.key)
        guard let parts = escape.value.object, parts.count == 2 else {
            throw fail(.malformedEscape, "`__entity` has `type` and `id`; `__extn` has `fn` and `arg` or `args`")
        }
        switch escape.key {
        case "__entity":
            guard parts["type"]?.string != nil, parts["id"]?.string != nil else {
                throw fail(.malformedEscape, "`__entity` has `type` and `id`, both strings")
            }
            let uid = try uid(escape.value)
            leave()
            return try node(.literal(.entity(uid)))
        case "__extn":
            let call = try extensionCall(parts)
            leave()
            return call
        default:
            throw fail(.malformedEscape, "`__expr` is no longer part of Cedar's JSON")
        }
    }

    private mutating func extensionCall(_ parts: JSONObject) throws(Stop) -> Expression {
        guard let name = parts["fn"]?.string else { throw fail(.malformedEscape, "`fn` is the function's name") }
        guard let function = ExtensionFunction.named[name] else {
            throw fail(.unknownOperator, "`\(name.shortened(scalars: 40))` is no extension function")
        }
        var arguments: [Expression] = []
        if let argument = parts["arg"] {
            enter("arg")
            arguments = [try value(argument)]
        } else if let list = parts["args"]?.array {
            enter("args")
            arguments = try values(list)
        } else {
            throw fail(.malformedEscape, "`__extn` has `fn` and `arg` or `args`")
        }
        leave()
        return try call(function, arguments)
    }
}
