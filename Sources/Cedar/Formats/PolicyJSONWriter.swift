// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Writes expressions in Cedar's JSON policy format, as Cedar 4.12 writes what it has parsed from text.
///
/// That form has binary operators only, so a chain of n operands is n − 1 objects inside each other, and `a has b.c` is
/// written out with `a` twice. What comes of a short text can so be deep or huge: both are counted while it is built
/// from shared parts, and refused before anyone walks it.
enum PolicyJSONWriter {
    /// An expression's JSON, with what it takes.
    struct Written {
        let json: JSON
        /// Values in it, all counted as often as they come.
        let nodes: Int
        /// Arrays and objects inside each other.
        let levels: Int

        init(_ json: JSON, nodes: Int, levels: Int) throws(PolicyJSONError) {
            guard nodes <= CedarLimits.policyJSONNodesMax else {
                throw PolicyJSONError(
                    .limitExceeded, "the JSON would have more than \(CedarLimits.policyJSONNodesMax) values")
            }
            guard levels <= CedarLimits.policyJSONDepthMax - levelsAround else { throw tooDeep }
            self.json = json
            self.nodes = nodes
            self.levels = levels
        }
    }

    private static let tooDeep = PolicyJSONError(
        .limitExceeded,
        "the JSON would be nested more than \(CedarLimits.policyJSONDepthMax) deep; "
            + "parentheses in the middle of long chains make it flatter")

    /// Arrays and objects around an expression: the set, its policies, one of them, its conditions, one of them.
    private static let levelsAround = 5

    static func expression(_ expression: Expression) throws(PolicyJSONError) -> Written {
        // Each level of the tree takes two of the JSON, but for the last: no need to go down to find out.
        guard 2 * expression.height - 1 <= CedarLimits.policyJSONDepthMax - levelsAround else { throw tooDeep }
        // Nothing is built here, so that the frames of the recursion stay small.
        switch expression.kind {
        case .literal(let literal): return try self.literal(literal)
        case .variable(let variable): return try leaf("Var", .text(variable.rawValue))
        case .not(let operand): return try unary("!", operand)
        case .negate(let operand): return try unary("neg", operand)
        case .isEmpty(let operand): return try unary("isEmpty", operand)
        case .and(let operands): return try chain("&&", operands)
        case .or(let operands): return try chain("||", operands)
        case .arithmetic(let first, let steps): return try arithmetic(first, steps)
        case .comparison(let comparison, let left, let right):
            return try binary(UTF8String(comparison.rawValue), left, right)
        case .membership(let left, let right): return try binary("in", left, right)
        case .has(let subject, let path): return try has(subject, path)
        case .like(let subject, let pattern): return try like(subject, pattern)
        case .isType(let subject, let type, let parent): return try typeTest(subject, type, parent)
        case .conditional(let condition, let first, let second): return try conditional(condition, first, second)
        case .attribute(let subject, let name): return try attribute(subject, name)
        case .method(let method, let receiver, let argument):
            return try binary(UTF8String(method.rawValue), receiver, argument)
        case .call(let function, let arguments): return try list(UTF8String(function.rawValue), arguments)
        case .set(let elements): return try list("Set", elements)
        case .record(let fields): return try record(fields)
        }
    }

    private static func literal(_ literal: Literal) throws(PolicyJSONError) -> Written {
        switch literal {
        case .bool(let value): return try leaf("Value", .bool(value))
        case .long(let value): return try leaf("Value", .number(JSONNumber(value)))
        case .string(let value): return try leaf("Value", .string(value))
        case .entity(let uid):
            let json = JSON.object(unique: ("Value", .object(unique: ("__entity", uid.cedarJSON))))
            return try Written(json, nodes: 5, levels: 3)
        }
    }

    private static func leaf(_ name: UTF8String, _ value: JSON) throws(PolicyJSONError) -> Written {
        try Written(.object(unique: (name, value)), nodes: 2, levels: 1)
    }

    private static func text(_ text: UTF8String) throws(PolicyJSONError) -> Written {
        try Written(.string(text), nodes: 1, levels: 0)
    }

    private static func unary(_ name: UTF8String, _ operand: Expression) throws(PolicyJSONError) -> Written {
        try object(name, [("arg", try expression(operand))])
    }

    private static func binary(
        _ name: UTF8String, _ left: Expression, _ right: Expression
    ) throws(PolicyJSONError) -> Written {
        try binary(name, try expression(left), try expression(right))
    }

    private static func binary(
        _ name: UTF8String, _ left: Written, _ right: Written
    ) throws(PolicyJSONError) -> Written {
        try object(name, [("left", left), ("right", right)])
    }

    private static func chain(_ name: UTF8String, _ operands: [Expression]) throws(PolicyJSONError) -> Written {
        guard let first = operands.first else {
            throw PolicyJSONError(.invalidShape, "`\(name)` without operands")
        }
        var written = try expression(first)
        for operand in operands.dropFirst() { written = try binary(name, written, try expression(operand)) }
        return written
    }

    private static func arithmetic(
        _ first: Expression, _ steps: [ArithmeticStep]
    ) throws(PolicyJSONError) -> Written {
        var written = try expression(first)
        for step in steps {
            written = try binary(UTF8String(step.operation.rawValue), written, try expression(step.operand))
        }
        return written
    }

    private static func conditional(
        _ condition: Expression, _ first: Expression, _ second: Expression
    ) throws(PolicyJSONError) -> Written {
        let condition = try expression(condition)
        let first = try expression(first)
        return try object("if-then-else", [("if", condition), ("then", first), ("else", try expression(second))])
    }

    private static func typeTest(
        _ subject: Expression, _ type: EntityTypeName, _ parent: Expression?
    ) throws(PolicyJSONError) -> Written {
        var parts: [(UTF8String, Written)] = [
            ("left", try expression(subject)), ("entity_type", try text(type.text)),
        ]
        if let parent { parts.append(("in", try expression(parent))) }
        return try object("is", parts)
    }

    private static func attribute(_ subject: Expression, _ name: UTF8String) throws(PolicyJSONError) -> Written {
        try attribute(".", try expression(subject), name)
    }

    /// `e has a.b` as `e has a && e.a has b`.
    private static func has(_ subject: Expression, _ path: [UTF8String]) throws(PolicyJSONError) -> Written {
        guard let first = path.first else { throw PolicyJSONError(.invalidShape, "`has` without a name") }
        var receiver = try expression(subject)
        var name = first
        var written = try attribute("has", receiver, name)
        for next in path.dropFirst() {
            receiver = try attribute(".", receiver, name)
            name = next
            written = try binary("&&", written, try attribute("has", receiver, name))
        }
        return written
    }

    private static func attribute(
        _ name: UTF8String, _ subject: Written, _ attribute: UTF8String
    ) throws(PolicyJSONError) -> Written {
        try object(name, [("left", subject), ("attr", try text(attribute))])
    }

    /// One literal per scalar, as Cedar writes it.
    private static func like(_ subject: Expression, _ pattern: Pattern) throws(PolicyJSONError) -> Written {
        let subject = try expression(subject)
        var elements: [JSON] = []
        for element in pattern.elements {
            switch element {
            case .wildcard: elements.append("Wildcard")
            case .literal(let text):
                for scalar in text.string.unicodeScalars {
                    elements.append(.object(unique: ("Literal", .text(String(scalar)))))
                }
            }
        }
        let nodes = 1 + 2 * elements.count
        return try object(
            "like", [("left", subject), ("pattern", try Written(.array(elements), nodes: nodes, levels: 2))])
    }

    private static func list(_ name: UTF8String, _ elements: [Expression]) throws(PolicyJSONError) -> Written {
        var list: [JSON] = []
        var nodes = 2
        var levels = 0
        for element in elements {
            let written = try expression(element)
            list.append(written.json)
            nodes += written.nodes
            levels = max(levels, written.levels)
        }
        return try Written(.object(unique: (name, .array(list))), nodes: nodes, levels: levels + 2)
    }

    private static func record(_ fields: [RecordField]) throws(PolicyJSONError) -> Written {
        var members: [(UTF8String, Written)] = []
        for field in fields { members.append((field.name, try expression(field.value))) }
        return try object("Record", members)
    }

    /// `{"name": {…}}`.
    private static func object(
        _ name: UTF8String, _ parts: [(UTF8String, Written)]
    ) throws(PolicyJSONError) -> Written {
        guard let members = members(parts) else {
            throw PolicyJSONError(.invalidShape, "a record with one name twice")
        }
        let nodes = parts.reduce(2) { $0 + $1.1.nodes }
        let levels = parts.reduce(0) { max($0, $1.1.levels) } + 2
        return try Written(.object(unique: (name, .object(members))), nodes: nodes, levels: levels)
    }

    private static func members(_ parts: [(UTF8String, Written)]) -> JSONObject? {
        // Almost all objects have two members; a set of their names would cost more than they do.
        guard parts.count <= 3 else { return JSONObject(parts.map { JSONMember(key: $0.0, value: $0.1.json) }) }
        var object = JSONObject()
        for (key, written) in parts { object[key] = written.json }
        return object.count == parts.count ? object : nil
    }
}
